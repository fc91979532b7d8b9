"""Whatever is done to the window in whatever order: fields, work-up and store say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PySide6.QtWidgets import QApplication

from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui import desk
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import WORKUP
from rls_workup.ui.editors.number import NumberEditor
from rls_workup.ui.editors.quantity import QuantityEditor
from rls_workup.ui.editors.yes_no import YesNoEditor
from rls_workup.ui.program import Program
from rls_workup.ui.row import ItemRow
from tests.battery.figures import is_long

YES_NO = st.sampled_from(["y", "n", "u"])


def settle() -> None:
    for _turn in range(2):
        QApplication.processEvents()


class Window(RuleBasedStateMachine):
    """A person at one window with the small protocol; the model is the work-up as answered so far."""

    program: ClassVar[Program]

    @property
    def casework(self) -> Casework:
        casework = self.program.window.casework
        assert casework is not None
        return casework

    @initialize()
    def begin(self) -> None:
        patient = Patient("Brown", "", "1961-07-14", "female")
        self.casework.show_workup(new_workup(self.casework.protocol, patient, self.program.window.today()), 0)
        settle()

    @property
    def workup(self) -> Workup:
        assert self.casework.session is not None
        return self.casework.session.workup

    def rows(self, kind: type) -> list[ItemRow]:
        return [row for row in self.casework.workup_screen.form.rows if isinstance(row.editor, kind)]

    @rule(at=st.integers(0, 30), key=YES_NO)
    def answer_by_key(self, at: int, key: str) -> None:
        from PySide6.QtTest import QTest

        if rows := self.rows(YesNoEditor):
            row = rows[at % len(rows)]
            row.focus_editor()
            target = self.program.window.focusWidget()
            assert target is not None
            QTest.keyClick(target, key)
            given = self.workup.answers[row.item_id]
            assert (given.value or given.state) == {"y": "yes", "n": "no", "u": State.UNKNOWN}[key]

    @rule(at=st.integers(0, 30), number=st.integers(0, 50), whole=st.booleans())
    def type_a_number(self, at: int, number: int, whole: bool) -> None:
        from PySide6.QtTest import QTest

        rows = [*self.rows(NumberEditor), *self.rows(QuantityEditor)]
        if rows:
            row = rows[at % len(rows)]
            row.focus_editor()
            field = row.editor.number  # type: ignore[attr-defined]
            field.selectAll()
            QTest.keyClicks(field, str(number))
            if whole:
                self.casework.workup_screen.form.commit()
                assert row.item_id in self.workup.answers

    @rule(at=st.integers(0, 60), state=st.sampled_from([State.ORDERED, State.UNKNOWN, State.DECLINED]))
    def give_a_state(self, at: int, state: State) -> None:
        rows = [
            row for row in self.casework.workup_screen.form.rows if row.item.orderable or not state.awaited
        ]
        if rows:
            rows[at % len(rows)].set_state(state)

    @rule(at=st.integers(0, 60))
    def take_back(self, at: int) -> None:
        rows = self.casework.workup_screen.form.rows
        if rows:
            rows[at % len(rows)].take_back()

    @rule(steps=st.integers(1, 3), word=st.sampled_from(["undo", "redo"]))
    def go_back_and_forth(self, steps: int, word: str) -> None:
        for _step in range(steps):
            self.program.window.perform(word)

    @rule(number=st.integers(1, 5))
    def switch_section(self, number: int) -> None:
        self.casework.workup_screen.show_section(number)

    @rule(word=st.sampled_from(["next_unanswered", "previous_unanswered", "findings", "preview", "saved"]))
    def look_elsewhere(self, word: str) -> None:
        self.program.window.perform(word)
        if self.program.window.on_screen != WORKUP:
            self.program.window.perform("back")

    @rule()
    def close_and_reopen(self) -> None:
        known, before = self.workup.id, self.workup_without_typing()
        self.program.window.perform("worklist")
        assert self.casework.session is None
        self.program.window.open_stored(known)
        settle()
        assert {item: one for item, one in self.workup.answers.items() if not one.typed} == before

    def workup_without_typing(self) -> dict[str, Answer]:
        self.casework.workup_screen.form.commit()
        return {item: one for item, one in self.workup.answers.items() if not one.typed}

    @invariant()
    def fields_and_work_up_agree(self) -> None:
        settle()
        session = self.casework.session
        if session is None:
            return
        for row in self.casework.workup_screen.form.rows:
            told = session.accepted_answer(row.item_id)
            assert row.editor.answer == told, row.item_id
            if isinstance(row.editor, YesNoEditor):
                value = str(told.value) if told and told.state is State.ANSWERED else ""
                shown = row.editor.bar.value().replace("unknown", "")
                assert shown == value, row.item_id
            elif isinstance(row.editor, QuantityEditor) and not row.editor.dirty:
                text = row.editor.number.text()
                given = told.value if told and told.state in (State.ANSWERED, State.REJECTED) else None
                assert (Decimal(text) if text else None) == given, row.item_id

    @invariant()
    def store_and_work_up_agree(self) -> None:
        session = self.casework.session
        if session is None:
            return
        assert self.casework.saving.flush()
        kept, _, _ = desk.stored(
            self.program.window.store, self.casework.editions, session.workup.id, self.casework.saving
        )
        assert kept.answers == session.workup.answers
        assert kept.patient == session.workup.patient

    @invariant()
    def the_focus_is_somewhere(self) -> None:
        settle()
        # On a narrow window the findings stand before the form; the rules type into it all the same.
        hidden_form = not self.casework.workup_screen.form.isVisible()
        focused = QApplication.focusWidget()
        assert focused is None or focused.isVisible() or hidden_form


def run(program: Program, examples: int, steps: int) -> None:
    Window.program = program  # a new work-up for each example, in one window
    from hypothesis.stateful import run_state_machine_as_test

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Window,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet
        ),
    )


def test_fields_work_up_and_store_agree(program: Program) -> None:
    run(program, 6, 12)


@pytest.mark.battery
@pytest.mark.timeout(1800)
def test_fields_work_up_and_store_agree_for_long(program: Program, request: pytest.FixtureRequest) -> None:
    if not is_long(request.config):
        pytest.skip("only in the long form of the battery")
    run(program, 60, 40)
