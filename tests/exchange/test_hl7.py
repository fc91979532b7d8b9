"""Results in HL7 version 2: fields, escapes and character sets as laboratories send them."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import message, obx, one, report, review, said, shipped

from rls_workup.errors import UnreadableFile, WorkupError
from rls_workup.exchange.hl7_segments import segments_in

TAKEN = "taken 18-Nov-2026"
FERRITIN = "2276-4^Ferritin^LN"
GOOD = f"38 µg/L {TAKEN}"


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (obx(FERRITIN, "38", "ug/L"), GOOD),
        (obx(FERRITIN, "38", "ug/L^microgram per litre^UCUM"), GOOD),
        (obx("FERR^Ferritin^L", "38", "ug/L"), GOOD),
        (obx("FERR^^L^2276-4^Ferritin^LN", "38", "ug/L"), GOOD),
        (obx("Ferritin", "38", "ug/L"), GOOD),
        (
            obx("FERR^Eisenspeicher^L^20567-4^Ferritin^LN", "38", "ug/L"),
            "new: Recognised by its name; the code 20567-4 is not known here.",
        ),
        (
            obx("2276-4^Transferrin^LN", "38", "ug/L"),
            "not understood: Its code says Ferritin, its name says Transferrin.",
        ),
        (obx("2132-9^B12^LN", "245", "pmol/L"), "new: Its code stands for another unit than pmol/L."),
        (obx(FERRITIN, "<^5", "ug/L", "SN"), f"<5 µg/L {TAKEN}"),
        (obx(FERRITIN, "^38", "ug/L", "SN"), GOOD),
        (obx(FERRITIN, "=^38", "ug/L", "SN"), GOOD),
        (
            obx(FERRITIN, "^30^-^400", "ug/L", "SN"),
            "not understood: Its value is of a kind that is not read: “SN”.",
        ),
        (obx(FERRITIN, "~^38", "ug/L", "SN"), "not understood: It has several values."),
        (obx(FERRITIN, "<5", "ug/L", "ST"), f"<5 µg/L {TAKEN}"),
        (obx(FERRITIN, "38 ug/L", "", "ST"), GOOD),
        (
            obx(FERRITIN, "38 ug/L", "pmol/L", "ST"),
            "not understood: Ferritin has two units, ug/L and pmol/L.",
        ),
        (obx(FERRITIN, "7,5", "ug/L"), f"7.5 µg/L {TAKEN}"),
        (
            obx(FERRITIN, "1,234", "ug/L"),
            "not understood: Ferritin: “1,234” can be read as 1.234 or as 1234. Write the decimals with a point, and no separator in thousands.",
        ),
        (obx(FERRITIN, "38~40", "ug/L"), "not understood: It has several values."),
        (obx(FERRITIN, "", "ug/L"), "not understood: It has no value that can be read."),
        (obx(FERRITIN, "38", "ug/L", "RP"), "not understood: Its value is of a kind that is not read: “RP”."),
        (
            obx(FERRITIN, "see text", "ug/L", "FT"),
            "not understood: Ferritin: “see text” is not a number in plain digits.",
        ),
        (
            obx(FERRITIN, "38", ""),
            "not understood: Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        (
            obx(FERRITIN, "38", "mg/L"),
            "not understood: Ferritin is not measured in “mg/L”. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        (obx(FERRITIN, "38", "ug/L", flag="HH", limits="1-2"), GOOD),
        *((obx(FERRITIN, "38", "ug/L", status=status), GOOD) for status in "FCAU"),
        *(
            (obx(FERRITIN, "38", "ug/L", status=status), f"not understood: It is not final: “{status}”.")
            for status in "PRSIXDWNOBV"
        ),
        (obx(FERRITIN, "38", "ug/L", status=""), "not understood: Nothing says that it is final."),
        (obx(FERRITIN, "38", "ug/L", day="20261118233000-1100"), GOOD),
        (obx(FERRITIN, "38", "ug/L", day="202611"), "not understood: Its date is no day: “202611”."),
        (obx(FERRITIN, "38", "ug/L", day=""), "new: Nothing says when the sample was taken."),
        (obx("IFAB^Intrinsic factor antibodies", "POS^positive", "", "CWE"), f"positive {TAKEN}"),
    ],
)
def test_a_segment_is_read_or_asked_about(segment: str, expected: str) -> None:
    assert one(message(segment)) == expected


ORDER = "OBR|1||9|X|||{day}||||||||{sample}||||||||||{status}"


def order(day: str = "20261118081500", sample: str = "", status: str = "F") -> str:
    return ORDER.format(day=day, sample=sample, status=status)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((order(), obx(FERRITIN, "38", "ug/L", day="")), GOOD),
        (
            (order("20261116"), obx(FERRITIN, "38", "ug/L")),
            "new: The order names another day than the result.",
        ),
        ((order(status="X"), obx(FERRITIN, "38", "ug/L")), "not understood: It is not final: “X”."),
        ((order(sample="SER^Serum"), obx(FERRITIN, "38", "ug/L")), GOOD),
        ((order(sample="UR^Urine"), obx(FERRITIN, "38", "ug/L")), "new: The sample is “ur”, not blood."),
        ((order(), obx(FERRITIN, "38", "ug/L"), "SPM|1|||UR^Urine"), "new: The sample is “ur”, not blood."),
        ((order(), obx(FERRITIN, "38", "ug/L"), "SPM|1|||119364003^Serum specimen^SCT"), GOOD),
        ((order(), obx(FERRITIN, "38", "ug/L"), "NTE|1||haemolysed"), "new: The laboratory adds: haemolysed"),
        ((order(), "NTE|1||haemolysed", obx(FERRITIN, "38", "ug/L")), "new: The laboratory adds: haemolysed"),
        (("NTE|1||prefers the morning", order(), obx(FERRITIN, "38", "ug/L")), GOOD),
        (("OBR|1", obx(FERRITIN, "38", "ug/L", day=""), "SPM|1||||||||||||||||20261118"), GOOD),
    ],
)
def test_the_order_and_what_stands_beside_count(segments: tuple[str, ...], expected: str) -> None:
    assert one(message(*segments)) == expected


def test_a_correction_stands_beside_what_it_corrects_and_nobody_chooses_for_the_person() -> None:
    both = said(message(obx(FERRITIN, "38", "ug/L"), obx(FERRITIN, "83", "ug/L", status="C")))
    assert both == ["one of several results: There are two results of one day."] * 2


def test_a_final_result_stands_though_its_preliminary_one_is_there_too() -> None:
    both = said(message(obx(FERRITIN, "37", "ug/L", status="P"), obx(FERRITIN, "38", "ug/L")))
    assert both == ["not understood: It is not final: “P”.", GOOD]


def test_a_message_sent_twice_is_one_result() -> None:
    once = message(obx(FERRITIN, "38", "ug/L"))
    assert said(f"{once}\r{once}") == [GOOD]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_segments_may_end_in_three_ways(end: str) -> None:
    text = message(obx(FERRITIN, "38", "ug/L"), obx("CRP", "3", "mg/L")).replace("\r", end)
    assert said(f"\x0b{text}{end}\x1c\r") == [GOOD, f"3 mg/L {TAKEN}"]


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("", "utf-8"),
        ("", "cp1252"),
        ("UNICODE UTF-8", "utf-8"),
        ("8859/1", "latin-1"),
        ("8859/15", "iso8859-15"),
        ("8859/1~UNICODE", "latin-1"),
    ],
)
def test_the_micro_sign_survives_every_character_set(named: str, encoding: str) -> None:
    header = f"MSH|^~\\&|LAB||||20261119||ORU^R01|1|P|2.5.1||||||{named}"
    content = (
        message(obx("Ferritin", "38", "µg/L"), header=header).replace("Brown", "Müller").encode(encoding)
    )
    assert one(content) == GOOD
    assert report(content).whose.family == "Müller"


def test_a_message_in_utf_16_is_read() -> None:
    assert one(message(obx(FERRITIN, "38", "µg/L")).encode("utf-16")) == GOOD


def test_escapes_are_undone_and_unknown_ones_stay_to_be_seen() -> None:
    (segment,) = [
        part
        for part in segments_in(b"MSH|^~\\&|\rOBX|1|ST|a\\S\\b\\T\\c\\F\\d\\R\\e\\E\\f\\.br\\g\\X0D\\h")
        if part.name == "OBX"
    ]
    assert segment.repeated(3) == [["a^b&c|d~e\\f\ng\\X0D\\h"]]


def test_other_marks_than_the_usual_ones_are_read() -> None:
    text = "MSH#*!?%#LAB\rPID#1##9##Brown*Margaret##19610714#F\rOBX#1#NM#2276-4*Ferritin*LN##38#ug/L#####F###20261118"
    assert one(text) == GOOD


def test_the_patient_is_read() -> None:
    text = message(obx(FERRITIN, "38", "ug/L")).replace("|999 000 0018|", "|4711^^^LAB~999 000 0018^^^NHS|")
    whose = report(text).whose
    assert (whose.family, whose.given, whose.born, whose.sex) == ("Brown", "Margaret", "1961-07-14", "female")
    assert whose.numbers == ("4711", "999 000 0018")


@pytest.mark.parametrize(
    "text",
    [
        message(obx(FERRITIN, "38", "ug/L"))
        + "\r"
        + message(obx(FERRITIN, "8", "ug/L")).replace("Brown", "Green"),
        message(obx(FERRITIN, "38", "ug/L")) + "\rMSH|^~\\&|LAB\r" + obx(FERRITIN, "8", "ug/L"),
        message(obx(FERRITIN, "38", "ug/L"), "PID|1||77||Green^Ann"),
        "MSH|^~\\&|LAB\rPID|1\r" + obx(FERRITIN, "38", "ug/L") + "\rPID|2\r" + obx("CRP", "3", "mg/L"),
    ],
)
def test_several_patients_are_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="several patients"):
        report(text)


@pytest.mark.parametrize(
    "content",
    [
        b"MSH",
        b"MSH|",
        b"MSH|^",
        b"MSH||||",
        b"MSHMMMMM",
        b"MSHabcd",
        b"MSH|^~\\&|",
        b"MSH|^~\\&|A|||||ADT^A01\rPID|1",
        message("x").encode(),
        message("OBX").encode()[:-3] + b"|OBX|1",
        message(obx(FERRITIN, "38", "ug/L"), "free text\n").encode(),
        message(
            obx(FERRITIN, "38", "ug/L"), header="MSH|^~\\&|LAB||||20261119||ORU|1|P|2.5||||||KLINGON"
        ).encode(),
        message(obx("Ferritin", "38", "µg/L"), header="MSH|^~\\&|L||||2026||ORU|1|P|2.5||||||ASCII").encode(),
        message(
            obx("Ferritin", "38", "µg/L"), header="MSH|^~\\&|L||||2026||ORU|1|P|2.5||||||8859/99"
        ).encode(),
        b"MSH|^~\\&|" + b"\rOBX" * 20_001,
    ],
)
def test_what_is_no_message_of_results_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        report(content)


def test_three_thousand_results_are_no_burden() -> None:
    assert len(report(message(*[obx("NA^Sodium", "140", "mmol/L")] * 3_000)).results) == 3_000


FIELD = st.text(st.sampled_from("aB1 .,<>-µ%/()"), max_size=12)


@given(st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=4))
def test_a_reader_that_nobody_here_wrote_finds_the_same_fields(rows: list[tuple[str, str, str]]) -> None:
    import hl7

    text = message(*[f"OBX|1|ST|{code}^{name}||{value}~x|ug/L" for code, name, value in rows])
    theirs = hl7.parse(text)
    ours = [segment for segment in segments_in(text.encode()) if segment.name == "OBX"]
    for segment, other in zip(ours, theirs.segments("OBX"), strict=True):
        assert [str(part[0]) for part in other[3][0]] == segment.repeated(3)[0]
        assert [str(part) for part in other[5]] == [parts[0] for parts in segment.repeated(5)]
        assert (str(other[2]), str(other[6])) == (segment.text(2), segment.text(6))


PIECES = st.sampled_from(
    [
        "MSH|^~\\&|",
        "PID|1||9||B^M||19610714|F",
        "OBR|1",
        "OBX|1|NM|Ferritin||38|ug/L|||||F",
        "NTE|1||x",
        "\r",
        "\n",
        "|",
        "^",
        "~",
        "\\",
        "\\X\\",
        "&",
        "SPM|1",
        "\0",
        "ORU",
    ]
)


@given(
    st.one_of(
        st.lists(PIECES, max_size=25).map("".join),
        st.text(max_size=200).map(lambda text: message(obx(text, text, text))),
    )
)
def test_any_content_is_read_or_refused_with_a_sentence(text: str) -> None:
    found = None
    with suppress(WorkupError):
        found = review(b"MSH|^~\\&|" + text.encode("utf-8", "surrogatepass"))
    for line in found.lines if found else ():
        if line.answer is not None and line.item.kind == "quantity":
            assert line.answer.unit in line.item.units


@given(
    st.decimals(1, 999, places=3),
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.sampled_from([*shipped().items["ferritin"].units]),
)
def test_every_result_comes_back_as_it_was_sent(value: Decimal, sign: str, unit: str) -> None:
    (line,) = review(message(obx(FERRITIN, f"{sign}^{value}", unit, "SN"))).lines
    assert line.answer is not None
    assert (line.answer.value, line.answer.comparator, line.answer.unit) == (value, sign, unit)
