"""The tokens of every look can be read, and a look or text size is taken live."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.ui import theme
from rls_workup.ui.stylesheet import style_sheet

LOOKS = {"light": theme.LIGHT, "dark": theme.DARK, "contrast": theme.CONTRAST}
GROUNDS = ("bg", "surface", "accent_bg", "warn_bg", "critical_bg", "ok_bg", "awaited_bg", "not_entered_bg")
READ = [
    *((ink, ground) for ink in ("text", "muted") for ground in GROUNDS),
    *((ink, f"{ink}_bg") for ink in ("ok", "warn", "critical", "awaited", "not_entered", "accent")),
    *(
        (ink, ground)
        for ink in ("ok", "warn", "critical", "awaited", "accent")
        for ground in ("bg", "surface")
    ),
    ("on_accent", "accent"),
    ("on_critical", "critical"),
    ("banner_text", "banner"),
    ("banner_muted", "banner"),
    ("focus_dark", "focus"),
]
BORDERS = [("field_border", "surface"), ("field_border", "bg"), ("accent", "surface")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_every_text_stands_out_by_4_5(look: str, ink: str, ground: str) -> None:
    tokens = LOOKS[look]
    assert theme.contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), READ)
def test_in_high_contrast_every_text_stands_out_by_7(ink: str, ground: str) -> None:
    if ink != "focus_dark":
        assert theme.contrast(getattr(theme.CONTRAST, ink), getattr(theme.CONTRAST, ground)) >= 7


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("border", "ground"), BORDERS)
def test_every_border_stands_out_by_3(look: str, border: str, ground: str) -> None:
    tokens = LOOKS[look]
    assert theme.contrast(getattr(tokens, border), getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("look", LOOKS)
def test_the_focus_shows_on_every_ground(look: str) -> None:
    tokens = LOOKS[look]
    ring = tokens.focus if tokens.dark else tokens.focus_dark
    assert all(theme.contrast(ring, ground) >= 3 for ground in (tokens.bg, tokens.surface))


def test_known_contrasts() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("asked", "taken"), [(100, 100), (110, 100), (140, 150), (9999, 200), (-3, 100)])
def test_a_text_size_is_one_of_those_on_offer(dressed: None, asked: int, taken: int) -> None:
    theme.current.set_text_percent(asked)
    assert theme.current.text_percent == taken
    assert theme.current.em(2) == round(2 * 14 * taken / 100)


def test_a_look_is_taken_live(qtbot: QtBot, dressed: None) -> None:
    light = style_sheet(theme.current)
    with qtbot.waitSignal(theme.current.changed):
        theme.current.choose("dark")
    assert theme.current.tokens is theme.DARK
    assert style_sheet(theme.current) != light
    theme.current.choose("purple")
    assert theme.current.choice == "system"


@pytest.mark.parametrize("look", LOOKS)
def test_the_style_sheet_leaves_no_slot_unfilled(dressed: None, look: str) -> None:
    theme.current.choose(look)
    assert "$" not in style_sheet(theme.current)
