"""The preview: never another paper than the one that is shown; keys, sizes, and signing from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import PREVIEW
from rls_workup.ui.page_view import FIT_PAGE
from rls_workup.ui.preview import Preview
from rls_workup.ui.program import Program
from rls_workup.ui.sign_dialog import SignDialog


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    program.window.resize(1024, 700)
    return program.window.casework


def opened(casework: Casework, family: str) -> None:
    workup = new_workup(casework.protocol, Patient(family), casework.window.today())
    casework.show_workup(workup.answered("urge", Answer("yes", note="Told at length. " * 900)), 0)


def looked_at(qtbot: QtBot, casework: Casework) -> Preview:
    casework.perform("preview")
    qtbot.waitUntil(casework.paper.preview.is_ready, timeout=20_000)
    return casework.paper.preview


def what_can_be_done(preview: Preview) -> set[bool]:
    bar = preview.bar
    buttons = (bar.print_button, bar.save_button, bar.open_button, bar.copy_button, bar.drag_button)
    return {button.isEnabled() for button in buttons}


def test_nothing_is_done_with_the_paper_before_while_the_next_is_made(
    qtbot: QtBot, casework: Casework, tmp_path: Path
) -> None:
    opened(casework, "Brown")
    preview = looked_at(qtbot, casework)
    assert what_can_be_done(preview) == {True}
    preview.bar.kind.setCurrentIndex(preview.bar.kind.findData("handout"))
    assert what_can_be_done(preview) == {False}
    qtbot.waitUntil(preview.is_ready, timeout=20_000)
    opened(casework, "Cole")
    casework.perform("preview")
    assert what_can_be_done(preview) == {False}
    assert preview.pages_shown() == 0, "another patient's pages are not shown"
    preview.save_pdf()
    preview.print_pages()
    casework.paper.dragging.paper_out()
    assert casework.window.notices.text_about("told") == ""
    qtbot.waitUntil(preview.is_ready, timeout=20_000)
    assert what_can_be_done(preview) == {True}


def test_a_paper_that_was_asked_for_before_is_not_shown_any_more(qtbot: QtBot, casework: Casework) -> None:
    opened(casework, "Brown")
    preview = looked_at(qtbot, casework)
    shown: list[object] = []
    preview._pictures.ready.connect(shown.append)
    preview._make()
    preview.make()  # what `_make` asked for comes in meanwhile
    qtbot.waitUntil(preview.is_ready, timeout=20_000)
    assert len(shown) == 1


def test_keys_move_through_the_pages_wherever_the_focus_is(qtbot: QtBot, casework: Casework) -> None:
    opened(casework, "Brown")
    preview = looked_at(qtbot, casework)
    bar = preview.pages.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert preview.bar.page.text() == "Page 1 of 2"
    keys, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    for widget in (preview.bar.print_button, preview.pages):
        qtbot.keyClick(widget, keys.Key_PageDown)
        assert 0 < bar.value() <= bar.pageStep()
        qtbot.keyClick(widget, keys.Key_PageUp)
        assert bar.value() == 0
        qtbot.keyClick(widget, keys.Key_PageDown, control)
        assert preview.bar.page.text() == "Page 2 of 2"
        qtbot.keyClick(widget, keys.Key_PageUp, control)
        assert preview.bar.page.text() == "Page 1 of 2"
        qtbot.keyClick(widget, keys.Key_End, control)
        assert bar.value() == bar.maximum()
        qtbot.keyClick(widget, keys.Key_Home, control)
        assert bar.value() == 0


def test_the_sizes_fit_the_width_the_page_and_the_wheel(qtbot: QtBot, casework: Casework) -> None:
    opened(casework, "Brown")
    preview = looked_at(qtbot, casework)
    zoom, pages = preview.bar.zoom, preview.pages
    assert abs(pages._pages[0].width() - pages.viewport().width()) < 60
    zoom.setCurrentIndex(zoom.findData(FIT_PAGE))
    qtbot.waitUntil(lambda: pages._pages[0].height() <= pages.viewport().height(), timeout=20_000)
    at, none = QPointF(9, 9), Qt.MouseButton.NoButton
    for turned, larger in ((120, True), (-120, False)):
        before = zoom.currentData()
        wheel = (at, at, QPoint(), QPoint(0, turned), none, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(pages.viewport(), QWheelEvent(*wheel, Qt.ScrollPhase.NoScrollPhase, False))
        assert (zoom.currentData() > before) is larger
    assert zoom.currentData() > 0


def test_it_is_signed_from_the_preview_and_shown_signed(qtbot: QtBot, casework: Casework) -> None:
    opened(casework, "Brown")
    preview = looked_at(qtbot, casework)
    assert preview.bar.sign_button.isVisible()

    def sign() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SignDialog)
        dialog.name_line.setText("Dr A. Example")
        dialog.accept()

    QTimer.singleShot(50, sign)
    preview.bar.sign_button.click()
    assert casework.window.on_screen == PREVIEW
    assert casework.session is not None
    assert casework.session.workup.closed
    qtbot.waitUntil(preview.is_ready, timeout=20_000)
    assert not preview.bar.sign_button.isVisible()
