"""The session: every edit one step that can be undone; typing kept without a step; listeners heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import shiboken6
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pytestqt.qtbot import QtBot
from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import assess
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.exchange.workup_file import workup_from_text, workup_text
from rls_workup.ui.session import Session


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small(), workup(), lambda: TODAY)


class Listener:
    """Writes down what the session tells."""

    def __init__(self, session: Session) -> None:
        self.changed: list[str] = []
        self.typed: list[str] = []
        session.changed.connect(self.changed.append)
        session.typed.connect(self.typed.append)


FERRITIN = Answer(Decimal(38), unit="ug/L", collected="2026-11-18")
URGE = Answer("yes")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, FERRITIN, "Ferritin 38 µg/L"),
        (FERRITIN, replace(FERRITIN, value=Decimal(83)), "Ferritin 38 → 83 µg/L"),
        (FERRITIN, replace(FERRITIN, unit="ng/mL"), "Ferritin 38 µg/L → 38 ng/mL"),
        (FERRITIN, replace(FERRITIN, comparator="<"), "Ferritin 38 → <38 µg/L"),
        (FERRITIN, replace(FERRITIN, note="haemolysed"), "Ferritin, note"),
        (FERRITIN, replace(FERRITIN, collected="2026-11-19"), "Ferritin, date"),
        (FERRITIN, None, "Ferritin 38 µg/L → not entered"),
        (None, Answer(None, State.ORDERED, since="2026-11-20"), "Ferritin ordered"),
        (Answer(None, State.ORDERED), FERRITIN, "Ferritin ordered → 38 µg/L"),
        (FERRITIN, Answer("38 mg", State.REJECTED), "Ferritin 38 µg/L → 38 mg"),
    ],
)
def test_a_step_says_what_it_does(
    session: Session, before: Answer | None, after: Answer | None, words: str
) -> None:
    if before is not None:
        session.answer("ferritin", before)
    session.answer("ferritin", after)
    assert session.undo_stack.undoText() == words


@pytest.mark.parametrize(
    ("item", "answer", "words"),
    [
        ("urge", URGE, "Urge yes"),
        ("urge", Answer(None, State.UNKNOWN), "Urge unknown"),
        ("medications", Answer([]), "Medicines no medicines"),
        ("medications", Answer([{"name": "metformin"}]), "Medicines 1 medicine"),
        ("medications", Answer([{"name": "a"}, {"name": "b"}]), "Medicines 2 medicines"),
        ("note", Answer("x" * 60), f"Note {'x' * 32}…"),
        ("note", Answer("a\nb\u202ec"), "Note a b[U+202E]c"),
        ("score", Answer(Decimal("1E+400"), State.REJECTED), "Score 1E+400"),
        ("score", Answer(True, State.REJECTED), "Score yes"),
    ],
)
def test_every_kind_of_answer_has_words(session: Session, item: str, answer: Answer, words: str) -> None:
    session.answer(item, answer)
    assert session.undo_stack.undoText() == words


def test_an_edit_is_told_once_with_its_item_and_the_new_assessment(session: Session) -> None:
    heard: list[tuple[str, object]] = []
    session.changed.connect(lambda item: heard.append((item, session.assessment.standings["ferritin"].state)))
    session.answer("ferritin", FERRITIN)
    session.undo_stack.undo()
    assert heard == [("ferritin", State.ANSWERED), ("ferritin", None)]


def test_the_same_answer_again_is_no_step(session: Session) -> None:
    session.answer("ferritin", FERRITIN)
    listener = Listener(session)
    session.answer("ferritin", FERRITIN)
    assert session.undo_stack.count() == 1
    assert listener.changed == []


def test_several_steps_at_once_are_told_as_everything(session: Session) -> None:
    session.answer("ferritin", FERRITIN)
    session.answer("urge", URGE)
    listener = Listener(session)
    session.undo_stack.setIndex(0)
    assert listener.changed == [""]
    assert session.workup == workup_like(session, {})


def test_patient_and_visit_are_steps(session: Session) -> None:
    listener = Listener(session)
    session.set_patient(Patient("Brown", "Margaret", "1961-07-14", "female"))
    session.set_patient(Patient("Brown", "Margaret", "1961-07-14", "female"))
    session.set_visit_date("2026-11-21")
    session.set_visit_date("2026-11-21")
    assert (session.undo_stack.count(), listener.changed) == (2, ["", ""])
    assert session.undo_stack.undoText() == "visit 20-Nov-2026 → 21-Nov-2026"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (session.workup.patient, session.workup.visit_date) == (Patient(), "2026-11-20")


def test_a_listener_that_fails_stops_nobody(session: Session, qtbot: QtBot) -> None:
    heard: list[str] = []

    def fail(_item: str) -> None:
        raise RuntimeError("a panel is broken")

    session.changed.connect(fail)
    session.changed.connect(heard.append)
    with qtbot.capture_exceptions() as exceptions:
        session.answer("urge", URGE)
        session.undo_stack.undo()
        session.undo_stack.redo()
    assert heard == ["urge"] * 3
    assert session.workup.answers == {"urge": URGE}
    assert [kind for kind, _fault, _trace in exceptions] == [RuntimeError] * 3


# typing


def test_typing_is_kept_without_a_step_or_a_new_assessment(session: Session) -> None:
    listener, before = Listener(session), session.assessment
    session.keep_typing("ferritin", "3")
    session.keep_typing("ferritin", "38 ug/L")
    assert session.workup.answers["ferritin"].typed == "38 ug/L"
    assert (session.undo_stack.count(), listener.changed, listener.typed) == (0, [], ["ferritin"] * 2)
    assert session.assessment is before


def test_typing_over_an_answer_leaves_it_to_the_rules(session: Session) -> None:
    session.answer("ferritin", FERRITIN)
    session.keep_typing("ferritin", "8")
    kept = session.workup.answers["ferritin"]
    assert (kept.value, kept.typed) == (Decimal(38), "8")
    assert session.accepted_answer("ferritin") == FERRITIN


def test_text_that_a_killed_program_was_told_comes_back_unaccepted(session: Session) -> None:
    session.keep_typing("ferritin", "38 u")
    again = workup_from_text(workup_text(session.workup), small())
    answer = again.answers["ferritin"]
    assert (answer.typed, answer.state, answer.value) == ("38 u", State.REJECTED, None)
    assert assess(small(), again, TODAY).standings["ferritin"].value is None


def test_taking_over_what_was_typed_is_one_step_back_to_before(session: Session) -> None:
    session.keep_typing("ferritin", "38")
    session.answer("ferritin", FERRITIN)
    assert session.workup.answers["ferritin"].typed == ""
    session.undo_stack.undo()
    assert "ferritin" not in session.workup.answers


def test_typing_that_is_given_up_leaves_no_trace_and_is_saved_so(session: Session) -> None:
    session.answer("ferritin", FERRITIN)
    session.keep_typing("ferritin", "8")
    listener = Listener(session)
    session.answer("ferritin", FERRITIN)
    assert session.workup.answers == {"ferritin": FERRITIN}
    assert (listener.typed, session.undo_stack.count()) == (["ferritin"], 1)


def test_pauses_in_one_field_are_one_step(session: Session) -> None:
    session.answer("ferritin", replace(FERRITIN, value=Decimal(3)), resting=True)
    session.answer("ferritin", replace(FERRITIN, value=Decimal(38)), resting=True)
    session.answer("ferritin", replace(FERRITIN, value=Decimal(383)))
    assert (session.undo_stack.count(), session.undo_stack.undoText()) == (1, "Ferritin 383 µg/L")
    session.undo_stack.undo()
    assert session.workup.answers == {}


@pytest.mark.parametrize(
    "between",
    [
        lambda session: session.answer("ferritin", replace(FERRITIN, value=Decimal(3))),
        lambda session: session.answer("urge", URGE),
    ],
    ids=["the field was left", "another item was answered"],
)
def test_a_later_visit_to_the_field_is_a_step_of_its_own(
    session: Session, between: Callable[[Session], None]
) -> None:
    session.answer("ferritin", replace(FERRITIN, value=Decimal(3)), resting=True)
    between(session)
    before = session.undo_stack.count()
    session.answer("ferritin", FERRITIN)
    assert session.undo_stack.count() == before + 1


# former ids


def test_an_answer_under_a_former_id_is_replaced_and_comes_back() -> None:
    started = workup(urge_old="no")
    session = Session(small(), started, lambda: TODAY)
    session.answer("urge", URGE)
    assert dict(session.workup.answers) == {"urge": URGE}
    assert session.undo_stack.undoText() == "Urge no → yes"
    session.answer("urge", None)
    assert session.workup.answers == {}
    session.undo_stack.setIndex(0)
    assert session.workup == started


def test_typing_over_an_answer_under_a_former_id_loses_neither() -> None:
    started = workup(urge_old="no")
    session = Session(small(), started, lambda: TODAY)
    session.keep_typing("urge", "y")
    assert session.workup.answers["urge_old"].value == "no"
    session.answer("urge", session.accepted_answer("urge"))
    assert session.workup == started


def workup_like(session: Session, answers: Mapping[str, Answer]) -> Workup:
    return replace(session.workup, answers=answers)


ANSWERS = st.builds(
    Answer,
    value=st.sampled_from(["yes", "no", Decimal(1), Decimal(38), None]),
    state=st.sampled_from(list(State)),
    unit=st.sampled_from(["", "ug/L", "ng/mL"]),
    note=st.sampled_from(["", "pain"]),
)


class Person(RuleBasedStateMachine):
    """Answers, types, takes back, undoes and redoes at random; a list of plain dictionaries says what is right."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(small(), workup(), lambda: TODAY)
        self.past: list[dict[str, Answer]] = [{}]
        self.ahead: list[dict[str, Answer]] = []
        self.steps: list[str] = []
        self.typing: dict[str, str] = {}

    def teardown(self) -> None:
        # Here and in order: left to the garbage collector, some session dies before its undo steps.
        shiboken6.delete(self.session)

    @rule(item=st.sampled_from(["urge", "ferritin", "crp", "note"]), answer=st.none() | ANSWERS)
    def answer(self, item: str, answer: Answer | None) -> None:
        self.session.answer(item, answer)
        self.typing.pop(item, None)
        now = dict(self.past[-1])
        if now.get(item) == answer:
            return
        now.pop(item, None)
        if answer is not None:
            now[item] = answer
        self.past.append(now)
        self.steps = [*self.steps[: len(self.past) - 2], item]
        self.ahead.clear()

    @rule(item=st.sampled_from(["ferritin", "crp", "note"]), text=st.text(max_size=5))
    def type(self, item: str, text: str) -> None:
        self.session.keep_typing(item, text)
        self.typing[item] = text

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.session.undo_stack.undo()
        self.ahead.append(self.past.pop())
        self.typing.pop(self.steps[len(self.past) - 1], None)

    @precondition(lambda self: self.ahead)
    @rule()
    def redo(self) -> None:
        self.session.undo_stack.redo()
        self.past.append(self.ahead.pop())
        self.typing.pop(self.steps[len(self.past) - 2], None)

    @invariant()
    def the_work_up_is_what_was_answered(self) -> None:
        answers: dict[str, Any] = dict(self.session.workup.answers)
        for item, text in self.typing.items():
            assert answers.pop(item).typed == text
        expected = {item: given for item, given in self.past[-1].items() if item not in self.typing}
        assert answers == expected
        for item in self.typing:
            assert self.session.accepted_answer(item) == self.past[-1].get(item)

    @invariant()
    def the_assessment_is_of_what_was_accepted(self) -> None:
        accepted = workup_like(self.session, self.past[-1])
        fresh = assess(small(), accepted, TODAY)
        # Those about input stand in the order in which the answers were given.
        assert set(self.session.assessment.findings) == set(fresh.findings)
        assert self.session.assessment.progress == fresh.progress

    @invariant()
    def the_stack_is_as_long_as_the_past(self) -> None:
        assert self.session.undo_stack.index() == len(self.past) - 1


@pytest.mark.usefixtures("qapp")
class TestPerson(Person.TestCase):
    settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
