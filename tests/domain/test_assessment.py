"""assess(): one value from which everything is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.dates import age_on, iso_date
from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.text import shown_date, visible
from rls_workup.domain.workup import Answer, State

Assessed = Callable[..., Assessment]


def found(assessment: Assessment, finding: str) -> Finding:
    return next(each for each in assessment.findings if each.id == finding)


def ids(assessment: Assessment) -> list[str]:
    return [finding.id for finding in assessment.findings]


def test_a_finding_shows_its_basis(assessed: Assessed) -> None:
    low = found(assessed(ferritin="168 pmol/L", tsat="19.9 %"), "low")
    assert (low.title, low.explanation) == ("Low 168 pmol/L", "Low: 168 pmol/L, 19.9 %.")
    assert [(part.item, part.unit, part.rule) for part in low.because] == [
        ("age", "", "18 years or older"),
        ("ferritin", "pmol/L", "ferritin <= 75 ng/mL or tsat < 20 %"),
        ("tsat", "%", "ferritin <= 75 ng/mL or tsat < 20 %"),
    ]
    assert (low.item, low.flag_says, low.disputed, low.dispute) == ("ferritin", "Low", True, "Others say 50.")


def test_a_value_not_known_is_said_so_in_the_words(assessed: Assessed) -> None:
    assert found(assessed(ferritin="5 ng/mL"), "low").explanation == "Low: 5 ng/mL, not known."


def test_findings_come_by_urgency(assessed: Assessed) -> None:
    got = assessed(ferritin="75 ng/mL", part_1=3, part_2=3, medications=["metformin", "Elavil"])
    assert ids(got) == [
        "total_high",
        "lowering_drug",
        "low",
        "worsening_drug",
        "takes_offered",
        "at_threshold",
    ]
    assert [finding.severity for finding in got.findings] == sorted(
        (finding.severity for finding in got.findings), key=["alert", "caution", "note"].index
    )


def test_at_threshold_names_the_cut_off(assessed: Assessed) -> None:
    near = found(assessed(ferritin="75.7 ug/L"), "at_threshold")
    assert (near.item, near.because[0].rule) == ("ferritin", "≤ 75 µg/L")
    assert "≤ 75 ng/mL" in found(assessed(ferritin="168 pmol/L"), "at_threshold").explanation
    assert "at_threshold" not in ids(assessed(ferritin="70 ng/mL"))
    assert "at_threshold" not in ids(assessed(ferritin="75 ng/mL", born="2016-01-01")), (
        "a child is not held against it"
    )


def test_a_measured_number_can_be_at_a_threshold() -> None:
    protocol = small()
    conditions = dict(protocol.conditions)
    from rls_workup.domain.grammar import parse
    from rls_workup.domain.operands import Vocabulary

    words = Vocabulary(protocol.items, frozenset(), frozenset(), frozenset(), frozenset(protocol.units))
    conditions["too_much"] = parse("index > 15", words)
    changed = replace(protocol, conditions=conditions)
    got = assess(changed, workup(index=15), TODAY)
    assert found(got, "at_threshold").because[0].rule == "> 15 per hour"
    assert "too_much" not in ids(got)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"value": 75}, "unit_required"),
        ({"value": 75, "unit": "mg"}, "input_rejected"),
        ({"value": "abc", "unit": "ng/mL"}, "input_rejected"),
        ({"value": 2000, "unit": "ng/mL"}, "input_soft_warning"),
    ],
)
def test_input_trouble_is_a_finding_about_the_item(
    assessed: Assessed, answer: dict[str, Any], expected: str
) -> None:
    finding = found(assessed(ferritin=answer), expected)
    assert finding.item == "ferritin"
    assert finding.because[0].item == "ferritin"


def test_a_rejected_value_that_is_no_text_is_still_shown(assessed: Assessed) -> None:
    assert found(assessed(ferritin={"value": [1, 2]}), "input_rejected").because[0].value == "1, 2"
    assert found(assessed(ferritin=None), "input_rejected").because[0].value is None
    assert found(assessed(ferritin={"value": Decimal(-1), "unit": "ng/mL"}), "input_rejected").because[
        0
    ].value == Decimal(-1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"born": "1980-13-01"}, ("input_rejected", "date_of_birth", "no date")),
        ({"born": "2026-11-21"}, ("input_rejected", "date_of_birth", "after the visit")),
        ({"born": "1905-11-20"}, ("input_rejected", "date_of_birth", "That makes 121 years")),
        ({"born": "1906-11-20"}, ("input_soft_warning", "date_of_birth", "That makes 120 years")),
        ({"born": "1920-11-21"}, ()),
        ({"born": "1920-11-20"}, ("input_soft_warning", "date_of_birth", "That makes 106 years")),
        ({"sex": "woman"}, ("input_rejected", "sex", "female, male, other or unknown")),
        ({"sex": "Female"}, ()),
        ({"sex": "M"}, ()),
        ({"sex": "other"}, ()),
        ({"visit": "20.11.2026"}, ("input_rejected", "visit_date", "no date")),
        ({"visit": "2027-01-01"}, ("input_soft_warning", "visit_date", "in the future")),
    ],
)
def test_what_cannot_be_of_patient_or_visit_is_a_finding(
    assessed: Assessed, facts: dict[str, str], expected: tuple[str, str, str] | None
) -> None:
    troubles = [finding for finding in assessed(**facts).findings if finding.id.startswith("input_")]
    if not expected:
        assert troubles == []
        return
    assert (troubles[0].id, troubles[0].item) == expected[:2]
    assert expected[2] in troubles[0].explanation


def test_an_age_that_cannot_be_counts_for_no_rule(assessed: Assessed) -> None:
    assert "low" not in ids(assessed(born="1880-01-01", ferritin="5 ng/mL"))


@pytest.mark.parametrize(
    ("collected", "sentence"),
    [
        ("2026-11-20", ""),
        ("", ""),
        ("gestern", "no date"),
        (5, "no date"),
        ("2027-01-01", "in the future"),
        ("1970-01-01", "before the birth"),
    ],
)
def test_the_day_of_a_sample_is_checked(assessed: Assessed, collected: object, sentence: str) -> None:
    got = assessed(ferritin={"value": 80, "unit": "ng/mL", "collected": collected})
    warned = [finding.explanation for finding in got.findings if finding.id == "input_soft_warning"]
    assert len(warned) == bool(sentence)
    assert all(sentence in words for words in warned)


def test_answers_that_contradict_each_other_do_not_count(assessed: Assessed) -> None:
    got = assessed(iron="420 ug/dL", tibc="300 ug/dL", pregnant="no")
    rejected = [finding.item for finding in got.findings if finding.id == "input_rejected"]
    assert rejected == ["iron", "tibc"]
    assert got.standings["iron"].value is None
    assert got.standings["iron"].rejected == "Iron cannot be above TIBC."
    assert got.standings["tsat"].value is None
    assert "input_rejected" not in ids(assessed(iron="300 ug/dL", tibc="300 ug/dL", pregnant="no"))


def test_a_doubted_value_is_asked_about_and_kept(assessed: Assessed) -> None:
    got = assessed(iron="10 umol/L", tibc="50 umol/L", tsat="30 %", pregnant="no")
    assert found(got, "input_soft_warning").item == "tsat"
    assert got.standings["tsat"].value == Quantity(Decimal(30), "%")


def test_one_bad_line_loses_no_other_medicine(assessed: Assessed) -> None:
    got = assessed(
        medications=[{"name": "metformin", "months": "lots"}, {"dose": "5"}, 5, {"name": "Elavil"}]
    )
    assert {"worsening_drug", "lowering_drug", "input_rejected"} <= set(ids(got))
    told = found(got, "input_rejected").explanation
    assert "How long metformin is taken cannot be read" in told
    assert "A medicine has no name." in told


def test_because_shows_what_was_compared_and_how_it_was_worked_out(assessed: Assessed) -> None:
    low = found(assessed(ferritin="168 pmol/L", iron="5 umol/L", tibc="50 umol/L", pregnant="no"), "low")
    hows = {part.item: part.how for part in low.because}
    assert hows == {"age": "", "ferritin": "compared as 74.77 ng/mL", "tsat": "worked out: 100 × iron / TIBC"}
    assert {part.how for part in found(assessed(ferritin="38 ug/L"), "low").because} == {""}


def test_only_a_value_can_be_flagged(assessed: Assessed) -> None:
    got = assessed(tsat="10 %")
    assert found(got, "low").item == "ferritin"
    assert got.standings["ferritin"].flag == ""


def test_because_shows_only_the_medicines_that_matter(assessed: Assessed) -> None:
    got = assessed(medications=["Elavil", "metformin", "bupropion"])
    assert [line.name for line in found(got, "takes_offered").because[0].value] == ["Elavil"]  # type: ignore[union-attr]


def test_the_age_is_that_of_today_where_no_visit_date_is_known(assessed: Assessed) -> None:
    assert "input_rejected" in ids(assessed(born="2026-11-23", visit=""))
    assert "input_rejected" not in ids(assessed(born="2026-11-22", visit=""))


def test_each_medicine_has_its_own_findings(assessed: Assessed) -> None:
    got = assessed(
        medications=[
            {"name": "Elavil 25 mg"},
            {"name": "metformin", "months": 30},
            {"name": "Glucophage", "current": False},
            {"name": "mystery"},
        ]
    )
    worsening = [finding for finding in got.findings if finding.id == "worsening_drug"]
    assert [finding.title for finding in worsening] == ["Elavil 25 mg may worsen the symptoms"], (
        "metformin lists no alternative"
    )
    assert worsening[0].explanation == "amitriptyline: A reason. Instead: bupropion."
    assert (worsening[0].sources, worsening[0].evidence, worsening[0].disputed) == (("S1", "E"), "G", False)
    lowering = [finding for finding in got.findings if finding.id == "lowering_drug"]
    assert [finding.because[0].value for finding in lowering] == ["metformin", "Glucophage"]
    assert lowering[0].because[0].rule == "metformin: can lower a level (more than 4 months; taken for 30)"
    assert lowering[1].because[0].rule.endswith("how long is not given)")
    assert lowering[0].disputed


def test_undecided_lists_what_a_rule_waits_for(assessed: Assessed) -> None:
    got = assessed(ferritin={"state": "pending", "since": "2026-11-12"})
    assert {rule.id: rule.waits_for for rule in got.undecided} == {
        "too_much": ("tsat",),
        "low": ("ferritin", "tsat"),
        "total_high": ("total",),
        "iron_above_tibc": ("iron", "tibc"),
        "tsat_differs": ("tsat",),
        "takes_offered": ("medications",),
    }
    assert "low" not in {rule.id for rule in assessed(born="2016-01-01").undecided}, (
        "nothing could still make it true"
    )


def test_missing_is_told_by_decision(assessed: Assessed) -> None:
    got = assessed(
        ferritin={"state": "pending", "since": "2026-11-12"},
        crp={"state": "declined"},
        note="x",
        pregnant="no",
    )
    iron, pregnancy = got.missing
    assert [(item.item, item.state, item.since) for item in iron.blocks] == [
        ("ferritin", State.PENDING, "2026-11-12"),
        ("tsat", None, ""),
    ]
    assert [(item.item, item.state) for item in iron.confidence] == [("crp", State.DECLINED)]
    assert not iron.complete
    assert pregnancy.complete
    assert [missing.decision for missing in assessed(sex="male").missing] == ["iron"]
    assert [missing.decision for missing in assessed(sex="").missing] == ["iron", "pregnancy"]


def test_a_computed_value_is_no_missing_one(assessed: Assessed) -> None:
    got = assessed(iron="10 umol/L", tibc="50 umol/L", pregnant="no", ferritin="80 ng/mL")
    assert got.missing[0].blocks == ()
    assert got.standings["tsat"].computed == "100 × iron / TIBC"
    assert got.standings["tsat"].value == Quantity(Decimal(20), "%")
    assert found(got, "at_threshold").item == "tsat"
    assert assessed(tsat="18 %").standings["tsat"].computed == ""
    assert assessed(part_1=1, part_2=1).standings["total"].computed == "sum(part_*)"
    none = assessed(part_1=0, part_2=0).standings["total"]
    assert (none.value, none.computed) == (0, "sum(part_*)"), "nought is an amount"


def test_standings_tell_state_flag_and_trouble(assessed: Assessed) -> None:
    got = assessed(
        ferritin={"value": 5, "unit": "ng/mL", "collected": "2026-11-20"},
        crp={"state": "ordered", "since": "2026-11-12"},
        iron={"value": 5},
    )
    ferritin, crp, iron = (got.standings[item] for item in ("ferritin", "crp", "iron"))
    assert (ferritin.flag, ferritin.flag_says, ferritin.collected, ferritin.known) == (
        "low",
        "Low",
        "2026-11-20",
        True,
    )
    assert (crp.awaited, crp.since, crp.known) == (True, "2026-11-12", False)
    assert (iron.state, bool(iron.rejected), iron.awaited) == (State.REJECTED, True, False)
    assert [standing.item for standing in got.awaited] == ["crp"]
    assert [finding.id for finding in got.findings_about("ferritin")] == ["low"]


def test_progress_counts_what_applies(assessed: Assessed) -> None:
    none = assessed()
    assert not none.standings["earlier"].applies
    assert assessed(urge="no").standings["earlier"].applies
    some = assessed(urge="no", earlier={"state": "unknown"}, crp={"state": "pending"}, score={"value": 99})
    assert some.progress.answered == 2
    assert some.progress.awaited == 1
    assert some.progress.answered + some.progress.open == none.progress.open + 1
    assert some.sections["blood"].awaited == 1


def test_unknown_items_are_told_and_a_renamed_one_is_found() -> None:
    got = assess(small(), workup(urge_old="yes", nobody_knows="5"), TODAY)
    assert got.unknown_items == ("nobody_knows",)
    assert got.standings["urge"].value == "yes"
    both = assess(small(), workup(urge="no", urge_old="yes"), TODAY)
    assert both.standings["urge"].value == "no"


def test_the_order_in_which_answers_were_given_changes_nothing(assessed: Assessed) -> None:
    answers = {"score": 99, "ferritin": {"value": 5}, "urge": "perhaps", "part_1": 3, "part_2": 2}
    turned = dict(reversed(answers.items()))
    assert assessed(**answers).findings == assessed(**turned).findings


def test_the_same_work_up_gives_the_same_assessment() -> None:
    given_workup = workup({"date_of_birth": "1980-05-01"}, ferritin="5 ng/mL", medications=["Elavil"])
    assert assess(small(), given_workup, TODAY) == assess(small(), given_workup, TODAY)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "ferritin": st.one_of(
            st.integers(0, 200).map(lambda n: f"{n} ng/mL"),
            st.just({"state": "pending"}),
            st.text(max_size=5),
        ),
        "tsat": st.integers(0, 100).map(lambda n: f"{n} %"),
        "urge": st.sampled_from(["yes", "no", "perhaps"]),
        "part_1": st.integers(0, 5),
        "part_2": st.integers(0, 3),
        "medications": st.lists(st.sampled_from(["Elavil", "metformin", "x"]), max_size=3),
    },
)


@given(ANSWERS)
def test_every_work_up_can_be_assessed_and_a_missing_answer_is_never_a_finding(
    answers: dict[str, Any],
) -> None:
    got = assess(small(), workup({"date_of_birth": "1980-05-01"}, **answers), TODAY)
    if got.standings["ferritin"].value is None and got.standings["tsat"].value is None:
        assert "low" not in ids(got)
    assert not {rule.id for rule in got.undecided} & set(ids(got))
    assert got.progress.answered + got.progress.open == sum(
        standing.applies for standing in got.standings.values()
    )


@pytest.mark.parametrize(
    ("value", "item", "expected"),
    [
        (Quantity(Decimal("5.0"), "ug/L", "<"), "ferritin", "<5 µg/L"),
        (Quantity(Decimal("33.33333333333"), "%"), "tsat", "33.3 %"),
        (Decimal("7.50"), "index", "7.5 per hour"),
        (Decimal(46), "age", "46 years"),
        ("reduced", "vibration", "reduced"),
        ("free", "nobody", "free"),
        (Decimal(3), "nobody", "3"),
        ((TakenDrug("a"), TakenDrug("b")), "medications", "a, b"),
        (None, "ferritin", ""),
    ],
)
def test_a_value_is_shown_for_people(value: Any, item: str, expected: str) -> None:
    assert shown(value, small(), item) == expected


def test_names_for_people() -> None:
    protocol = small()
    assert (protocol.label("ferritin"), protocol.label("age"), protocol.label("nobody")) == (
        "Ferritin",
        "Age",
        "nobody",
    )
    assert (protocol.shown_unit("ug/L"), protocol.shown_unit("odd")) == ("µg/L", "odd")
    assert (protocol.cite("S1"), protocol.cite("E")) == (
        "Author 2020",
        "Proposal of this program, no clinical source",
    )
    assert [item.id for item in protocol.items_of("blood")][:1] == ["ferritin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-11-20", True), ("2026-1-2", False), ("20261120", False), ("2026-13-01", False), ("", False)],
)
def test_a_date_is_of_one_form(text: str, expected: bool) -> None:
    assert (iso_date(text) is not None) is expected


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        ("1961-07-14", "2026-07-13", (64, 779)),
        ("1961-07-14", "2026-07-14", (65, 780)),
        ("2024-02-29", "2025-02-28", (0, 11)),
        ("2024-02-29", "2025-03-01", (1, 12)),
        ("2026-01-02", "2026-01-01", None),
    ],
)
def test_age_is_in_completed_years_and_months(born: str, day: str, expected: tuple[int, int] | None) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == expected


def test_an_answer_is_given_changed_and_taken_back() -> None:
    before = workup(urge="yes")
    after = before.answered("urge", None).answered("earlier", Answer("no"))
    assert before.answers["urge"].value == "yes"
    assert list(after.answers) == ["earlier"]
    assert before.answered("urge", Answer("no")).answers["urge"].value == "no"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller", "Müller"),
        ("Mu\u0308ller", "Müller"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\n", "a[U+0000]b[U+000A]"),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_hidden_characters_are_made_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_dates_are_shown_in_one_form() -> None:
    assert shown_date("1980-08-14") == "14-Aug-1980"
    assert shown_date("soon\n") == "soon[U+000A]"
    assert visible("a\nb", keep="\n") == "a\nb"


def test_a_rule_tells_why_it_does_not_hold(assessed: Assessed) -> None:
    assert assessed(ferritin="80 ng/mL", tsat="20 %").verdict("low").rested == (
        ("ferritin", "ferritin <= 75 ng/mL or tsat < 20 %"),
        ("tsat", "ferritin <= 75 ng/mL or tsat < 20 %"),
    )


def test_a_rule_that_rests_on_another_is_judged_once_for_both(assessed: Assessed) -> None:
    got = assessed(tsat="50 %")
    assert got.verdict("too_much").truth is True
    assert got.verdict("low").rested == (("tsat", "not (tsat > 45 %)"),)
    assert got.verdict("low") is got.verdict("low")


def test_what_answers_amount_to_is_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rls_workup.domain.reading._MOST_REMEMBERED", 2)
    reader, item = small().reader, small().items["urge"]
    answers = [Answer(word) for word in ("yes", "no", "perhaps", "yes")]
    assert [reader.read(item, answer).value for answer in answers * 2] == ["yes", "no", None, "yes"] * 2
    assert len(reader._remembered) <= 2
