"""A filled form read back: what a person wrote, whose it is, and every PDF that is none of ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from forms import TODAY, by_pikepdf, by_pypdf, fields_of, form_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report.paper_trial import HALF, sheet_of, trial_protocol

from rls_workup.domain import form_fields as form
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import ReviewLine, Standing, compared, taken
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.errors import NeedsPassword, NewerFormat, UnreadableFile
from rls_workup.exchange.filled_form import beside_the_items, in_form, is_form, read_form, without_place
from rls_workup.exchange.pdf_fields import content_of, fields_in
from rls_workup.exchange.whose import OtherPatient, check_patient
from rls_workup.exchange.workup_file import workup_from, workup_text
from rls_workup.report import Sheet, sheet_bytes

Fill = Callable[[bytes, Mapping[str, str]], bytes]
EMPTY = Workup("w", "paper-trial", "2026.11")


@cache
def blank() -> bytes:
    return form_of(trial_protocol())


def lines_of(pdf: bytes, workup: Workup = EMPTY) -> dict[str, ReviewLine]:
    """The review table of a form, by item."""
    protocol = trial_protocol()
    filled = read_form(pdf, protocol, TODAY)
    found = [compared(protocol, workup, proposal) for proposal in in_form(filled, protocol, workup, TODAY)]
    return {line.item.id: line for line in found}


def line_of(item: str, given: Mapping[str, str], workup: Workup = EMPTY) -> ReviewLine:
    return lines_of(by_pikepdf(blank(), given), workup)[item]


# What is understood


@pytest.mark.parametrize("fill", [by_pikepdf, by_pypdf])
def test_what_two_programs_filled_in_is_read_alike(fill: Fill) -> None:
    given = {
        "ferritin": "<5",
        "ferritin-unit": "ug-2F-L",
        "ferritin-day": "18.11.2026",
        "urge_to_move": "yes",
        "gait": "ataxic",
        "gait-note": "wide-based – ±2 µm",
        "vibration": "state-unknown",
        "crp-state": "state-pending",
        "irls": "24",
        "own_words": "one\nand two",
        "medications-2-name": "Nightline",
        "medications-2-length": "2,5",
        "medications-2-span": "years",
        "medications-2-current": "stopped",
        "medications-2-weeks_ago": "3",
        "medications-2-over_the_counter": "on",
        "sleep_referral-state": "state-ordered",
    }
    answers = {item: line.answer for item, line in lines_of(fill(blank(), given)).items()}
    source = {"source": "filled form"}
    assert answers == {
        "ferritin": Answer(Decimal(5), unit="ug/L", comparator="<", collected="2026-11-18", **source),
        "urge_to_move": Answer("yes", **source),
        "gait": Answer("ataxic", note="wide-based – ±2 µm", **source),
        "vibration": Answer(None, State.UNKNOWN, **source),
        "crp": Answer(None, State.PENDING, **source),
        "irls": Answer(Decimal(24), **source),
        "own_words": Answer("one\nand two", **source),
        "medications": Answer(
            [
                {
                    "name": "Nightline",
                    "years": Decimal("2.5"),
                    "current": False,
                    "weeks_ago": Decimal(3),
                    "over_the_counter": True,
                }
            ],
            **source,
        ),
        "sleep_referral": Answer(None, State.ORDERED, **source),
    }


@pytest.mark.parametrize(
    ("item", "given", "said"),
    [
        ("ferritin", {"ferritin": "1,234", "ferritin-unit": "ug-2F-L"}, "can be read as 1.234 or as 1234"),
        ("ferritin", {"ferritin": "38"}, "has no unit"),
        ("ferritin", {"ferritin": "38 pmol/L", "ferritin-unit": "ug-2F-L"}, "has two units"),
        ("ferritin", {"ferritin-unit": "ug-2F-L"}, "has a unit, but no number"),
        ("ferritin", {"ferritin": "abc", "ferritin-unit": "ug-2F-L"}, "not a number"),
        (
            "ferritin",
            {"ferritin": "38", "ferritin-unit": "ug-2F-L", "ferritin-state": "state-declined"},
            "Choose one",
        ),
        ("ferritin", {"ferritin": "38", "ferritin-unit": "ug-2F-L", "ferritin-day": "11/12/2026"}, "Is this"),
        (
            "ferritin",
            {"ferritin": "38", "ferritin-unit": "ug-2F-L", "ferritin-day": "1-Jan-2027"},
            "in the future",
        ),
        ("ferritin", {"ferritin": "38", "ferritin-unit": "furlong"}, "unit of Ferritin is not known"),
        ("ferritin", {"ferritin-day": "18-Nov-2026"}, "has no answer"),
        ("ferritin", {"ferritin-state": "perhaps"}, "cannot be read"),
        ("urge_to_move", {"urge_to_move": "maybe"}, "is none of yes, no"),
        ("gait", {"gait-note": "sways"}, "has no answer"),
        ("irls", {"irls": "24.5"}, "whole number"),
        ("irls", {"irls": "400"}, "above the highest"),
        ("own_words", {"own_words": "x" * 20_001}, "longer than 20,000"),
        ("medications", {"medications-1-dose": "5 mg"}, "has no name"),
        ("medications", {"medications-1-name": "A", "medications-none": "on"}, "is ticked too"),
        ("medications", {"medications-1-name": "A", "medications-1-length": "5"}, "weeks, months or years"),
        (
            "medications",
            {"medications-1-name": "A", "medications-1-length": "soon", "medications-1-span": "weeks"},
            "not a number",
        ),
        (
            "medications",
            {"medications-1-name": "A", "medications-1-length": "<5", "medications-1-span": "weeks"},
            "a plain number",
        ),
    ],
)
def test_what_cannot_be_understood_is_said_and_never_taken(
    item: str, given: dict[str, str], said: str
) -> None:
    line = line_of(item, given)
    assert line.standing is Standing.UNREAD
    assert said in line.problem
    assert line.answer is None
    assert not line.can_be_taken


def test_no_medicines_is_an_answer_and_an_empty_list_is_none() -> None:
    assert line_of("medications", {"medications-none": "on"}).answer == Answer([], source="filled form")
    assert lines_of(blank()) == {}


def test_an_unusual_value_is_asked_about() -> None:
    line = line_of("ferritin", {"ferritin": "9000", "ferritin-unit": "ng-2F-mL"})
    assert "is unusual" in line.problem
    assert line.can_be_taken
    assert not line.sure


# Beside what the work-up has


def test_what_the_work_up_has_already_is_the_same_and_what_differs_would_replace_it() -> None:
    known = workup_from({"format": "rls-workup/1", "answers": dict(HALF)}, trial_protocol())
    same = {"ferritin": "38.0", "ferritin-unit": "ug-2F-L", "urge_to_move": "yes"}
    assert {line.standing for line in lines_of(by_pikepdf(blank(), same), known).values()} == {
        Standing.AGREES
    }
    line = line_of("ferritin", {"ferritin": "83", "ferritin-unit": "ug-2F-L"}, known)
    assert (line.standing, line.now, line.understood) == (
        Standing.REPLACES,
        "38 µg/L taken 18-Nov-2026",
        "83 µg/L",
    )
    assert line_of("crp", {"crp": "2", "crp-unit": "mg-2F-L"}, known).sure


def test_a_form_that_came_back_untouched_says_nothing_even_when_the_work_up_went_on() -> None:
    known = sheet_of(HALF).workup
    pdf = form_of(trial_protocol(), known)
    assert lines_of(pdf, known) == {}
    assert lines_of(pdf, known.answered("irls", Answer(Decimal(3)))) == {}


def test_what_is_taken_stands_under_the_present_id_and_nothing_else_changes() -> None:
    line = line_of("irls", {"irls": "24"})
    before = EMPTY.answered("urge_to_move", Answer("no"))
    after = taken(before, [line])
    assert after == before.answered("irls", Answer(Decimal(24), source="filled form"))


def test_a_medicine_that_was_not_touched_keeps_what_the_form_cannot_show() -> None:
    line = {"name": "Nightlime", "as_spelt": True, "months": Decimal(3)}
    known = sheet_of({"medications": [line]}).workup
    pdf = by_pikepdf(form_of(trial_protocol(), known), {"medications-2-name": "moonroot tea"})
    assert lines_of(pdf, known)["medications"].answer == Answer(
        [line, {"name": "moonroot tea"}], source="filled form"
    )


# Any answers


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=40
).filter(lambda text: text.strip() == text)


def answers_to(item: Item) -> st.SearchStrategy[Answer]:
    """Any answer that the form can hold."""
    note = TEXTS if form.has_note(item) else st.just("")
    notes = st.just("") | note
    day = st.dates(date(2020, 1, 1), TODAY).map(date.isoformat) if form.has_day(item) else st.just("")
    days = st.just("") | day
    states = st.builds(
        Answer, st.none(), st.sampled_from(form.states_of(item) or (State.ANSWERED,)), note=notes
    )
    values = st.builds(Answer, values_of(item), note=notes, collected=days)
    if item.kind == "quantity":
        limits = {unit: trial_protocol().reader.limits(item, unit) for unit in item.units}
        values = st.sampled_from(list(limits)).flatmap(
            lambda unit: st.builds(
                Answer,
                st.decimals(limits[unit].lowest, limits[unit].highest, places=2)
                if limits[unit]
                else st.just(Decimal(1)),
                unit=st.just(unit),
                comparator=st.sampled_from(["", "<", ">="]),
                collected=days,
            )
        )
    return values | states if form.states_of(item) else values


def values_of(item: Item) -> st.SearchStrategy[Any]:
    if form.boxes_of(item) and item.kind in ("yes_no", "choice"):
        return st.sampled_from(form.boxes_of(item))
    if item.kind in ("number", "score") and item.accepts:
        return st.integers(int(item.accepts.lowest), int(item.accepts.highest)).map(Decimal)
    if item.kind == "medications":
        span = st.sampled_from(form.SPANS)
        line = st.builds(
            lambda name, dose, span, count, current: {
                "name": name,
                **({"dose": dose} if dose else {}),
                **({span: count} if count else {}),
                **({} if current is None else {"current": current}),
            },
            TEXTS,
            st.just("") | TEXTS,
            span,
            st.integers(0, 40).map(Decimal),
            st.none() | st.booleans(),
        )
        return st.lists(line, max_size=4)
    return TEXTS if item.kind in ("text", "request") else st.just(Decimal(1))


@st.composite
def some_answers(draw: st.DrawFn) -> dict[str, Answer]:
    items = draw(st.lists(st.sampled_from(sorted(trial_protocol().items)), unique=True, max_size=8))
    return {item: draw(answers_to(trial_protocol().items[item])) for item in items}


SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def meaning(answers: Mapping[str, Answer | None]) -> dict[str, tuple[object, ...]]:
    """What answers amount to, whoever gave them."""
    protocol = trial_protocol()
    return {
        item: (
            answer.state,
            protocol.reader.read(protocol.items[item], answer).value,
            answer.note,
            answer.collected,
        )
        for item, answer in answers.items()
        if answer
    }


@SLOW
@given(some_answers())
def test_any_answers_are_filled_in_and_read_back_equal(answers: dict[str, Answer]) -> None:
    protocol = trial_protocol()
    given: dict[str, str] = {}
    for name, answer in answers.items():
        given |= form.filled(protocol.reader, protocol.items[name], answer)
    known = set(fields_of(blank()))
    assert set(given) <= known
    for fill in (by_pikepdf, by_pypdf):
        lines = lines_of(fill(blank(), given))
        assert [line.problem for line in lines.values() if line.standing is Standing.UNREAD] == []
        assert meaning({item: line.answer for item, line in lines.items()}) == meaning(answers)


@SLOW
@given(some_answers())
def test_any_answers_on_a_form_made_of_them_are_no_news(answers: dict[str, Answer]) -> None:
    workup = Workup("w", "paper-trial", "2026.11", patient=Patient("Brown"), answers=answers)
    pdf = form_of(trial_protocol(), workup)
    assert lines_of(pdf, workup) == {}
    assert lines_of(pdf) == {}


@given(st.binary(max_size=300))
def test_any_bytes_are_a_form_or_a_sentence(tail: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_form(b"%PDF-1.7\n" + tail, trial_protocol(), TODAY)
    assert not is_form(tail)


# Forms of others


def saved(change: Callable[[pikepdf.Pdf], object], pdf: bytes | None = None, **how: Any) -> bytes:
    with pikepdf.open(io.BytesIO(pdf or blank())) as paper:
        change(paper)
        out = io.BytesIO()
        paper.save(out, **how)
    return out.getvalue()


def renamed(paper: pikepdf.Pdf) -> None:
    for field in paper.Root.AcroForm.Fields:
        if field.T == form.ABOUT:
            field.T = pikepdf.String("somebody")


def says(text: str) -> Callable[[pikepdf.Pdf], None]:
    def change(paper: pikepdf.Pdf) -> None:
        paper.Root.AcroForm.Fields[about(paper)].V = pikepdf.String(text)

    return change


def about(paper: pikepdf.Pdf) -> int:
    return next(n for n, field in enumerate(paper.Root.AcroForm.Fields) if field.T == form.ABOUT)


def emptied(paper: pikepdf.Pdf) -> None:
    bare(paper)
    paper.Root.AcroForm.Fields = pikepdf.Array()


def formless(paper: pikepdf.Pdf) -> None:
    bare(paper)
    del paper.Root.AcroForm


def bare(paper: pikepdf.Pdf) -> None:
    for page in paper.pages:
        del page.Annots


def looped(paper: pikepdf.Pdf) -> None:
    bare(paper)
    field = paper.Root.AcroForm.Fields[0]
    field.Kids = pikepdf.Array([field, paper.Root.AcroForm.Fields[1], field])
    paper.Root.AcroForm.Fields[1].Kids = pikepdf.Array([field])


@pytest.mark.parametrize(
    ("pdf", "said"),
    [
        (saved(emptied), "no fields to read. A form that was printed and scanned"),
        (saved(formless), "no fields to read"),
        (saved(renamed), "a form of another program"),
        (saved(says("rls-form/x paper-trial 2026.11")), "a form of another program"),
        (saved(says("rls-form/1 rls-adult 2026.11")), "a form of another protocol"),
        (blank()[:5000], "damaged"),
        (b"%PDF-" + b"0" * (16 * 1024 * 1024), "larger than a form"),
    ],
)
def test_other_pdfs_are_refused_with_a_sentence(pdf: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_form(pdf, trial_protocol(), TODAY)


def test_a_newer_form_is_left_alone() -> None:
    with pytest.raises(NewerFormat):
        read_form(saved(says("rls-form/2 paper-trial 2026.11")), trial_protocol(), TODAY)


def test_a_locked_form_opens_with_its_password() -> None:
    locked = saved(lambda _: None, encryption=pikepdf.Encryption(owner="tea", user="tea", R=6))
    assert not is_form(locked)
    with pytest.raises(NeedsPassword, match="locked"):
        read_form(locked, trial_protocol(), TODAY)
    with pytest.raises(NeedsPassword, match="not right"):
        read_form(locked, trial_protocol(), TODAY, "coffee")
    assert read_form(locked, trial_protocol(), TODAY, "tea").version == "2026.11"


def test_a_form_of_an_older_version_is_read_by_its_ids_and_says_so() -> None:
    def change(paper: pikepdf.Pdf) -> None:
        says("rls-form/1 paper-trial 2025.03")(paper)
        for field in paper.Root.AcroForm.Fields:
            if field.T == "irls":
                field.T = pikepdf.String("gone_since")

    pdf = by_pikepdf(saved(change), {"gone_since": "24", "urge_to_move": "yes"})
    assert set(lines_of(pdf)) == {"urge_to_move"}
    filled = read_form(pdf, trial_protocol(), TODAY)
    assert without_place(filled, trial_protocol()) == [("gone_since", "24")]
    told = beside_the_items(filled, trial_protocol(), EMPTY)
    assert "2025.03" in told[0]
    assert "gone_since" in told[1]


def test_another_visit_is_told() -> None:
    filled = read_form(by_pikepdf(blank(), {"visit_date": "1-Mar-2026"}), trial_protocol(), TODAY)
    assert "01-Mar-2026" in beside_the_items(filled, trial_protocol(), sheet_of({}).workup)[0]


def test_fields_in_a_circle_are_walked_once() -> None:
    fields_in(saved(looped))


def test_too_many_fields_are_refused() -> None:
    def change(paper: pikepdf.Pdf) -> None:
        bare(paper)
        field = pikepdf.Dictionary(T=pikepdf.String("x"), FT=pikepdf.Name.Tx, V=pikepdf.String("y"))
        paper.Root.AcroForm.Fields = pikepdf.Array([field] * 20_001)

    with pytest.raises(UnreadableFile, match="more fields"):
        fields_in(saved(change))


def test_a_box_that_shows_something_else_than_is_stored_is_not_believed() -> None:
    def change(paper: pikepdf.Pdf) -> None:
        for field in paper.Root.AcroForm.Fields:
            if field.T == "urge_to_move":
                field.V = pikepdf.Name.yes
                field.Kids[1].AS = pikepdf.Name.no

    line = lines_of(saved(change))["urge_to_move"]
    assert line.standing is Standing.UNREAD
    assert "cannot be read" in line.problem


@pytest.mark.parametrize(
    "value", [pikepdf.Array([1]), pikepdf.Dictionary(), pikepdf.String(b"\xfe\xff\xd8\x00")]
)
def test_what_is_no_text_is_said(value: pikepdf.Object) -> None:
    def change(paper: pikepdf.Pdf) -> None:
        for field in paper.Root.AcroForm.Fields:
            if field.T == "irls":
                field.V = value

    assert lines_of(saved(change))["irls"].standing is Standing.UNREAD


def test_scripts_are_not_run_and_change_nothing() -> None:
    def change(paper: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("this.getField('irls').value = 1")
        )
        paper.Root.OpenAction = script
        for field in paper.Root.AcroForm.Fields:
            field.AA = pikepdf.Dictionary(K=script, C=script)

    assert lines_of(saved(change)) == {}


def test_a_sheet_that_carries_a_work_up_is_no_form_and_a_form_is_no_work_up(tmp_path: Path) -> None:
    from rls_workup.exchange.carried import carried

    sheet: Sheet = sheet_of(HALF)
    pdf = sheet_bytes(
        sheet.protocol, sheet.workup, sheet.assessment, document=workup_text(sheet.workup).encode()
    )
    assert not is_form(pdf)
    assert is_form(blank())
    with pytest.raises(UnreadableFile, match="a form to fill in"):
        carried(blank())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.pdf", None, "no such file"),
        ("a.hl7", b"MSH|^~", "no PDF"),
        ("empty.pdf", b"", "no PDF"),
    ],
)
def test_what_is_no_pdf_is_said(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=said):
        content_of(tmp_path / name)
    with pytest.raises(UnreadableFile, match="folder"):
        content_of(tmp_path)


# Whose it is


BROWN = Patient("Brown", "Margaret", "1961-07-14", "female", "999 000 0018")


@pytest.mark.parametrize(
    "there",
    [
        BROWN,
        Patient("BROWN ", "margaret", "1961-07-14", "f", "9990000018"),
        Patient("brown", "", "1961-07-14"),
        Patient("", "", "", "", "999-000-0018"),
        Patient("Brown", "Margaret", "1961-07-14", "unknown"),
    ],
)
def test_the_same_patient_is_recognised(there: Patient) -> None:
    check_patient(BROWN, there)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (Patient("Braun", "Margaret", "1961-07-14"), "family name differs"),
        (Patient("Brown", "Margaret", "1961-07-15", "", "999 000 0018"), "date of birth differs"),
        (Patient("Brown", "Mary", "1961-07-14", "male"), "given name and the sex differ"),
        (Patient("Brown", "Margaret"), "not sure"),
        (Patient(), "not sure"),
        (Patient("", "", "1961-07-14"), "not sure"),
    ],
)
def test_another_patient_or_an_unsure_one_is_refused(there: Patient, said: str) -> None:
    with pytest.raises(OtherPatient, match=said):
        check_patient(BROWN, there)
    with pytest.raises(OtherPatient):
        check_patient(there, BROWN)
