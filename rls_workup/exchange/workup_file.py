"""The work-up file (`.rlsworkup`): read leniently towards values, strictly towards form; written whole."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, Patient, State, Status, Workup
from rls_workup.errors import CannotWrite, NewerFormat, Sentence, UnreadableFile
from rls_workup.exchange.carried import START, carried
from rls_workup.exchange.reply_form import replies_document, taken_replies
from rls_workup.exchange.strict_json import LARGEST, compact_json, read_json, write_json

FORMAT = "rls-workup/1"
_FORMAT = re.compile(r"rls-workup/([0-9]{1,6})\Z")
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}\Z")
_NO_ID = uuid.UUID("8a1d3c52-6f0b-4c8e-9d27-5b9c0f3e7a64")
_ANSWER_TEXTS = ("unit", "comparator", "collected", "since", "note", "source", "typed", "reason")
_STATES = {str(state): state for state in State}
_SIGNING_TEXTS = ("act", "name", "role", "at", "reason")
_PATIENT_TEXTS = ("family_name", "given_name", "date_of_birth", "sex", "identifier")


def new_id() -> str:
    """A new work-up's id."""
    return str(uuid.uuid4())


def _id_of(document: Any) -> str:
    """The id of a document that says none: the same content has the same at each reading."""
    return str(uuid.uuid5(_NO_ID, compact_json(document)))


def read_workup(path: Path, protocol: Protocol, password: str = "") -> Workup:
    """The work-up of a file, or the one that a PDF of ours carries; `password` opens a locked PDF.

    Raises UnreadableFile, NeedsPassword or NewerFormat; the file is left as it is.
    """
    try:
        if path.is_dir():
            raise UnreadableFile("it is a folder")
        if path.stat().st_size > LARGEST:
            raise UnreadableFile("it is larger than a work-up can be (16 MiB)")
        data = path.read_bytes()
        return _workup(carried(data, password) if data.startswith(START) else data, protocol)
    except OSError as trouble:
        missing = isinstance(trouble, FileNotFoundError)
        why = Sentence("there is no such file") if missing else trouble.strerror
        raise UnreadableFile("{path} cannot be opened: {why}.", path=path, why=why) from None
    except NewerFormat as trouble:
        raise NewerFormat("{path}: {trouble}", path=path, trouble=trouble) from None
    except UnreadableFile as trouble:
        sentence = word("{path} cannot be read as a work-up: {trouble}. The file was left as it is.")
        raise type(trouble)(sentence, path=path, trouble=trouble) from None


def workup_from_text(text: str, protocol: Protocol) -> Workup:
    """The work-up of a document of the store. Raises UnreadableFile or NewerFormat."""
    return _workup(text.encode("utf-8"), protocol)


def _workup(data: bytes, protocol: Protocol) -> Workup:
    return workup_from(read_json(data), protocol)


def workup_from(document: Any, protocol: Protocol) -> Workup:
    """The work-up of a parsed document: every value kept as given, what cannot be accepted marked so."""
    if not isinstance(document, dict):
        raise UnreadableFile("it holds no work-up")
    _check_format(document.get("format"))
    rest = {key: value for key, value in document.items() if key != "format"}
    named = _protocol_named(rest.pop("protocol", None), protocol)
    patient = rest.pop("patient", None)
    answers = rest.pop("answers", None)
    if not isinstance(answers, (dict, type(None))) or not isinstance(patient, (dict, type(None))):
        raise UnreadableFile("“answers” and “patient” must each be a group of names and values")
    return Workup(
        id=_taken(rest, "id") or _id_of(document),
        protocol_id=named.id,
        protocol_version=named.version,
        protocol_mark=named.mark,
        protocol_extra=named.extra,
        status=_status(rest),
        visit_date=_taken(rest, "visit_date"),
        patient=_patient(patient or {}),
        answers={name: _answer(protocol, name, given) for name, given in (answers or {}).items()},
        sample=rest.pop("sample", None) is True,
        signing=_signing(rest),
        replies=taken_replies(rest),
        extra=rest,
    )


