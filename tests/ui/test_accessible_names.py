"""The accessibility tree of every screen: nothing that can be used is without a name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget
from screens import sample, settle, shipped

from rls_workup.ui import application
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.plain import visible
from rls_workup.ui.program import Program
from tests.ui.accessible_tree import Role, faults, told_of
from tests.ui.conftest import Begin
from tests.ui.every_screen import Scene, begin_scene, views


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.mark.timeout(180)
def test_every_screen_can_be_heard(begin_program: Begin, tmp_path: Path) -> None:
    scene = begin_scene(begin_program, tmp_path)
    found: list[str] = []
    seen = {"LockDialog"}  # the page of the entrance, over a dialog that was open
    for view in views():
        with scene.shown(view) as widget:
            seen.add(type(widget).__name__)
            found += [f"{view.name}: {one}" for one in faults(widget)]
            found += [f"{view.name}: {one}" for one in lost_focus(widget)]
            found += [f"{view.name}: a coloured sign on {one}" for one in signs_at_the_foot(widget)]
    assert not found, "\n".join(dict.fromkeys(found))
    assert dialogs() - seen == set(), "Add a view to every_screen.py."


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


def dialogs() -> set[str]:
    """Every kind of dialog that the program has."""
    return {
        part.name
        for path in Path(application.__file__).parent.rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QDialog" for base in part.bases)
    }


def lost_focus(dialog: QWidget) -> list[str]:
    """Whether the first key pressed in a dialog would go nowhere."""
    if not isinstance(dialog, QDialog):
        return []
    focused = dialog.focusWidget()
    if focused is None:
        return ["nothing has the focus"]
    return [] if focused.isVisible() and focused.isEnabled() else [f"the focus is in {focused}"]


def signs_at_the_foot(dialog: QWidget) -> list[str]:
    """The buttons at the foot of a dialog that show the desktop's sign beside their words."""
    buttons = [button for box in dialog.findChildren(QDialogButtonBox) for button in box.buttons()]
    return [button.text() for button in buttons if not button.icon().isNull()]


def test_what_is_wrong_is_found(dressed: None) -> None:
    """The check itself: a nameless button, markup, a box without its question, the same name twice."""
    root = QWidget()
    root.setAccessibleName("Root")
    column = QVBoxLayout(root)
    nameless, marked, box = QPushButton(), QPushButton("Undo"), QComboBox()
    marked.setToolTip("<qt>Undo (Ctrl+Z)</qt>")
    box.addItem("µg/L")
    for part in (nameless, marked, box, QPushButton("Remove"), QPushButton("Remove")):
        column.addWidget(part)
    root.show()
    assert [fault.split(":")[0] for fault in faults(root)] == [
        "no name",
        "no word for what is chosen",
        "markup",
        "twice in one group",
    ]
    root.deleteLater()


def each_item_is_a_group_with_its_question_and_its_field_has_the_items_id(scene: Scene) -> None:
    scene.open()
    form = scene.casework.workup_screen.form
    ids: list[str] = []
    for number in range(1, len(shipped().sections) + 1):
        scene.casework.workup_screen.show_section(number)
        settle()
        lines = told_of(form)
        asked = [shipped().items[row.item_id].asks for row in form.rows]
        assert [line.name for line in lines if line.role is Role.Grouping] == [visible(one) for one in asked]
        named = [line.identifier for line in lines if line.identifier in shipped().items]
        assert named == [row.item_id for row in form.rows]
        ids += named
    assert len(ids) > 150
    assert len(set(ids)) == len(ids)


def of_a_question_one_radio_button_is_chosen_and_its_state_is_told(scene: Scene) -> None:
    scene.open()
    scene.casework.workup_screen.focus_item("urge_to_move")
    row = scene.casework.workup_screen.form.focused_row()
    assert row is not None
    buttons = [line for line in told_of(row) if line.role is Role.RadioButton]
    assert [line.name for line in buttons] == ["Yes", "No", "Unknown"]
    chosen = [
        line.name
        for line in buttons
        if line.widget is not None and QAccessible.queryAccessibleInterface(line.widget).state().checked
    ]
    assert chosen == ["Yes"]
    assert {line.description for line in buttons} == {"Answered"}


def a_value_that_is_not_accepted_is_told_with_its_reason(scene: Scene) -> None:
    scene.open()
    scene.casework.workup_screen.focus_item("folate")
    field = QAccessible.queryAccessibleInterface(scene.window.focusWidget())
    assert isinstance(field, QAccessibleInterface)
    words = field.text(QAccessible.Text.Description)
    assert words == "Not accepted. Folate is not measured in “pmol/mL”. Choose another."


def the_order_of_reading_is_banner_sections_form_findings_status(scene: Scene) -> None:
    scene.open()
    names = [line.name for line in told_of(scene.window)]
    landmarks = ["Patient", "Sections", "Form", "Findings", "Still missing, by decision", "Saving"]
    places = [names.index(name) for name in landmarks]
    assert places == sorted(places)
    assert names.index("FINDINGS") == names.index("Findings") + 1  # the title of a pane is read first


def test_the_work_up_is_told_as_it_is_meant(begin_program: Begin, tmp_path: Path) -> None:
    """One scene for all: it takes longer to begin than to look at."""
    scene = begin_scene(begin_program, tmp_path)
    for look in (
        each_item_is_a_group_with_its_question_and_its_field_has_the_items_id,
        of_a_question_one_radio_button_is_chosen_and_its_state_is_told,
        a_value_that_is_not_accepted_is_told_with_its_reason,
        the_order_of_reading_is_banner_sections_form_findings_status,
    ):
        look(scene)
