"""The window for those who see no colour, read from the right, see little, or use the Tab key alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from screens import sample, settle, shipped

from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui import chip, theme
from rls_workup.ui.chip import Chip
from tests.ui.at_the_keys import Keyboard
from tests.ui.conftest import Begin
from tests.ui.every_screen import Scene, begin_scene

WINDOW = Path(chip.__file__).parent


@pytest.fixture
def scene(begin_program: Begin, tmp_path: Path) -> Scene:
    return begin_scene(begin_program, tmp_path)


# Without colour


def of_every_state(scene: Scene) -> Workup:
    """Blood tests in every state that a chip can show."""
    workup = new_workup(shipped(), sample().patient, scene.window.today())
    since = scene.window.today().isoformat()
    for item, answer in {
        "haemoglobin": Answer("5", unit="g/dL"),
        "ferritin": Answer(20, unit="ug/L"),
        "crp": Answer(30, unit="mg/L"),
        "mcv": Answer(86, unit="fL"),
        "iron": Answer(None, State.ORDERED, since=since),
        "tibc": Answer(None, State.COLLECTED, since=since),
        "b12_total": Answer(None, State.PENDING, since=since),
        "mma": Answer(None, State.UNKNOWN),
        "homocysteine": Answer(None, State.DECLINED),
        "tsh": Answer(None, State.NOT_APPLICABLE),
        "folate": Answer("12 pmol/mL", State.REJECTED, reason="Not measured in pmol/mL."),
    }.items():
        workup = workup.answered(item, answer)
    return workup


def states_are_told_apart_without_colour(scene: Scene) -> None:
    """Each state has words of its own, and in grey no two signs look the same."""
    scene.open(of_every_state(scene))
    scene.casework.workup_screen.open_section("blood_tests")
    settle()
    rows = {row.item_id: row for row in scene.casework.workup_screen.form.rows}
    marks = {item: row.chip.mark for item, row in rows.items() if row.chip.mark is not None}
    shown = [marks[item] for item in ("haemoglobin", "ferritin", "crp", "mcv", "iron", "tibc", "b12_total")]
    shown += [marks[item] for item in ("mma", "homocysteine", "tsh", "folate", "magnesium")]
    assert len({mark.words for mark in shown}) == len(shown)
    signs = [mark.sign for mark in shown if mark.tone not in ("warn", "critical")]
    assert len(set(signs)) == len(signs)
    assert is_solid(rows["haemoglobin"].chip)  # critical survives greyscale: dark, with light words
    assert not any(is_solid(rows[item].chip) for item in ("ferritin", "mcv", "iron", "magnesium"))


def is_solid(one: Chip) -> bool:
    """Whether a chip is darker than grey where it has no words."""
    grey = one.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.pixelColor(grey.width() - theme.current.px(7), grey.height() // 2).lightness() < 128


# From the right to the left


def nothing_leaves_the_window(scene: Scene) -> list[str]:
    """What is cut off at a side of the window, among all that has words."""
    window = scene.window
    out: list[str] = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            place = QRect(label.mapTo(window, QPoint(0, 0)), label.size())
            if place.left() < 0 or place.right() > window.width():
                out.append(f"{label.text()[:30]!r} at {place.getRect()}")
    return out


def mirrored_it_still_works(scene: Scene) -> None:
    scene.open()
    screen = scene.casework.workup_screen
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        settle()
        scene.window.resize(1281, 800)
        for section in (1, 6):
            screen.show_section(section)
            settle()
            assert nothing_leaves_the_window(scene) == []
        assert x_of(screen.sections, scene) > x_of(screen.form, scene) > x_of(screen.findings, scene)
        named = [label for label in screen.banner.findChildren(QLabel) if label.isVisible() and label.text()]
        places = [QRect(label.mapTo(screen.banner, QPoint(0, 0)), label.size()) for label in named]
        crossed = [1 for at, one in enumerate(places) for other in places[at + 1 :] if one.intersects(other)]
        assert named
        assert not crossed
        screen.focus_item("six_lobed_neutrophil")
        at = Keyboard(scene.window)
        first = at.target()
        assert neighbour(at, Qt.Key.Key_Left).x() < first.x()  # the key goes where it points
        assert neighbour(at, Qt.Key.Key_Right) is first
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        settle()


def neighbour(at: Keyboard, key: Qt.Key) -> QWidget:
    QTest.keyClick(at.target(), key)
    return at.target()


def x_of(widget: QWidget, scene: Scene) -> int:
    return widget.mapTo(scene.window, QPoint(0, 0)).x()


# By the Tab key


def the_tab_key_goes_from_pane_to_pane(scene: Scene) -> None:
    """Banner, sections, form, findings; each pane once, from top to bottom, and round again."""
    scene.open()
    screen = scene.casework.workup_screen
    screen.show_section(1)
    settle()
    panes = {
        "banner": screen.banner,
        "sections": screen.sections,
        "form": screen.form,
        "right": screen._right,
    }
    passed: list[str] = []
    start = scene.window.focusWidget()
    for _stop in range(400):
        QTest.keyClick(scene.window.focusWidget(), Qt.Key.Key_Tab)
        focused = scene.window.focusWidget()
        assert focused.isVisible()
        assert focused.isEnabled()
        pane = next((name for name, part in panes.items() if part.isAncestorOf(focused)), "above")
        if not passed or passed[-1] != pane:
            passed.append(pane)
        if focused is start:
            break
    assert focused is start, "the Tab key does not come round"
    assert passed == ["form", "right", "above", "banner", "sections", "form"], passed


def test_the_window_is_for_all(scene: Scene) -> None:
    """One scene for all: it takes longer to begin than to look at."""
    for look in (
        states_are_told_apart_without_colour,
        mirrored_it_still_works,
        the_tab_key_goes_from_pane_to_pane,
    ):
        look(scene)


def test_ordered_is_one_key(scene: Scene) -> None:
    scene.open(new_workup(shipped(), sample().patient, scene.window.today()))
    screen, at = scene.casework.workup_screen, Keyboard(scene.window)
    for item in ("iron", "vitamin_d", "sleep_referral"):
        screen.focus_item(item)
        scene.window.perform("ordered")
        session = scene.casework.session
        assert session is not None
        assert session.workup.answers[item].state is State.ORDERED, item
        assert at.item == item
    screen.focus_item("ferritin")
    at.press("38 ug/L")
    scene.window.perform("ordered")
    assert scene.window.notices.text_about("told") == "Ferritin has a result. Take it back first."
    screen.focus_item("urge_to_move")
    scene.window.perform("ordered")
    assert "not ordered" in scene.window.notices.text_about("told")


# Nothing moves

MOVES = {"QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QParallelAnimationGroup", "QMovie"}


def test_nothing_moves_by_itself() -> None:
    """So that there is no motion to reduce; the blinking of the cursor is the desktop's."""
    used = {
        f"{path.name}: {name.id}"
        for path in WINDOW.rglob("*.py")
        for name in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(name, ast.Name) and name.id in MOVES
    }
    assert used == set()


def test_no_effect_of_the_desktop_is_taken_up(dressed: None) -> None:
    effects = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo)
    assert not any(QApplication.isEffectEnabled(effect) for effect in effects)
