"""One style sheet for all screens, made from the tokens: widgets say what they are by `role` and `tone`.

QLabel role: name, title, card-title, label, hint, overline, muted, key, field-error, field-warning, chip,
    sample-chip, banner-text, banner-muted, banner-label
QFrame role: card, banner, pane-left, pane-right, bar, notice, finding
QPushButton role: (none), primary, flat, link, segment (with place first|middle|last|only),
    entry (a line of a list, checkable)
QLineEdit, QComboBox, QPlainTextEdit tone: (none), ok, warn, critical, awaited
QLabel chip, QFrame finding and notice tone: ok, warn, critical, urgent (solid), awaited, not_entered, note
"""

from __future__ import annotations

import string

from rls_workup.ui.form_style import form_style
from rls_workup.ui.theme import Theme

_SHEET = string.Template(
    """
QWidget { font-size: ${p14}px; }
QMainWindow, QDialog, QMessageBox, QStackedWidget, QScrollArea, QWidget[role="page"] { background: $bg; }
QLabel { background: transparent; color: $text; }
QLabel[role="name"], QLabel[role="title"] { font-size: ${p20}px; font-weight: 700; }
QLabel[role="card-title"] { font-size: ${p16}px; font-weight: 700; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="note"] { font-family: monospace; background: $surface; border: 1px solid $line;
    padding: ${p20}px; }
QLabel[role="hint"] { font-size: ${p13}px; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="reply"] { font-weight: 600; }
QLabel[role="overline"] { font-size: ${p12}px; font-weight: 700; color: $muted; letter-spacing: 1px; }
QLabel[role="field-error"] { font-size: ${p13}px; color: $critical; font-weight: 600; }
QLabel[role="field-warning"] { font-size: ${p13}px; color: $warn; font-weight: 600; }
QLabel[role="key"] { font-size: ${p13}px; font-weight: 600; background: $bg; border: 1px solid $field_border;
    border-radius: ${p4}px; padding: ${p2}px ${p6}px; }
QLabel[role="banner-text"] { color: $banner_text; font-weight: 700; }
QLabel[role="banner-label"], QLabel[role="banner-muted"] { color: $banner_muted; font-size: ${p13}px; }
QFrame[role="banner"] QLabel[role="name"] { color: $banner_text; }
QLabel[role="sample-chip"] { background: $focus; color: $on_focus; font-size: ${p13}px; font-weight: 700;
    border-radius: ${p4}px; padding: ${p2}px ${p8}px; }

QWidget[role="bare"], QScrollArea[role="bare"] { background: transparent; border: none; }
QPushButton[role="on-banner"] { background: transparent; color: $banner_text;
    border: 1px solid $banner_muted; }
QPushButton[role="on-banner"]:hover { border-color: $banner_text; }
QListWidget { background: $surface; color: $text; border: none; outline: none; }
QTreeWidget { background: $surface; color: $text; border: 1px solid $line; border-radius: ${p6}px;
    outline: none; }
QTreeWidget:focus { border: 2px solid $ring_border; }
QTreeWidget::item { padding: ${p6}px ${p8}px; border-bottom: 1px solid $line; }
QTreeWidget::item:selected { background: $accent_bg; color: $text; }
QListWidget::item { padding: ${p6}px ${p8}px; border-radius: ${p4}px; }
QListWidget::item:selected { background: $accent_bg; color: $text; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${p10}px; }
QFrame[role="banner"] { background: $banner; border: none; }
QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="pane-left"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[role="pane-right"] { background: $surface; border: none; border-left: 1px solid $line; }

QPushButton { background: $surface; color: $text; border: 1px solid $field_border; border-radius: ${p6}px;
    padding: ${p6}px ${p12}px; min-height: ${p20}px; }
QPushButton:hover { background: $accent_bg; }
QPushButton:pressed, QPushButton:checked { background: $accent_bg; border-color: $accent; }
QPushButton:disabled { color: $field_border; border-color: $line; background: $surface; }
QPushButton:focus { border: 2px solid $ring_border; padding: ${f6}px ${f12}px; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 700; }
QPushButton[role="primary"]:hover { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $bg; border-color: $line; color: $muted; }
QPushButton[role="filter"] { border-radius: ${p11}px; padding: ${p2}px ${p12}px; }
QPushButton[role="filter"]:checked { background: $accent_bg; border: 2px solid $accent; font-weight: 700; }
QPushButton[role="filter"]:focus { border: 2px solid $ring_border; }
QCheckBox, QRadioButton, QGroupBox { color: $text; }
QCheckBox::indicator { width: ${p16}px; height: ${p16}px; border: 2px solid $field_border;
    border-radius: ${p4}px;
    background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $text; }
QCheckBox:focus { color: $accent; }
QPushButton[role="flat"], QPushButton[role="link"], QPushButton[role="entry"] { background: transparent;
    border: 1px solid transparent; }
QPushButton[role="flat"]:hover, QPushButton[role="entry"]:hover { background: $accent_bg; }
QPushButton[role="line"] { background: transparent; border: 1px solid transparent; padding: 0;
    min-height: ${p20}px; border-radius: ${p4}px; }
QPushButton[role="line"]:hover { background: $accent_bg; }
QPushButton[role="line"]:focus { border: 1px solid $ring_border; padding: 0; }
QPushButton[role="link"] { color: $accent; text-align: left; padding: ${p2}px ${p4}px; }
QPushButton[role="entry"] { text-align: left; padding: ${p8}px ${p12}px; border-radius: ${p6}px; }
QPushButton[role="entry"]:checked { background: $accent_bg; }
QPushButton[role="flat"]:focus, QPushButton[role="link"]:focus, QPushButton[role="entry"]:focus {
    border: 1px solid $ring_border; }
QPushButton[role="link"]:focus { padding: ${p2}px ${p4}px; }
QPushButton[small="true"], QPushButton[small="true"]:focus { font-size: ${p13}px; padding: ${p2}px ${p3}px; }
QPushButton[role="flat"]:focus { padding: ${p6}px ${p12}px; }
QPushButton[role="entry"]:focus { padding: ${p8}px ${p12}px; }
QPushButton[role="segment"] { border-radius: 0; padding: ${p6}px ${p16}px; min-width: ${p48}px;
    margin-left: -1px; }
QPushButton[role="segment"][place="first"], QPushButton[role="segment"][place="only"] { margin-left: 0;
    border-top-left-radius: ${p6}px; border-bottom-left-radius: ${p6}px; }
QPushButton[role="segment"][place="last"], QPushButton[role="segment"][place="only"] {
    border-top-right-radius: ${p6}px; border-bottom-right-radius: ${p6}px; }
QPushButton[role="segment"]:checked { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 700; }
QPushButton[role="segment"]:focus { border: 2px solid $ring_border; padding: ${f6}px ${f16}px; }

QLineEdit, QComboBox, QPlainTextEdit { background: $surface; color: $text; border: 1px solid $field_border;
    border-radius: ${p6}px; padding: ${p4}px ${p8}px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit, QComboBox { min-height: ${p24}px; }
QLineEdit[tone="ok"], QComboBox[tone="ok"] { border: 1px solid $ok; }
QLineEdit[tone="warn"], QComboBox[tone="warn"], QPlainTextEdit[tone="warn"] { border: 2px solid $warn; }
QLineEdit[tone="critical"], QComboBox[tone="critical"], QPlainTextEdit[tone="critical"] {
    border: 2px solid $critical; }
QLineEdit[tone="awaited"], QComboBox[tone="awaited"] { border: 1px solid $awaited; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $ring_border; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $muted; border-color: $line; }
QLineEdit:read-only { background: $bg; }
QComboBox { padding-right: ${p24}px; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $field_border;
    selection-background-color: $accent_bg; selection-color: $text; }

QLabel[role="chip"] { font-size: ${p13}px; font-weight: 600; border-radius: ${p11}px;
    padding: ${p2}px ${p10}px;
    border: 1px solid transparent; }
$tones
QFrame[role="finding"], QFrame[role="notice"] { border: none; border-left: ${p4}px solid $muted;
    background: $surface; }

QMenuBar { background: $surface; color: $text; padding: ${p2}px ${p12}px; }
QMenuBar::item { background: transparent; padding: ${p4}px ${p10}px; border-radius: ${p4}px; }
QMenuBar::item:selected { background: $accent_bg; }
QMenu { background: $surface; color: $text; border: 1px solid $field_border; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p24}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_bg; color: $text; }
QMenu::item:disabled { color: $field_border; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QStatusBar { background: $surface; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; font-size: ${p13}px; padding: ${p2}px ${p8}px; }
QStatusBar QLabel[role="state"][tone="critical"] { color: $on_critical; background: $critical;
    font-weight: 700;
    border-radius: ${p4}px; }
QStatusBar QLabel[role="state"][tone="warn"] { color: $warn; font-weight: 700; }
QToolTip { background: $surface; color: $text; border: 1px solid $field_border; padding: ${p4}px; }

QTableView { background: $surface; color: $text; border: 1px solid $line; border-radius: ${p6}px;
    outline: none;
    selection-background-color: $accent_bg; selection-color: $text; }
QTableView:focus { border: 2px solid $ring_border; }
QTableView::item { padding: 0 ${p8}px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_bg; color: $text; }
QHeaderView { background: $surface; }
QHeaderView::section { background: $surface; color: $muted; font-size: ${p13}px; font-weight: 600;
    border: none;
    border-bottom: 1px solid $field_border; padding: ${p8}px; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $field_border; border-radius: ${p4}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: none; border-radius: ${p3}px; max-height: ${p6}px;
    min-height: ${p6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
"""
)

