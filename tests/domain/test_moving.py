"""Moving a work-up to another protocol: no answer is lost, and it is told beforehand what changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from smallprotocol import TODAY, small, small_with, workup

from rls_workup.domain.assessment import assess
from rls_workup.domain.moving import move_of, moved
from rls_workup.domain.workup import Answer, State

ADULT = {"date_of_birth": "1980-05-01", "sex": "female"}
VALUES = st.one_of(st.integers(-5, 200_000), st.sampled_from(["yes", "no", "normal", "slow", "1,234", ""]))
ITEMS = ("ferritin", "crp", "urge", "urge_old", "gait", "note", "score", "nobody_knows_this")


def test_the_work_up_names_its_new_protocol_and_keeps_its_answers() -> None:
    new = small_with()
    before = workup(urge="yes", nobody_knows_this={"value": 5, "note": "kept"})
    after = moved(before, new)
    assert (after.protocol_version, after.protocol_mark) == ("2026.12", new.mark)
    assert after.answers == before.answers


def test_a_value_beyond_the_new_limits_stays_as_given_and_does_not_count() -> None:
    new = small_with(("accepts = { from = 0, to = 1000 }", "accepts = { from = 0, to = 100 }"))
    before = workup(crp={"value": 500, "unit": "mg/L"})
    after = moved(before, new).answers["crp"]
    assert (after.value, after.state) == (500, State.REJECTED)
    assert "100" in after.reason
    again = moved(moved(before, new), small()).answers["crp"]
    assert (again.value, again.state, again.reason) == (500, State.ANSWERED, "")


def test_what_a_person_rejected_stays_rejected() -> None:
    before = workup(crp={"value": 5, "unit": "mg/L", "state": "rejected"})
    assert moved(before, small_with()).answers == before.answers


def test_an_awaited_result_stays_awaited() -> None:
    before = workup(crp={"state": "pending", "since": "2026-11-01"})
    assert moved(before, small_with()).answers == before.answers


def test_it_is_told_which_findings_come_go_and_change() -> None:
    answers: dict[str, Any] = {
        "ferritin": {"value": 60, "unit": "ng/mL"},
        "tsat": {"value": 50, "unit": "%"},
        "part_1": 3,
        "part_2": 2,
        "medications": ["amitriptyline", "metformin"],
    }
    before = workup(ADULT, **answers)
    new = small_with(
        ('when = "tsat > 45 %"', 'when = "tsat > 55 %"'),
        ('title = "Total {total}"', 'title = "The total is {total}"'),
    )
    move = move_of(small(), new, before, TODAY)
    assert [finding.id for finding in move.gone] == ["too_much"]
    assert [finding.id for finding in move.come] == ["low"]
    assert [(one.title, other.title) for one, other in move.changed] == [("Total 5", "The total is 5")]
    assert {difference.id for difference in move.differences} == {"too_much", "total_high"}
    assert move.touching(before) == ()


def test_answers_to_what_is_not_asked_any_more_are_named() -> None:
    item = '[[items]]\nid = "note"\nkind = "text"\nasks = "Note"\n'
    move = move_of(small(), small_with((item, ""), ('["note"]', "[]")), workup(note="seen"), TODAY)
    assert move.kept == ("note",)
    assert [(d.kind, d.id) for d in move.touching(workup(note="seen"))] == [("removed", "note")]


def test_an_answer_under_a_former_id_belongs_to_the_renamed_item() -> None:
    new = small_with(('id = "note"\n', 'id = "remark"\nwas = ["note"]\n'), ('["note"]', '["remark"]'))
    before = workup(note="seen")
    move = move_of(small(), new, before, TODAY)
    assert (move.kept, [d.kind for d in move.touching(before)]) == ((), ["renamed"])
    assert assess(new, moved(before, new), TODAY).standings["remark"].value == "seen"


@given(
    st.dictionaries(
        st.sampled_from(ITEMS), st.one_of(VALUES, st.builds(lambda v: {"value": v, "unit": "mg/L"}, VALUES))
    )
)
def test_there_and_back_nothing_is_lost(answers: dict[str, Any]) -> None:
    before = workup(**answers)
    new = small_with(
        ("accepts = { from = 0, to = 1000 }", "accepts = { from = 0, to = 10 }"),
        ('[[items]]\nid = "score"\nkind = "score"\nasks = "Score"\naccepts = { from = 0, to = 40 }\n', ""),
    )

    def given_values(answers: Any) -> dict[str, tuple[Any, str, str]]:
        return {name: (answer.value, answer.unit, answer.note) for name, answer in answers.items()}

    there = moved(before, new)
    assert given_values(there.answers) == given_values(before.answers)
    assert moved(there, small()).answers == before.answers
    assert all(isinstance(answer, Answer) for answer in there.answers.values())
