"""What is done with the rows of the worklist: opened, looked at on paper, begun anew for the next visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import PREVIEW, WORKLIST, WORKUP
from rls_workup.ui.program import Program
from rls_workup.ui.row_actions import OF_A_ROW


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


def begun(casework: Casework, *, visit: str = "2026-05-20") -> str:
    """A saved work-up, back on the worklist, with its row chosen."""
    workup = new_workup(casework.protocol, Patient("Brown", "Ann"), casework.window.today())
    workup = replace(workup, visit_date=visit).answered("medications", Answer([{"name": "metformin"}]))
    casework.show_workup(workup.answered("urge", Answer("yes")), 0)
    assert casework.saving.flush()
    casework.perform("worklist")
    worklist = casework.window.worklist
    worklist.table.selectRow(worklist.model.line_of(workup.id))
    return workup.id


def test_the_menu_of_a_row_holds_commands_of_the_window(casework: Casework) -> None:
    begun(casework)
    actions = casework.window.worklist.menu_for_row().actions()[: len(OF_A_ROW)]
    assert actions == [casework.window.commands.actions[name] for name in OF_A_ROW]
    assert all(action.isEnabled() for action in actions)


def test_a_row_is_opened_and_shown_on_paper(casework: Casework) -> None:
    workup_id = begun(casework)
    casework.perform("open_row")
    assert (casework.window.on_screen, casework.session.workup.id) == (WORKUP, workup_id)  # type: ignore[union-attr]
    casework.perform("worklist")
    casework.perform("preview")
    assert (casework.window.on_screen, casework.session.workup.id) == (PREVIEW, workup_id)  # type: ignore[union-attr]


@pytest.mark.parametrize("screen", [WORKLIST, WORKUP])
def test_a_new_visit_of_the_same_patient(casework: Casework, screen: str) -> None:
    earlier = begun(casework)
    if screen == WORKUP:
        casework.perform("open_row")
    casework.perform("next_visit")
    assert casework.session is not None
    workup = casework.session.workup
    assert casework.window.on_screen == WORKUP
    assert (workup.patient.family_name, workup.extra["follows"]) == ("Brown", earlier)
    assert workup.visit_date == casework.window.today().isoformat()
    assert "urge" not in workup.answers
    assert "asked anew" in casework.window.notices.text_about("told")
    assert casework.saving.flush()
    assert casework.window.store.read(earlier).version == 1


def test_once_the_patient_came_again_no_recheck_is_due(casework: Casework) -> None:
    earlier = begun(casework)
    store = casework.window.store
    store._connection.execute("UPDATE workup SET recheck_due = '2026-06-20'")
    casework.perform("next_visit")
    assert casework.saving.flush()
    assert {row.id: row.recheck_due for row in store.page().rows}[earlier] == ""


def test_where_nothing_is_chosen_nothing_happens(casework: Casework) -> None:
    casework.window.worklist.search.setText("nobody at all")
    for name in ("open_row", "preview", "next_visit"):
        casework.perform(name)
    assert (casework.window.on_screen, casework.session) == (WORKLIST, None)