def _check_format(given: Any) -> None:
    found = _FORMAT.match(given) if isinstance(given, str) else None
    if found is None:
        raise UnreadableFile("it does not begin with the format “{format}”", format=FORMAT)
    if int(found[1]) > 1:
        raise NewerFormat(
            "it was written by a newer version of this program ({version}, this one knows "
            "{format}). Nothing was changed; please update the program.",
            version=found[0],
            format=FORMAT,
        )


class Named(NamedTuple):
    """The protocol that a document names: its id, version, the mark of its text, and what else is said."""

    id: str
    version: str
    mark: str
    extra: Mapping[str, Any]


def named_in(document: Any) -> Named | None:
    """The protocol under which a parsed document was filled in; None where it does not say so."""
    given = document.get("protocol") if isinstance(document, dict) else None
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        return None
    version = given.get("version")
    return _named(given, given["id"], version) if isinstance(version, str) else None


def _named(given: Mapping[str, Any], name: str, version: str) -> Named:
    rest = {key: value for key, value in given.items() if key not in ("id", "version")}
    return Named(name, version, _taken(rest, "mark"), rest)


def _protocol_named(given: Any, protocol: Protocol) -> Named:
    about = protocol.about
    if given is None:
        return Named(about.id, about.version, "", {})
    named = given if isinstance(given, dict) else {}
    name, version = named.get("id", about.id), named.get("version", about.version)
    if not isinstance(name, str) or not isinstance(version, str) or not _VERSION.match(version):
        raise UnreadableFile("“protocol” must name an id and a version such as 2026.11")
    if name != about.id:
        raise UnreadableFile(
            "it was filled in under another protocol; give that protocol's folder with --protocol"
        )
    if _parts(version) > _parts(about.version):
        raise NewerFormat(
            "it was filled in under the newer protocol version {version} (known here: {at_hand})."
            " Nothing was changed; please update the program.",
            version=version,
            at_hand=about.version,
        )
    return _named(named, name, version)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _taken(rest: dict[str, Any], key: str) -> str:
    """A text taken out of the rest; what is no text stays there, as given."""
    if isinstance(rest.get(key), str):
        return str(rest.pop(key))
    return ""


def _status(rest: dict[str, Any]) -> Status:
    if rest.get("status") in tuple(Status):
        return Status(rest.pop("status"))
    return Status.IN_PROGRESS


def _signing(rest: dict[str, Any]) -> tuple[Signing, ...]:
    """The signatures taken out of the rest; what is not in their form stays there, as given."""
    given = rest.get("signing")
    if not isinstance(given, list) or not given or not all(_is_signing(entry) for entry in given):
        return ()
    del rest["signing"]
    return tuple(Signing(**{**entry, "act": Act(entry["act"])}) for entry in given)


def _is_signing(entry: Any) -> bool:
    if not isinstance(entry, dict) or not {"act", "name", "at"} <= set(entry) <= set(_SIGNING_TEXTS):
        return False
    return all(isinstance(text, str) and text for text in entry.values()) and entry["act"] in tuple(Act)


def _patient(given: Mapping[str, Any]) -> Patient:
    rest = dict(given)
    return Patient(**{key: _taken(rest, key) for key in _PATIENT_TEXTS}, extra=rest)


def _answer(protocol: Protocol, name: str, given: Any) -> Answer:
    answer = _as_given(given)
    item = protocol.items.get(protocol.renamed.get(name, name))
    if item is None or answer.state is not State.ANSWERED:
        return answer
    rejected = protocol.reader.read(item, answer).rejected
    return replace(answer, state=State.REJECTED, reason=rejected) if rejected else answer


def answer_from_text(text: str, name: str, protocol: Protocol) -> Answer:
    """One answer of a document, from its JSON text. Raises UnreadableFile."""
    return _answer(protocol, name, read_json(text.encode("utf-8")))


