"""What stands on the work-up sheet, read back from the PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from report.paper_trial import HALF, PATIENT, WHOLE, page_texts, pdf_of, sheet_of, text_of

from rls_workup.errors import WorkupError


def _text(answers: Any = HALF, **more: Any) -> str:
    return text_of(pdf_of(sheet_of(answers, **more)))


def test_the_identity_stands_on_every_page_with_its_number() -> None:
    pages = page_texts(pdf_of(sheet_of({**HALF, "own_words": "long " * 1500})))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        for part in ("BROWN, Margaret", "14-Jul-1961 (65y)", "Female", "999 000 0018", "PARTIAL"):
            assert part in page


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        ({**PATIENT, "family_name": "O'Brien-Smith"}, "O'BRIEN-SMITH, Margaret"),
        ({**PATIENT, "family_name": "Strauß"}, "Strauß, Margaret"),
        ({**PATIENT, "family_name": "Brown 2"}, "Brown 2, Margaret"),
        ({}, "Name not recorded"),
        ({}, "Born Not recorded Sex Not recorded Number Not recorded Visit 20-Nov-2026"),
        ({"date_of_birth": "2025-10-02"}, "02-Oct-2025 (13 months)"),
        ({"date_of_birth": "last spring"}, "“last spring” (no date)"),
        ({"date_of_birth": "2030-01-01"}, "01-Jan-2030"),
    ],
)
def test_a_person_is_named_as_far_as_is_known(patient: dict[str, str], expected: str) -> None:
    text = _text(patient=patient)
    assert expected in text


def test_findings_to_act_on_come_first_with_inputs_rule_sources_and_evidence() -> None:
    page = page_texts(pdf_of(sheet_of()))[0]
    alert = page.index("!! Haemoglobin critically low. Discuss on the same day.")
    caution = page.index("! Iron stores low. Consider iron, by mouth or into a vein.")
    assert alert < caution < page.index("Still missing, by decision") < page.index("Blood tests")
    assert (
        "Haemoglobin 68 g/L · rule: Haemoglobin < 70 g/L · [1] evidence G: source to be confirmed locally"
        in page
    )
    assert "Ferritin 38 µg/L; Transferrin saturation 14 %" in page
    assert "rule: Ferritin ≤ 75 ng/mL or Transferrin saturation < 20 %" in page
    assert "[1][2] evidence S: source to be confirmed locally · disputed: others use 50 ng/mL" in page
    assert "Nightline may worsen restless legs. blocks what moves (grade A). Consider calmwell." in page


def test_notes_are_printed_more_compactly_after_the_plan() -> None:
    text = _text(WHOLE)
    assert text.index("Signature") < text.index("Also noted")
    assert "Criteria are met. The answers meet the trial criteria. Second 2024 · R" in text
    assert "Transferrin saturation low. It is below the trial limit. Trial 2025 · S†" in text


def test_sources_are_numbered_in_the_order_they_are_named() -> None:
    text = _text()
    assert "[1] A second source of the trial (2024)" in text
    assert "[2] Somebody A, Other B. A first source of the trial. Trial J 2025;1:1-9." in text


def test_without_anything_to_act_on_the_sheet_says_so() -> None:
    assert "None among the answers so far." in _text({})


def test_what_is_missing_is_said_by_decision_with_dates() -> None:
    text = _text()
    assert "Iron Would change confidence CRP (awaited since 18-Nov-2026)." in text
    assert "Diagnosis Blocked by Worse at rest." in text
    assert "Nothing missing Safety" in text


@pytest.mark.parametrize(
    ("answers", "more", "word", "counts"),
    [
        ({}, {}, "PARTIAL", "0 results awaited, 6 open"),
        (HALF, {}, "PARTIAL", "2 results awaited, 1 open"),
        ({**WHOLE, "crp": {"state": "pending"}}, {}, "PARTIAL", "1 result awaited, 0 open"),
        ({**WHOLE, "crp": {"value": 2}}, {}, "PARTIAL", "0 results awaited, 1 open"),
        (WHOLE, {}, "COMPLETE", "nothing awaited, nothing open"),
        ({**WHOLE, "crp": {"state": "declined"}}, {}, "COMPLETE", "nothing awaited, nothing open"),
        ({}, {"status": "completed"}, "PARTIAL", "0 results awaited, 6 open"),
    ],
)
def test_partial_and_complete_cannot_be_confused(
    answers: dict[str, Any], more: dict[str, Any], word: str, counts: str
) -> None:
    other = {"PARTIAL": "COMPLETE", "COMPLETE": "PARTIAL"}[word]
    for page in page_texts(pdf_of(sheet_of(answers, **more))):
        assert f"{word} – {counts}" in page
        assert other not in page


def test_results_show_value_unit_flag_threshold_and_date() -> None:
    text = _text()
    assert "Ferritin 38 µg/L L Low for legs ≤ 75 µg/L 18-Nov-2026" in text
    assert "LL critical < 70 g/L" in text
    assert "Worked out: 100 × iron / TIBC." in text
    assert "CRP awaited since 18-Nov-2026" in text


def test_a_value_in_another_unit_than_its_threshold_says_from_what_it_was_converted() -> None:
    text = _text({**HALF, "ferritin": {"value": 168, "unit": "pmol/L"}})
    assert "168 pmol/L" in text
    assert "= 74.8 ng/mL, converted from 168 pmol/L." in text


def test_an_in_range_result_is_said_in_words() -> None:
    assert "in range" in _text(WHOLE)


def test_a_rejected_value_is_shown_as_typed_with_its_sentence() -> None:
    text = _text({**HALF, "ferritin": {"value": "38"}})
    assert "not accepted" in text
    assert "As typed: “38”. Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L." in text


def test_a_warning_a_note_and_a_source_stand_under_their_result() -> None:
    text = _text(
        {**HALF, "ferritin": {"value": 2000, "unit": "ng/mL", "note": "repeat sent", "source": "Lab A"}}
    )
    assert "Ferritin 2000 ng/mL is unusual (usually 3 to 1500)." in text
    assert "repeat sent. From Lab A." in text


def test_tests_without_an_answer_have_a_line_with_their_units() -> None:
    text = _text({})
    assert "Not entered" in text
    for part in ("TIBC", "µmol/L", "Haemoglobin", "g/L"):
        assert part in text.split("Not entered")[1]


def test_beside_results_only_a_test_that_a_decision_lacks_has_a_line() -> None:
    lines = _text({"ferritin": HALF["ferritin"]}).split("Not entered")[1]
    assert lines.index("Haemoglobin") < lines.index("g/L") < lines.index("Not asked yet")
    assert "TIBC" in lines[lines.index("Not asked yet") :]
    assert "TIBC" not in lines[: lines.index("Not asked yet")]


def test_the_examination_says_what_was_found_and_leaves_lines() -> None:
    text = _text()
    for part in ("normal abnormal awaited not done", "Vibration", "ataxic – wide-based", "Power"):
        assert part in text


def test_answers_are_grouped_and_what_was_not_asked_is_named() -> None:
    text = _text(
        {**HALF, "caffeine": "no", "pregnant": "no", "snoring": {"state": "declined", "note": "asleep"}}
    )
    assert "Yes Urge to move" in text
    assert "Not asked yet Worse at rest; Own words" in text
    assert "No Caffeine" in text
    assert "Not answered Snoring: declined (asleep)" in text
    assert "Recorded IRLS 24" in text


def test_an_item_that_does_not_apply_is_left_out_until_it_is_answered() -> None:
    assert "Pregnant" not in _text()
    assert "Pregnant" in _text({**HALF, "pregnant": "no"})


def test_medicines_stand_as_given_with_what_is_known_of_them() -> None:
    text = _text()
    assert "Nightline sleepwell 25 mg at night · 30 months may worsen restless legs" in text
    assert "moonroot tea" in text
    assert "Not recognised: not checked." in text


@pytest.mark.parametrize(
    ("medications", "expected"),
    [
        ([], "No medicines."),
        ({"state": "declined"}, "Medicines: declined."),
        ("aspirin", "As typed: “aspirin”."),
        ([{"name": "sleepwell", "current": False, "weeks_ago": 3}], "stopped 3 weeks ago"),
        (
            [{"name": "sleepwell", "over_the_counter": True, "route": "by mouth"}],
            "by mouth · over the counter",
        ),
        (["sleepwell 10 mg"], "sleepwell 10 mg"),
        ([{"name": "sleepwell", "batch": "B7"}], "batch: B7"),
    ],
)
def test_every_form_of_a_medicines_list_is_shown(medications: Any, expected: str) -> None:
    assert expected in _text({"medications": medications})


def test_the_plan_has_lines_and_the_sheet_a_place_to_sign() -> None:
    text = _text()
    for part in ("Plan", "Safety-net advice given", "Name and role", "Signature", "Date and time"):
        assert part in text
    assert "Plan: Iron by mouth – see again" in _text(
        {**HALF, "plan_notes": {"value": "Iron by mouth", "note": "– see again"}}
    )


def test_unknown_items_and_fields_are_kept_and_reported() -> None:
    text = _text({**HALF, "old_item": {"value": 5, "note": "from elsewhere"}}, colour="blue")
    assert "Kept as entered" in text
    assert "old_item 5 · from elsewhere (not known to this protocol)" in text
    assert "colour blue" in text


def test_the_foot_says_when_by_whom_and_under_which_protocol() -> None:
    moment = datetime(2026, 11, 22, 14, 32)  # noqa: DTZ001
    page = page_texts(pdf_of(sheet_of(printed_at=moment, printed_by="Dr A Example", revision=9)))[0]
    assert "Printed 22-Nov-2026 14:32 by Dr A Example · Work-up 0192f0c1-7f3k rev 9" in page
    assert "Protocol paper-trial 2026.11 (reviewed 03-Nov-2026)" in page
    assert "It does not diagnose and does not replace clinical judgement." in page


def test_without_a_printing_time_no_clock_is_shown_and_the_bytes_are_the_same() -> None:
    first, second = pdf_of(sheet_of()), pdf_of(sheet_of())
    assert first == second
    assert "As of 20-Nov-2026 · Work-up 0192f0c1-7f3k Check" in text_of(first)
    assert "Printed" not in text_of(first)


def test_pages_of_different_content_have_different_check_codes() -> None:
    codes = {_text(answers).split("Check ")[1][:9] for answers in (HALF, WHOLE, {})}
    assert len(codes) == 3


def test_a_sample_says_so_on_every_page() -> None:
    for page in page_texts(pdf_of(sheet_of(sample=True))):
        assert "SAMPLE – no real patient" in page


def test_a_real_patient_is_never_called_a_sample() -> None:
    assert "SAMPLE" not in _text()


def test_a_signed_sheet_says_by_whom_and_when_and_the_head_of_its_history() -> None:
    signed = {
        "act": "signed",
        "name": "Dr A. Example",
        "role": "neurologist",
        "at": "2026-11-22T14:32:07+01:00",
    }
    text = _text({}, signing=[signed], status="completed", link="1a2b3c4d5e6f", revision=7)
    assert "Dr A. Example, neurologist Signed in the program 22-Nov-2026 14:32" in text
    assert "rev 7 head 1A2B3C4D" in text


def test_an_amended_sheet_says_so_and_why() -> None:
    signed = {"act": "signed", "name": "Dr A", "at": "2026-11-22T14:32:07+01:00"}
    amended = {"act": "amended", "name": "Dr A", "at": "2026-11-23T09:00:00+01:00", "reason": "late result"}
    text = _text({}, signing=[signed, amended], status="amended")
    assert "AMENDED" in text
    assert "Amended 23-Nov-2026 09:00 by Dr A: late result" in text
    assert "Signed in the program" not in text


def test_the_practice_stands_in_the_title_line() -> None:
    assert page_texts(pdf_of(sheet_of(head="Hill Surgery")))[0].startswith(
        "Hill Surgery · Workup of restless legs Page"
    )


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            {"kind": "poster"},
            "There is no paper “poster”. Choose one of workup, referral, referral_sleep, referral_neurology, handout, blank.",
        ),
        ({"paper": "a3"}, "There is no paper size “a3”. Choose one of a4, letter."),
    ],
)
def test_a_paper_that_is_not_there_is_told_in_a_sentence(own: dict[str, str], says: str) -> None:
    with pytest.raises(WorkupError) as trouble:
        pdf_of(sheet_of(**own))
    assert str(trouble.value) == says


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"ferritin": {"value": 200, "unit": "ng/mL"}}, "Ferritin 200 ng/mL ≤ 75 ng/mL no date"),
        ({"ferritin": {"value": 75, "unit": "ng/mL"}}, "Ferritin 75 ng/mL L Low for legs ≤ 75 ng/mL no date"),
        ({"haemoglobin": {"value": 69, "unit": "g/L"}}, "LL critical < 70 g/L"),
        ({"haemoglobin": {"value": 120, "unit": "g/L"}}, "Haemoglobin 120 g/L in range ≥ 120 g/L"),
        ({"haemoglobin": {"value": 100, "unit": "g/L"}}, "Haemoglobin 100 g/L < 70 g/L"),
        ({"ferritin": {"value": "<5", "unit": "ng/mL"}}, "Ferritin <5 ng/mL L Low for legs"),
        ({"ferritin": 38, "tsat": {"value": 14, "unit": "%"}}, "Ferritin not accepted"),
        (
            {"ferritin": {"state": "pending", "since": "2026-11-18", "note": "rung"}},
            "awaited since 18-Nov-2026 rung.",
        ),
    ],
)
def test_a_result_shows_the_cut_off_it_is_read_against(answers: dict[str, Any], expected: str) -> None:
    assert expected in _text(answers)


LOW = {"finding": "iron_low", "item": "ferritin", "name": "Dr A", "at": "2026-11-21T09:00:00+01:00"}


def _replied(stance: str, reason: str = "", ferritin: str = "38 ug/L", **more: Any) -> str:
    values = {"ferritin": ferritin, "tsat": "14 %"}
    told = {**LOW, "stance": stance, "values": values}
    return _text(replies=[{**told, "reason": reason} if reason else told], **more)


def test_what_was_set_aside_is_printed_with_the_reason_below_what_is_to_act_on() -> None:
    text = _replied("set-aside", "gave blood yesterday")
    act, aside = text.index("Findings to act on"), text.index("Set aside by the clinician")
    said = text.index(
        "Iron stores low. Set aside 21-Nov-2026 by Dr A: gave blood yesterday. Ferritin 38 µg/L"
    )
    assert act < aside < said < text.index("Still missing, by decision")
    assert "Consider iron, by mouth or into a vein." not in text


def test_what_was_accepted_or_set_aside_for_other_values_stays_among_what_is_to_act_on() -> None:
    assert "Set aside by the clinician" not in _text()
    for text, said in (
        (_replied("accepted"), "Accepted 21-Nov-2026 by Dr A."),
        (
            _replied("set-aside", "gave blood", ferritin="60 ug/L"),
            "Set aside 21-Nov-2026 by Dr A for other values (Ferritin 60 µg/L; Transferrin saturation 14 %): gave blood.",
        ),
    ):
        assert text.index("Consider iron, by mouth or into a vein.") < text.index(said)
        assert "Set aside by the clinician" not in text


def test_a_note_says_what_was_said_to_it() -> None:
    note = {"finding": "tsat_low", "item": "tsat", "stance": "accepted", "name": "Dr A", "at": LOW["at"]}
    text = _text(replies=[{**note, "values": {"tsat": "14 %"}}])
    assert text.index("Also noted") < text.index("Accepted 21-Nov-2026 by Dr A.")
