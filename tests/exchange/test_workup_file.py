"""The work-up file: everything kept, what cannot be accepted marked, what is newer refused."""

from __future__ import annotations

import json
import os
import resource
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smallprotocol import small, workup

from rls_workup.domain.reply import Stance
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.workup import Answer, Patient, State, Status, Workup
from rls_workup.errors import CannotWrite, NewerFormat, UnreadableFile
from rls_workup.exchange.workup_file import (
    document_of,
    filled_in_elsewhere,
    named_in,
    new_workup,
    read_workup,
    workup_from,
    workup_from_text,
    workup_text,
    write_workup,
)

FULL: dict[str, Any] = {
    "format": "rls-workup/1",
    "id": "0192f0c1",
    "protocol": {"id": "small", "version": "2026.11"},
    "status": "in-progress",
    "visit_date": "2026-11-20",
    "patient": {
        "family_name": "Example",
        "date_of_birth": "1980-05-01",
        "sex": "female",
        "allergies": ["none"],
    },
    "answers": {
        "urge": {"value": "yes", "state": "answered"},
        "ferritin": {
            "value": Decimal("75.0"),
            "state": "answered",
            "unit": "ng/mL",
            "collected": "2026-11-20",
        },
        "crp": {"state": "ordered", "since": "2026-11-20"},
        "vibration": {"state": "declined", "note": "pain"},
        "medications": {"value": [{"name": "metformin", "months": 30}], "state": "answered"},
        "from_the_future": {"value": {"a": [1]}, "state": "answered", "colour": "blue"},
    },
    "written_by": "another program",
}


def test_saving_what_was_loaded_gives_the_same_content_back() -> None:
    assert document_of(workup_from(FULL, small())) == FULL


def test_bare_values_are_read_and_written_as_objects() -> None:
    read = workup(urge=True, ferritin="38 ug/L", medications=["metformin"])
    assert read.answers["urge"] == Answer(True)
    assert document_of(read)["answers"]["ferritin"] == {"value": "38 ug/L", "state": "answered"}


@pytest.mark.parametrize(
    ("given_answer", "reason"),
    [
        (75, "has no unit"),
        ({"value": 75, "unit": "mg"}, "not measured in"),
        ({"value": "NaN", "unit": "ng/mL"}, "not a number"),
        ({"value": None}, "a number was expected"),
        ({}, "a number was expected"),
        ({"value": "1,234", "unit": "ng/mL"}, "can be read as"),
    ],
)
def test_a_value_that_cannot_be_accepted_is_kept_with_its_reason(given_answer: Any, reason: str) -> None:
    answer = workup(ferritin=given_answer).answers["ferritin"]
    assert answer.state is State.REJECTED
    assert reason in answer.reason
    again = workup_from(document_of(workup(ferritin=given_answer)), small()).answers["ferritin"]
    assert again == answer
    expected = given_answer if isinstance(given_answer, dict) else {"value": given_answer}
    assert again.value == expected.get("value")


def test_a_state_nobody_knows_is_kept_and_is_no_value() -> None:
    read = workup(urge={"value": "yes", "state": "lost"})
    assert read.answers["urge"].state is State.REJECTED
    assert document_of(read)["answers"]["urge"]["state"] == "lost"


@pytest.mark.parametrize("state", [str(state) for state in State])
def test_every_state_comes_back(state: str) -> None:
    assert document_of(workup(urge={"state": state}))["answers"]["urge"]["state"] == (
        "rejected" if state == "answered" else state
    )


def test_fields_of_the_wrong_kind_are_kept_as_given() -> None:
    document = {
        "format": "rls-workup/1",
        "id": 5,
        "status": "lost",
        "visit_date": 20261120,
        "sample": "perhaps",
        "patient": {"family_name": 7, "date_of_birth": None},
        "answers": {"urge": {"value": "yes", "unit": 5, "note": ["x"], "state": None}},
    }
    written = document_of(workup_from(document, small()))
    assert written["id"] == 5
    assert (written["status"], written["visit_date"]) == ("lost", 20261120)
    assert written["patient"] == {"family_name": 7, "date_of_birth": None}
    assert written["answers"]["urge"] == {"value": "yes", "state": "answered", "unit": 5, "note": ["x"]}