def _as_given(given: Any) -> Answer:
    if not isinstance(given, dict):
        return Answer(given)
    # One pass over what is there: most answers have two or three of all the names.
    texts: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for key, value in given.items():
        if key in _ANSWER_TEXTS and isinstance(value, str):
            texts[key] = value
        else:
            rest[key] = value
    state = _state(rest)
    return Answer(rest.pop("value", None), state, **texts, extra=rest)


def _state(rest: dict[str, Any]) -> State:
    given = rest.get("state")
    if given is None:
        rest.pop("state", None)
        return State.ANSWERED
    if isinstance(given, str) and given in _STATES:
        return _STATES[rest.pop("state")]
    return State.REJECTED


def document_of(workup: Workup) -> dict[str, Any]:
    """The work-up in the form of the file; unknown keys come back as they were given."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": workup.id,
        "protocol": _protocol_document(workup),
        "status": str(workup.status),
    }
    if workup.visit_date:
        document["visit_date"] = workup.visit_date
    if workup.sample:
        document["sample"] = True
    texts = {key: getattr(workup.patient, key) for key in _PATIENT_TEXTS}
    document["patient"] = {**{key: text for key, text in texts.items() if text}, **workup.patient.extra}
    document["answers"] = {name: _answer_document(answer) for name, answer in workup.answers.items()}
    if workup.signing:
        document["signing"] = [_signing_document(entry) for entry in workup.signing]
    if workup.replies:
        document["replies"] = replies_document(workup.replies)
    return {**document, **workup.extra}


def _signing_document(entry: Signing) -> dict[str, str]:
    return {name: str(text) for name in _SIGNING_TEXTS if (text := getattr(entry, name))}


def _protocol_document(workup: Workup) -> dict[str, Any]:
    document: dict[str, Any] = {"id": workup.protocol_id, "version": workup.protocol_version}
    if workup.protocol_mark:
        document["mark"] = workup.protocol_mark
    return {**document, **workup.protocol_extra}


def filled_in_elsewhere(protocol: Protocol, workup: Workup) -> Sentence:
    """`Filled in under protocol 2026.10, read here under 2026.11.`; empty where it is the same one."""
    about = protocol.about
    if workup.protocol_version != about.version:
        return Sentence(
            "Filled in under protocol {version}, read here under {at_hand}.",
            version=workup.protocol_version,
            at_hand=about.version,
        )
    if workup.protocol_mark not in ("", protocol.mark):
        return Sentence(
            "Filled in under another text of protocol {version}, read here under this one.",
            version=about.version,
        )
    return Sentence("")


def _answer_document(answer: Answer) -> dict[str, Any]:
    document: dict[str, Any] = {} if answer.value is None else {"value": answer.value}
    document["state"] = str(answer.state)
    document |= {key: text for key in _ANSWER_TEXTS if (text := getattr(answer, key))}
    return {**document, **answer.extra}


def workup_text(workup: Workup) -> str:
    """The work-up as the text that the store keeps."""
    return compact_json(document_of(workup))


def write_workup(path: Path, workup: Workup) -> None:
    """Write beside its place, then put it there. Raises CannotWrite; an older file stays then."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    if path.exists() and not path.is_file():  # a device would be gone for all programs
        raise CannotWrite("{out} is not an ordinary file. Choose another place.", out=path)
    try:
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(write_json(document_of(workup)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as trouble:
        beside.unlink(missing_ok=True)
        raise CannotWrite(
            "{path} cannot be written: {why}. What was there before is untouched.",
            path=path,
            why=trouble.strerror,
        ) from None


def new_workup(protocol: Protocol, patient: Patient, visit: date) -> Workup:
    """An empty work-up of today's protocol."""
    about = protocol.about
    return Workup(
        new_id(), about.id, about.version, protocol.mark, visit_date=visit.isoformat(), patient=patient
    )
