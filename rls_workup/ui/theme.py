"""Colours, type and lengths of the window: a table of tokens for each look, switched live."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

BASE_PX: Final = 14
TEXT_PERCENTS: Final = (100, 125, 150, 200)
CHOICES: Final = ("system", "light", "dark", "contrast")


class Tokens(NamedTuple):
    """The colours of one look, as `#RRGGBB`; a `…_bg` is what the colour of that name is read on."""

    bg: str
    surface: str
    line: str
    field_border: str
    text: str
    muted: str
    accent: str
    accent_bg: str
    on_accent: str
    banner: str
    banner_text: str
    banner_muted: str
    focus: str
    focus_dark: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    critical: str
    critical_bg: str
    on_critical: str
    awaited: str
    awaited_bg: str
    not_entered: str
    not_entered_bg: str
    dark: bool = False


LIGHT: Final = Tokens(
    bg="#F3F6F8",
    surface="#FFFFFF",
    line="#D3DBE2",
    field_border="#7A8894",
    text="#16232E",
    muted="#4A5B69",
    accent="#0B5C8A",
    accent_bg="#E3F0F8",
    on_accent="#FFFFFF",
    banner="#0A3A57",
    banner_text="#FFFFFF",
    banner_muted="#C4D9E6",
    focus="#FFB81C",
    focus_dark="#16232E",
    ok="#1B6E3C",
    ok_bg="#E4F3E9",
    warn="#8A5300",
    warn_bg="#FDF0D5",
    critical="#B3151B",
    critical_bg="#FCE6E6",
    on_critical="#FFFFFF",
    awaited="#4B3FA0",
    awaited_bg="#ECEAF8",
    not_entered="#4A5B69",
    not_entered_bg="#EDF1F4",
)

DARK: Final = Tokens(
    bg="#12181D",
    surface="#1B242B",
    line="#33414C",
    field_border="#8496A4",
    text="#E8EEF2",
    muted="#A9B8C4",
    accent="#6CB8E6",
    accent_bg="#173447",
    on_accent="#12181D",
    banner="#0B2A3D",
    banner_text="#FFFFFF",
    banner_muted="#B4CBDA",
    focus="#FFC940",
    focus_dark="#12181D",
    ok="#7FD49B",
    ok_bg="#16321F",
    warn="#F5BE5C",
    warn_bg="#3A2B0C",
    critical="#FF9A95",
    critical_bg="#451B1C",
    on_critical="#12181D",
    awaited="#B6ADF5",
    awaited_bg="#2A2550",
    not_entered="#A9B8C4",
    not_entered_bg="#26313A",
    dark=True,
)

CONTRAST: Final = Tokens(
    bg="#FFFFFF",
    surface="#FFFFFF",
    line="#000000",
    field_border="#000000",
    text="#000000",
    muted="#262626",
    accent="#00307A",
    accent_bg="#DCE9FF",
    on_accent="#FFFFFF",
    banner="#000000",
    banner_text="#FFFFFF",
    banner_muted="#FFFFFF",
    focus="#FFB81C",
    focus_dark="#000000",
    ok="#004D1F",
    ok_bg="#FFFFFF",
    warn="#5C3300",
    warn_bg="#FFFFFF",
    critical="#8B0000",
    critical_bg="#FFFFFF",
    on_critical="#FFFFFF",
    awaited="#2D1F8A",
    awaited_bg="#FFFFFF",
    not_entered="#262626",
    not_entered_bg="#FFFFFF",
)

_LOOKS: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


class Theme(QObject):
    """The look in use; `changed` tells when colours or text size are other than before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._text_percent = 100

    @property
    def choice(self) -> str:
        """One of CHOICES."""
        return self._choice

    @property
    def text_percent(self) -> int:
        """One of TEXT_PERCENTS."""
        return self._text_percent

    @property
    def tokens(self) -> Tokens:
        """The colours now; “system” follows the desktop."""
        return _LOOKS.get(self._choice) or (DARK if _desktop_is_dark() else LIGHT)

    def choose(self, choice: str) -> None:
        """Take another look at once; an unknown word means “system”."""
        self._choice = choice if choice in CHOICES else "system"
        self.changed.emit()

    def set_text_percent(self, percent: int) -> None:
        """Take the nearest of the text sizes on offer at once."""
        self._text_percent = min(TEXT_PERCENTS, key=lambda offered: abs(offered - percent))
        self.changed.emit()

    def em(self, count: float = 1.0) -> int:
        """`count` times the height of body text, in whole pixels, at least one."""
        return max(1, round(count * BASE_PX * self._text_percent / 100))

    def px(self, at_100_percent: float) -> int:
        """A length drawn at 100 % text, in pixels at the text size in use."""
        return self.em(at_100_percent / BASE_PX)

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name."""
        return QColor(str(getattr(self.tokens, token)))

    def font(self, px: float = BASE_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Inter with figures of equal width, `px` high at 100 % text."""
        font = QFont("Inter")
        font.setPixelSize(self.px(px))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def palette(self) -> QPalette:
        """The tokens as Qt's own roles, for all that the style sheet does not name."""
        tokens, palette = self.tokens, QPalette()
        for role, colour in _roles(tokens).items():
            palette.setColor(role, QColor(colour))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.field_border))
        return palette


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.bg,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.critical,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Mid: tokens.line,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Dark: tokens.field_border,
        role.Shadow: tokens.field_border,
    }


def _desktop_is_dark() -> bool:
    # Before the application there are no style hints to ask.
    if QGuiApplication.instance() is None:
        return False
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


current: Final = Theme()


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2), 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2), 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
