"""The accessibility tree of every screen: nothing that can be used is without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from screens import sample, shipped

from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.program import Program
from tests.ui.conftest import Begin
from tests.ui.every_screen import begin_scene, views

USED = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.MenuItem,
    QAccessible.Role.ProgressBar,
}
_ROBOT = {"qt_toolbar_ext_button"}


def nameless(root: QWidget) -> list[str]:
    """What can be used and has no name, with its class and where it stands."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or widget.objectName() in _ROBOT:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is not None and told.role() in USED and not told.text(QAccessible.Text.Name).strip():
            found.append(
                f"{type(widget).__name__} in {type(widget.parentWidget()).__name__} ({told.role().name})"
            )
    return found


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.mark.timeout(180)
def test_nothing_that_can_be_used_is_nameless(begin_program: Begin, tmp_path: Path) -> None:
    scene = begin_scene(begin_program, tmp_path)
    found: list[str] = []
    for view in views():
        with scene.shown(view) as widget:
            found += [f"{view.name}: {one}" for one in nameless(widget)]
    assert not found, "\n".join(dict.fromkeys(found))


def test_a_value_is_named_with_its_unit_and_told_with_its_state(window: MainWindow) -> None:
    casework = window.casework
    assert casework is not None
    casework.show_workup(sample(), 0, shipped())
    casework.workup_screen.focus_item("ferritin")
    field = window.focusWidget()
    told = QAccessible.queryAccessibleInterface(field)
    assert isinstance(told, QAccessibleInterface)
    name, state = told.text(QAccessible.Text.Name), told.text(QAccessible.Text.Description)
    assert name == "Ferritin in micrograms per litre"
    assert state
    assert told.text(QAccessible.Text.Value) == "38"