_TONE = string.Template(
    """
QLabel[role="chip"][tone="$tone"] { color: $front; background: $back; border-color: $edge; }
QFrame[role="finding"][tone="$tone"], QFrame[role="notice"][tone="$tone"] { background: $back;
    border-left-color: $front; }
"""
)


def style_sheet(theme: Theme) -> str:
    """The style sheet of the look and text size in use."""
    names = ("bg", "surface", "line", "field_border", "text", "muted", "accent", "accent_bg", "on_accent")
    more = (
        "banner",
        "banner_text",
        "banner_muted",
        "focus",
        "ok",
        "warn",
        "critical",
        "on_critical",
        "awaited",
    )
    tokens = theme.tokens
    words = {name: str(getattr(tokens, name)) for name in names + more}
    # On a dark ground the dark border vanishes, so there the ring's own colour is the border.
    words["ring_border"] = tokens.focus if tokens.dark else tokens.focus_dark
    words["on_focus"] = tokens.focus_dark
    sizes = (2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 16, 20, 24, 32, 48)
    lengths = {f"p{size}": str(theme.px(size)) for size in sizes}
    # A focused border is a pixel thicker; the padding gives it back, so that nothing moves.
    inner = {f"f{size}": str(theme.px(size) - 1) for size in (6, 12, 16)}
    return _SHEET.substitute(words, **lengths, **inner, tones=_tones(theme)) + form_style(theme)


def _tones(theme: Theme) -> str:
    tokens = theme.tokens
    pairs = {name: (name, f"{name}_bg") for name in ("ok", "warn", "critical", "awaited", "not_entered")}
    pairs |= {"urgent": ("on_critical", "critical"), "note": ("accent", "accent_bg")}
    parts = []
    for tone, (front, back) in pairs.items():
        ink, ground = str(getattr(tokens, front)), str(getattr(tokens, back))
        parts.append(
            _TONE.substitute(
                tone=tone, front=ink, back=ground, edge=ink if ground == tokens.surface else ground
            )
        )
    return "".join(parts)