@pytest.mark.parametrize(
    ("change", "kind", "sentence"),
    [
        ({"format": "rls-workup/2"}, NewerFormat, "newer version of this program"),
        ({"format": "rls-workup/999999"}, NewerFormat, "newer version"),
        ({"format": "something"}, UnreadableFile, "does not begin with the format"),
        ({"format": None}, UnreadableFile, "does not begin with the format"),
        ({"protocol": {"id": "small", "version": "2027.01"}}, NewerFormat, "newer protocol version 2027.01"),
        ({"protocol": {"id": "small", "version": "2026.11.1"}}, NewerFormat, "newer protocol version"),
        ({"protocol": {"id": "other", "version": "2026.11"}}, UnreadableFile, "another protocol"),
        ({"protocol": {"id": "small", "version": "soon"}}, UnreadableFile, "must name an id and a version"),
        ({"protocol": {"id": 5}}, UnreadableFile, "must name an id and a version"),
        ({"answers": []}, UnreadableFile, "must each be a group"),
        ({"patient": "Ana"}, UnreadableFile, "must each be a group"),
    ],
)
def test_what_is_newer_or_no_work_up_is_refused(
    change: dict[str, Any], kind: type[Exception], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        workup_from({**FULL, **change}, small())


def test_no_work_up_at_all() -> None:
    with pytest.raises(UnreadableFile, match="holds no work-up"):
        workup_from([1], small())


def test_an_older_protocol_version_is_read() -> None:
    assert (
        workup_from({**FULL, "protocol": {"id": "small", "version": "2025.01"}}, small()).protocol_version
        == "2025.01"
    )


def test_a_file_without_an_id_has_the_same_at_each_reading() -> None:
    given = {name: value for name, value in FULL.items() if name != "id"}
    first, again = (workup_from(given, small()) for _ in range(2))
    other = workup_from({**given, "visit_date": "2026-11-21"}, small())
    assert first.id == again.id != other.id


def test_the_protocol_may_be_left_out() -> None:
    assert workup().protocol_version == "2026.11"
    assert workup_from({"format": "rls-workup/1", "protocol": "x"}, small()).protocol_id == "small"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is empty"),
        (b"\x89PNG\xff\x00", "no UTF-8 text"),
        (b"%PDF-1.4\xff\x00", "this PDF is damaged"),
        (b"[" * 100_000, "nested"),
        (b'{"format": "rls-workup/7"}', "newer version"),
        (None, "there is no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left_alone(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "a.rlsworkup"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((UnreadableFile, NewerFormat)) as refused:
        read_workup(path, small())
    assert sentence in str(refused.value)
    assert str(path) in str(refused.value)
    assert content is None or path.read_bytes() == content


def test_a_folder_and_a_huge_file_are_no_work_ups(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is a folder"):
        read_workup(tmp_path, small())
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="larger than"):
        read_workup(huge, small())


def test_writing_puts_the_whole_file_there_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.rlsworkup"
    write_workup(path, workup_from(FULL, small()))
    assert document_of(read_workup(path, small())) == FULL
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["a.rlsworkup"]


def test_a_full_disk_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "a.rlsworkup"
    path.write_text("older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(CannotWrite, match="untouched"):
            write_workup(path, workup_from(FULL, small()))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "older"
    assert os.listdir(tmp_path) == ["a.rlsworkup"]


def test_an_unwritable_place_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_workup(tmp_path / "no" / "such" / "a.rlsworkup", workup())


def test_a_new_work_up_is_of_todays_protocol() -> None:
    new = new_workup(small(), Patient("Example"), date(2026, 11, 22))
    assert (new.protocol_version, new.visit_date, new.status) == ("2026.11", "2026-11-22", Status.IN_PROGRESS)
    assert new.id != new_workup(small(), Patient(), date(2026, 11, 22)).id


VALUES = st.one_of(
    st.text(max_size=12),
    st.booleans(),
    st.integers(-5, 5),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.lists(st.text(max_size=4), max_size=2),
)
GIVEN = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {},
        optional={
            "value": VALUES,
            "state": st.sampled_from([*State, "odd"]),
            "unit": st.text(max_size=6),
            "note": st.text(max_size=6),
            "more": VALUES,
        },
    ),
)


def _is_no_argument(name: str) -> bool:
    """A name that the short form `workup(patient, visit, **answers)` does not take for itself."""
    return name not in ("patient", "visit")


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(small().items)), st.text(max_size=8)).filter(_is_no_argument),
        GIVEN,
        max_size=5,
    ),
    st.dictionaries(st.sampled_from(["family_name", "sex", "title"]), VALUES),
)
def test_nothing_given_is_ever_lost(answers: dict[str, Any], patient: dict[str, Any]) -> None:
    read = workup(patient, **answers)
    again = workup_from_text(workup_text(read), small())
    assert again == read
    written = document_of(again)
    assert {key: value for key, value in written["patient"].items() if value != ""} == {
        key: value for key, value in patient.items() if value != ""
    }
    for item, given_answer in answers.items():
        kept = written["answers"][item]
        expected = given_answer if isinstance(given_answer, dict) else {"value": given_answer}
        for key, value in expected.items():
            assert (
                value in ("", None)
                or kept.get(key) == value
                or (key == "state" and kept["state"] == "rejected")
            )


