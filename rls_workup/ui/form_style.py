"""The part of the style sheet for the rows of the form: widths of fields, room for signs."""

from __future__ import annotations

import string

from rls_workup.ui.theme import Theme

_SHEET = string.Template(
    """
QLineEdit[role="number"] { min-width: ${p50}px; max-width: ${p50}px; }
QLineEdit[role="date"] { min-width: ${p101}px; max-width: ${p101}px; }
QPushButton[role="segment"][narrow="true"] { min-width: ${p22}px; }
QLineEdit[role="medicine"] { min-width: ${p150}px; max-width: ${p150}px; }
QLineEdit[role="duration"] { min-width: ${p50}px; max-width: ${p50}px; }
QLineEdit[role="ago"] { min-width: ${p98}px; max-width: ${p98}px; }
QWidget[role="review"] { background: $bg; border-left: ${p4}px solid $accent; }
QComboBox[role="choice"] { min-width: ${p150}px; }
QLabel[role="unit"] { color: $text; }
QLabel[role="field-warning"] { font-size: ${p13}px; color: $warn; font-weight: 600; }
QComboBox[role="unit"] { padding-right: 0; }
QLineEdit[tone="warn"], QLineEdit[tone="critical"], QLineEdit:focus { padding: ${f4}px ${f8}px; }
QComboBox[role="unit"]:focus { padding: ${f4}px 0 ${f4}px ${f8}px; }
QLabel[role="chip"] { border-radius: ${p10}px; }
QLabel[role="chip"][signed="true"] { padding-left: ${p28}px; }
QPushButton[role="dots"] { background: transparent; border: 1px solid transparent; color: $muted;
    font-weight: 700; padding: ${p2}px ${p4}px; min-width: ${p22}px; min-height: ${p22}px; }
QPushButton[role="dots"]:hover { background: $accent_bg; }
QPushButton[role="dots"]:focus { border: 1px solid $text; }
"""
)
_SIZES = (2, 4, 10, 13, 22, 28, 32, 50, 98, 101, 140, 150, 170)


def form_style(theme: Theme) -> str:
    """The rules for rows and editors in the look and text size in use."""
    tokens = theme.tokens
    words = {
        name: str(getattr(tokens, name)) for name in ("text", "muted", "warn", "accent_bg", "accent", "bg")
    }
    # A thick border is a pixel wider; the padding gives it back, so that nothing moves.
    inner = {f"f{size}": str(theme.px(size) - 1) for size in (4, 8)}
    return _SHEET.substitute(words, **inner, **{f"p{size}": str(theme.px(size)) for size in _SIZES})
