"""Pasted reports: the number that is the result is taken, and no other number is."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import TODAY, laboratory, one, report, review, said, shipped, work_up

from rls_workup.domain.lab_names import LabNames
from rls_workup.domain.workup import Answer
from rls_workup.errors import UnreadableFile, WorkupError
from rls_workup.exchange.results_in import read_results

TAKEN = "18-Nov-2026"
DAY = "Collected: 18/11/2026 08:15\n"
SEVERAL = "not understood: Several numbers stand beside it; which one is the result cannot be told."


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("Ferritin 38 ug/L", "38 µg/L"),
        ("Ferritin: 38 µg/L", "38 µg/L"),
        ("Ferritin\t38\tμg/l\t30-400", "38 µg/L"),
        ("Ferritin 38ug/L", "38 µg/L"),
        ("Ferritin 38 mcg/L", "38 µg/L"),
        ("- Ferritin = 38 ng/mL", "38 ng/mL"),
        ("1. Serum ferritin 38 ng/ml (30 - 400)", "38 ng/mL"),
        ("S-Ferritin 38 ng/ml [30–400]", "38 ng/mL"),
        ("Ferritin i.S. 38 ng/ml 30 bis 400", "38 ng/mL"),
        ("Ferritin (µg/l): 38", "38 µg/L"),
        ("Ferritin µg/l 38 30-400", "38 µg/L"),
        ("Ferritin 38 L ug/L 30-400", "38 µg/L"),
        ("Ferritin ↓ 12 ug/L", "12 µg/L"),
        ("Ferritin <5 ug/L", "<5 µg/L"),
        ("Ferritin < 5 ug/L (30-400)", "<5 µg/L"),
        ("Ferritin ≤ 5 ug/L", "<=5 µg/L"),
        ("MMA >2000 nmol/L", ">2000 nmol/L"),
        ("CRP 3,2 mg/l <5,0", "3.2 mg/L"),
        ("CRP 3.2 mg/L (<5)", "3.2 mg/L"),
        ("CRP 3.2 mg/L Ref: <5", "3.2 mg/L"),
        ("CRP 3.2 mg/L Referenzbereich bis 5", "3.2 mg/L"),
        ("Vitamin B12 245 ng/L", "245 ng/L"),
        ("Vit. B 12 245 ng/L", "245 ng/L"),
        ("B12 (aktiv) 38 pmol/l", "38 pmol/L"),
        ("Holotranscobalamin 38 pmol/l", "38 pmol/L"),
        ("Hämoglobin 12,9 g/dl 12,0-16,0", "12.9 g/dL"),
        ("Hb A1c 38 mmol/mol", "38 mmol/mol"),
        ("eGFR 88 mL/min/1.73 m² (>60)", "88 mL/min/1.73 m²"),
        ("eGFR 88 ml/min/1,73m²", "88 mL/min/1.73 m²"),
        ("Active B12 (holoTC) 38 pmol/L", "38 pmol/L"),
        ("Kreatinin (Enzym.) 0,81 mg/dl", "0.81 mg/dL"),
        ("Ferritin 38H ug/L", "38 µg/L"),
        ("Ferritin 38* ug/L", "38 µg/L"),
        ("Transferrinsättigung 18,5 %", "18.5 %"),
        ("TSH 1.234 mU/L 0.27 - 4.2", "1.234 mIU/L"),
        ("Eisen 80 µg/dl", "80 µg/dL"),
        ("Vitamin D 22 ng/mL", "22 ng/mL"),
        ("Intrinsic factor antibodies negative", "negative"),
    ],
)
def test_a_line_is_read(line: str, understood: str) -> None:
    assert one(DAY + line) == f"{understood} taken {TAKEN}"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Ferritin 45 38 ug/L", SEVERAL),
        ("Ferritin 38 ug/L 45", SEVERAL),
        ("Ferritin 38 ug/L 45 ug/L", SEVERAL),
        ("Ferritin 38 (45) ug/L", SEVERAL),
        ("Ferritin (38) ug/L", SEVERAL),
        ("Ferritin 1 234 ug/L", SEVERAL),
        (
            "Ferritin 38 - 30 - 400 ug/L",
            "not understood: No number stands beside it that could be the result.",
        ),
        ("Ferritin 30-400 ug/L", "not understood: No number stands beside it that could be the result."),
        ("Ferritin 400-30 38 ug/L", SEVERAL),
        ("Ferritin awaited", "not understood: Before the number stands “awaited”."),
        ("Ferritin less than 5 ug/L", "not understood: Before the number stands “less than”."),
        ("Ferritin previously 45 ug/L", "not understood: Before the number stands “previously”."),
        ("Transferrin receptor 3.2 mg/L", "not understood: Before the number stands “receptor”."),
        ("Creatinine clearance 90 mL/min", "not understood: Before the number stands “clearance”."),
        ("Ferritin 38 ug/L or 85 pmol/L", SEVERAL),
        ("Ferritin 38 (ug/L) pmol/L", "not understood: Several units stand beside it."),
        ("Ferritin 38", "not understood: Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L."),
        (
            "Ferritin 38 (30-400 ug/L)",
            "not understood: Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        (
            "Ferritin 38 g/L",
            "not understood: Ferritin is not measured in “g/L”. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        (
            "Ferritin 38 U/L",
            "not understood: Ferritin is not measured in “U/L”. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        ("B12 aktiv 38 ng/L", "not understood: B12, active is not measured in “ng/L”. Choose one of pmol/L."),
        ("Ferritin -38 ug/L", "not understood: Ferritin: “-38” is negative, which no result here can be."),
        (
            "Creatinine 1,234 umol/L",
            "not understood: Creatinine: “1,234” can be read as 1.234 or as 1234. Write the decimals with a point, and no separator in thousands.",
        ),
        ("Ferritin 1'234 ug/L", "not understood: Ferritin: “1'234” is not a number in plain digits."),
        ("Ferritin 1.234,5 ug/L", "not understood: Ferritin: “1.234,5” is not a number in plain digits."),
        (
            "Ferritin 1.234 ug/L",
            "new: Ferritin 1.234 µg/L is unusual (usually 3 to 1500). Is the number right, and its unit? “1.234” is read as decimals. Or is it 1234?",
        ),
        (
            "Hb 135 g/dL",
            "not understood: Haemoglobin 135 g/dL is above the highest that is accepted (25 g/dL). Check the number and its unit.",
        ),
        (
            "Hb 13.5 g/L",
            "not understood: Haemoglobin 13.5 g/L is below the lowest that is accepted (20 g/L). Check the number and its unit.",
        ),
        ("TSAT 0.28 %", "new: TSAT 0.28 % is unusual (usually 3 to 80). Is the number right, and its unit?"),
        ("Ferritin 38 ug/L haemolysed", "new: Beside it stands “haemolysed”."),
        ("Ferritin 3.8e1 ug/L", "not understood: Before the number stands “3.8e1”."),
        ("Ferritin 3.8E+01 ug/L", "not understood: Something is written onto the number."),
        ("Ferritin 1500+ ug/L", "not understood: Something is written onto the number."),
        ("Ferritin 38x ug/L", "not understood: Something is written onto the number."),
        ("Vitamin D 22", "not understood: It has no unit."),
        ("Ferritin should be >75 ug/L", "not understood: Before the number stands “should be”."),
        ("Ferritin target >75 ug/L", "not understood: No number stands beside it that could be the result."),
        ("Ferritin ~ 38 ug/L", "not understood: Before the number stands “~”."),
        ("Ferritin ~38 ug/L", "not understood: Before the number stands “~38”."),
        (
            "Ferritin 38 ug/L 05/11/26",
            "not understood: Is this 05-Nov-2026 or 11-May-2026? Write the month as a word.",
        ),
        ("Ferritin 38 ug/L 31/02/26", "not understood: “31/02/26” is no date. Write it like 18-Nov-2026."),
        ("Ferritin 38 ug/L 23.11.2026", "not understood: 23-Nov-2026 lies in the future. Check the date."),
        ("Ferritin 38 ug/L 1 Jan 1950", "not understood: 01-Jan-1950 lies before the date of birth."),
        ("Ferritin 38 ug/L 16/11/26 18/11/26", "not understood: Several days stand beside it."),
        ("Ferritin 38 ug/L 16/11/26", "new: The sample was taken before the visit."),
        ("Urine\nPhosphate 1.1 mmol/L", "new: The sample is “urine”, not blood."),
    ],
)
def test_what_could_be_wrong_is_asked_about_and_never_taken_by_default(line: str, sentence: str) -> None:
    assert one(DAY + line) == sentence


@pytest.mark.parametrize(
    "line",
    [
        "UIBC 45 umol/L",
        "Ferritin-Index 1.2",
        "U-Creatinine 8 mmol/L",
        "RDW-SD 44 fL",
        "Glucose 5 mmol/L",
        "Natrium 140 mmol/L",
        "25-OH-Vitamin D 22 ng/mL",
    ],
)
def test_what_only_looks_like_a_test_of_ours_is_not_one(line: str) -> None:
    found = review(f"{DAY}{line}\nFerritin 38 ug/L")
    assert [row.item.id for row in found.lines] == ["ferritin"]
    assert found.unread == (f"line 2: {line}",)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("18/11/26", "2026-11-18"),
        ("18.11.2026 08:15 Uhr", "2026-11-18"),
        ("18 nov", "2026-11-18"),
        ("18. Nov. 2026", "2026-11-18"),
        ("2026-11-18T23:59:00-05:00", "2026-11-18"),
        ("Nov 18, 2026", "2026-11-18"),
        ("19. November 2026", "2026-11-19"),
    ],
)
def test_the_day_stands_before_or_behind(written: str, day: str) -> None:
    for text in (
        f"Ferritin 38 ug/L {written}",
        f"{written} Ferritin 38 ug/L",
        f"Ferritin 38 ug/L ({written})",
    ):
        (result,) = report(text).results
        assert (result.value, result.unit, result.day, result.problem) == ("38", "ug/L", day, ""), text


def test_without_a_day_it_is_not_taken_by_default() -> None:
    assert one("Ferritin 38 ug/L") == "new: Nothing says when the sample was taken."


@pytest.mark.parametrize("day", ["today", "t-3", "yesterday", "unknown"])
def test_a_day_that_depends_on_when_it_is_read_is_none(day: str) -> None:
    assert (
        one(f"Collected: {day}\nFerritin 38 ug/L")
        == f"not understood: “{day}” is no date. Write it like 18-Nov-2026."
    )


def test_the_day_of_the_report_is_not_that_of_the_sample() -> None:
    assert "Nothing says when" in one("Reported: 21/11/2026\nDate: 18/11/2026\nFerritin 38 ug/L")


def test_an_ambiguous_date_is_read_once_the_person_said_how() -> None:
    assert report("Ferritin 38 ug/L 05/11/26").either_day == "05/11/26"
    assert [report("Ferritin 38 ug/L 05/11/26", first).results[0].day for first in ("dmy", "mdy")] == [
        "2026-11-05",
        "2026-05-11",
    ]


# tables


def table(*rows: str) -> str:
    return "\n".join(rows)


def test_the_columns_of_a_table_are_told_by_their_headings() -> None:
    text = table(
        "Test\tPrevious\tResult\tFlag\tUnits\tRange\tCollected",
        "Ferritin\t45\t38\tL\tug/L\t50-400\t18/11/2026",
        "CRP\t3\t<5\t\tmg/L\t<5\t18/11/2026",
    )
    assert said(text) == ["38 µg/L taken 18-Nov-2026", "<5 mg/L taken 18-Nov-2026"]
    assert [line.marks for line in review(text).lines] == ["L, 50-400", "<5"]


@pytest.mark.parametrize("mark", ["\t", " | ", ";", "    "])
def test_a_previous_result_never_stands_in_for_a_missing_one(mark: str) -> None:
    text = table(
        mark.join(("Test", "Result", "Previous", "Units")),
        mark.join(("Ferritin", "", "45", "ug/L")),
        "CRP" + mark + "3" + mark + "4" + mark + "mg/L",
    )
    found = review(DAY + text)
    assert [line.understood for line in found.lines if line.sure] == [f"3 mg/L taken {TAKEN}"]
    assert all(line.answer is None for line in found.lines if line.item.id == "ferritin")


def test_a_row_with_other_columns_is_not_guessed_at() -> None:
    text = DAY + "Analyse      Ergebnis   Einheit   Normbereich\nFerritin     38      µg/l\n"
    assert one(text) == "not understood: Its row has other columns than the heading."


def test_two_columns_of_results_without_days_are_not_guessed_at() -> None:
    assert (
        one(DAY + "Test;Result;Value;Unit\nFerritin;38;45;ug/L")
        == "not understood: Several columns could be the result."
    )


def test_a_column_a_day_proposes_the_newest_and_lists_the_older() -> None:
    text = "Test | Unit | 12.05.2026 | 18.11.2026 | Reference\n---|---|---|---|---\nFerritin | ug/L | 45 | 38 | 30-400\n"
    assert said(text) == [
        "38 µg/L taken 18-Nov-2026",
        "an older result: There is a newer result. The sample was taken before the visit.",
    ]


def test_a_unit_in_the_cell_and_another_in_the_column_are_not_guessed_at() -> None:
    assert "Several units" in one(DAY + "Test;Result;Unit\nFerritin;38 pmol/L;ug/L")


def test_a_status_that_is_not_final_is_told() -> None:
    assert (
        one(DAY + "Test;Result;Unit;Status\nFerritin;38;ug/L;preliminary")
        == "not understood: It is not final: “preliminary”."
    )


def test_a_decimal_comma_in_a_table_parted_by_commas_is_not_guessed_at() -> None:
    text = DAY + "Test,Result,Unit,Flag\nCRP,7,5,mg/L"
    assert [line.answer for line in review(text).lines] == [None]


# patients


@pytest.mark.parametrize(
    "said_of_her",
    [
        "Patient: BROWN, Margaret   DOB: 14-Jul-1961   NHS No: 999 000 0018",
        "Name: Brown, Margaret, DOB: 14/07/1961, MRN: 999 000 0018",
        "Patientin: BROWN, Margaret, geb. 14.07.1961\nPat.-Nr.: 999 000 0018",
        "Surname: Brown\nFirst name: Margaret\nDate of birth: 1961-07-14\nHospital No: 999 000 0018",
    ],
)
def test_the_patient_is_read(said_of_her: str) -> None:
    whose = report(f"{said_of_her}\nFerritin 38 ug/L").whose
    assert (whose.family.title(), whose.given, whose.born, whose.numbers) == (
        "Brown",
        "Margaret",
        "1961-07-14",
        ("999 000 0018",),
    )


def test_two_patients_in_one_text_are_refused_without_naming_them() -> None:
    with pytest.raises(UnreadableFile, match="several patients") as trouble:
        report("Patient: Brown, Margaret\nFerritin 38 ug/L\nPatient: Green, Ann\nFerritin 8 ug/L")
    assert "Green" not in str(trouble.value)


@pytest.mark.parametrize(
    ("heading", "one_patient", "other"),
    [
        ("Patient", "Brown, Margaret", "Green, Ann"),
        ("MRN", "77", "78"),
        ("DOB", "1961-07-14", "1980-01-01"),
        ("Nachname", "Brown", "Green"),
    ],
)
def test_a_table_of_several_patients_is_refused(heading: str, one_patient: str, other: str) -> None:
    head = f"{heading};Test;Result;Unit;Date"
    rows = [f"{one_patient};Ferritin;38;ug/L;18/11/2026", f"{one_patient};CRP;3;mg/L;18/11/2026"]
    assert len(report("\n".join([head, *rows])).results) == 2
    assert not report("\n".join([head, *rows])).whose.nobody
    with pytest.raises(UnreadableFile, match="several patients"):
        report("\n".join([head, *rows, f"{other};CRP;3;mg/L;18/11/2026"]))


def test_a_name_repeated_on_every_page_is_one_patient() -> None:
    text = "Patient: Brown, Margaret\nFerritin 38 ug/L\nPatient: BROWN, Margaret\nCRP 3 mg/L"
    assert len(report(text).results) == 2


# any text


NAMES = sorted(
    {
        name
        for item in LabNames(shipped().items.values()).items
        if item.kind == "quantity"
        for name in (item.label, *item.also)
    }
)


@given(
    st.sampled_from(NAMES),
    st.decimals(0, 99999, places=2, allow_nan=False),
    st.sampled_from(["", "<", ">", "<=", ">="]),
    st.dates(TODAY.replace(year=2020), TODAY),
    st.sampled_from(
        [
            "{name} {sign}{amount} {unit} {day}",
            "{name}\t{sign}{amount}\t{unit}\t0 - 7\t{day}",
            "{day} {name}: {sign} {amount} {unit} (1,0-2,0)",
        ]
    ),
)
def test_every_result_comes_back_as_it_was_written(
    name: str, amount: Decimal, sign: str, day: object, form: str
) -> None:
    item = laboratory().tests.named(name)
    assert item is not None
    for unit in item.units:
        text = form.format(name=name, sign=sign, amount=amount, unit=shipped().shown_unit(unit), day=day)
        (result,) = report(text).results
        assert (result.item, laboratory().unit_of(result.unit), result.day) == (item.id, unit, str(day)), text
        assert str(result.value).replace(" ", "") == f"{sign}{amount}"


SCRAPS = st.lists(
    st.sampled_from(
        [
            *NAMES[:12],
            " ",
            "\t",
            "|",
            ";",
            "\n",
            "38",
            "<5",
            "1,234",
            "30-400",
            "ug/L",
            "%",
            "(",
            ")",
            "18/11/26",
            "Test",
            "Result",
            "Unit",
            "Previous",
            "H",
            "-",
            "Patient: X",
            "µ",
            "\ud800",
            "\0",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=400), SCRAPS, st.binary(max_size=400)))
def test_any_content_is_read_or_refused_with_a_sentence(content: str | bytes) -> None:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    found = None
    with suppress(WorkupError):
        found = review(data)
    for line in found.lines if found else ():
        if line.answer is not None and line.item.kind == "quantity":
            assert line.answer.unit in line.item.units


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\0" * 50,
        b"%PDF-1.7",
        b"\xff\xfe\x00",
        b"<xml/>",
        b"x" * (16 * 1024 * 1024 + 1),
        b"\n" * 20_001,
        "nothing here",
        b"PK\x03\x04",
    ],
)
def test_what_holds_no_results_is_refused(content: str | bytes) -> None:
    with pytest.raises(UnreadableFile):
        report(content)


@pytest.mark.parametrize(
    "scrap",
    [
        "((((",
        "1-",
        "Patient: " + "," * 900,
        "9.",
        "<",
        "Ferritin " + "1 - " * 400,
        "a: " * 600,
        " " * 1990 + "x",
        "geb " * 400,
    ],
)
def test_hostile_lines_take_no_time(scrap: str) -> None:
    content = "\n".join([scrap * max(1, 1900 // len(scrap)), "Ferritin 38 ug/L"] * 20)
    with suppress(UnreadableFile):
        assert read_results(content.encode(), laboratory()).results


def test_an_answer_keeps_where_it_came_from() -> None:
    (line,) = review(DAY + "Ferritin 38 ug/L").lines
    assert line.answer == Answer(
        Decimal(38), unit="ug/L", collected="2026-11-18", source="laboratory, a.txt, line 2"
    )
    assert work_up().answers == {}