def test_the_store_document_is_one_line() -> None:
    text = workup_text(workup_from(FULL, small()))
    assert "\n" not in text
    assert json.loads(text)["id"] == "0192f0c1"


def test_what_a_file_says_of_its_protocol_comes_back() -> None:
    named = {"id": "small", "version": "2026.10", "mark": "0123456789ab", "edition": {"by": "us"}}
    read = workup_from({"format": "rls-workup/1", "protocol": named}, small())
    assert (read.protocol_version, read.protocol_mark) == ("2026.10", "0123456789ab")
    assert document_of(read)["protocol"] == named


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"id": "small", "version": "2026.11"}, ""),
        ({"id": "small", "version": "2026.10"}, "Filled in under protocol 2026.10, read here under 2026.11."),
        (
            {"id": "small", "version": "2026.11", "mark": "0123456789ab"},
            "Filled in under another text of protocol 2026.11, read here under this one.",
        ),
        (None, ""),
    ],
)
def test_a_file_of_another_protocol_version_says_so(named: dict[str, str] | None, sentence: str) -> None:
    document = {"format": "rls-workup/1"} | ({"protocol": named} if named else {})
    assert filled_in_elsewhere(small(), workup_from(document, small())) == sentence


def test_a_new_work_up_names_the_very_text_of_its_protocol() -> None:
    fresh = new_workup(small(), Patient(), date(2026, 11, 20))
    assert fresh.protocol_mark == small().mark
    assert filled_in_elsewhere(small(), fresh) == ""


@pytest.mark.parametrize(
    "document", [5, {}, {"protocol": 5}, {"protocol": {"id": "small"}}, {"protocol": {"version": "2026.11"}}]
)
def test_a_document_that_names_no_protocol(document: object) -> None:
    assert named_in(document) is None


SIGNED = {"act": "signed", "name": "Dr A. Example", "role": "neurologist", "at": "2026-11-22T14:32:07+01:00"}
AMENDED = {"act": "amended", "name": "Dr A. Example", "at": "2026-11-23T09:00:00+01:00", "reason": "late"}


def test_signatures_come_back_as_they_were() -> None:
    read = workup_from({**FULL, "status": "amended", "signing": [SIGNED, AMENDED]}, small())
    assert [entry.act for entry in read.signing] == [Act.SIGNED, Act.AMENDED]
    assert read.signing[0] == Signing(Act.SIGNED, "Dr A. Example", SIGNED["at"], "neurologist")
    assert document_of(read)["signing"] == [SIGNED, AMENDED]
    assert not read.closed


@pytest.mark.parametrize(
    "signing",
    [
        [],
        "me",
        [{}],
        [{**SIGNED, "act": "burnt"}],
        [{**SIGNED, "at": 5}],
        [{**SIGNED, "x": "y"}],
        [SIGNED, 7],
    ],
)
def test_what_is_no_signature_is_kept_as_given(signing: object) -> None:
    read = workup_from({**FULL, "signing": signing}, small())
    assert read.signing == ()
    assert document_of(read)["signing"] == signing


REPLY = {
    "finding": "low",
    "item": "ferritin",
    "stance": "set-aside",
    "name": "Dr A. Example",
    "at": "2026-11-22T14:32:07+01:00",
    "reason": "donates no more",
    "values": {"ferritin": "38 ug/L"},
}
SHORT = {"finding": "low", "stance": "accepted", "name": "Dr A", "at": "2026-11-22T14:32:07+01:00"}


def test_replies_to_findings_come_back_as_they_were() -> None:
    read = workup_from({**FULL, "replies": [REPLY, SHORT]}, small())
    assert [reply.stance for reply in read.replies] == [Stance.SET_ASIDE, Stance.ACCEPTED]
    assert document_of(read)["replies"] == [REPLY, SHORT]


@pytest.mark.parametrize(
    "replies",
    [
        [],
        "no",
        [7],
        [{**REPLY, "stance": "shrugged"}],
        [{**REPLY, "at": 5}],
        [{**REPLY, "name": ""}],
        [{**REPLY, "x": "y"}],
        [{**REPLY, "values": {}}],
        [{**REPLY, "values": {"ferritin": 38}}],
        [{**REPLY, "values": "38"}],
        [{"finding": "low"}],
        [REPLY, 7],
    ],
)
def test_what_is_no_reply_is_kept_as_given(replies: object) -> None:
    read = workup_from({**FULL, "replies": replies}, small())
    assert read.replies == ()
    assert document_of(read)["replies"] == replies


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "a.rlsworkup"
    os.mkfifo(place)  # as a device would be
    with pytest.raises(CannotWrite, match="is not an ordinary file"):
        write_workup(place, Workup("a", "rls", "1"))
    assert place.is_fifo()
