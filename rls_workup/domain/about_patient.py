"""Whether what is known of the patient and the visit can be: dates, age, sex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rls_workup.domain.dates import age_on, iso_date
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.finding import Finding, input_finding
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup

_SEX_OPEN = frozenset({"", "other", "unknown"})


def patient_findings(protocol: Protocol, facts: WorkupFacts, today: date) -> Iterator[Finding]:
    """A finding for each particular that cannot be, or that asks “are you sure?”."""
    workup = facts.workup
    for kind, item, label, sentence in (
        *_of_birth(protocol, workup, today),
        *_of_sex(protocol, workup),
        *_of_visit(protocol, workup, today),
    ):
        yield input_finding(protocol, kind, item, label, sentence, None)


Trouble = tuple[str, str, str, str]


def _of_birth(protocol: Protocol, workup: Workup, today: date) -> Iterator[Trouble]:
    born, day = workup.patient.born, workup.visit or today
    say = protocol.wording.say
    about = ("date_of_birth", say("Date of birth"))
    if workup.patient.date_of_birth and born is None:
        yield "input_rejected", *about, say("The date of birth is no date of the form 1980-05-01.")
    if born is None:
        return
    age, limits = age_on(born, day), protocol.age_limits
    if age is None:
        yield "input_rejected", *about, say("The date of birth lies after the visit.")
    elif limits is not None and age[0] > limits.highest:
        yield (
            "input_rejected",
            *about,
            say(
                "That makes {age} years; an age above {highest} is not accepted.",
                age=age[0],
                highest=limits.highest,
            ),
        )
    elif limits is not None and limits.usual is not None and age[0] > limits.usual[1]:
        yield (
            "input_soft_warning",
            *about,
            say("That makes {age} years. Is the date of birth right?", age=age[0]),
        )


def _of_sex(protocol: Protocol, workup: Workup) -> Iterator[Trouble]:
    given = workup.patient.sex.strip().casefold()
    if (given not in _SEX_OPEN and not workup.patient.known_sex) or "sex" in workup.patient.extra:
        say = protocol.wording.say
        sentence = say(
            "Sex is read as female, male, other or unknown. What needs it waits until it is one of these."
        )
        yield "input_rejected", "sex", say("Sex"), sentence


def _of_visit(protocol: Protocol, workup: Workup, today: date) -> Iterator[Trouble]:
    say = protocol.wording.say
    about = ("visit_date", say("Date of the visit"))
    if (workup.visit_date and iso_date(workup.visit_date) is None) or "visit_date" in workup.extra:
        yield "input_rejected", *about, say("The date of the visit is no date of the form 2026-11-20.")
    elif workup.visit is not None and workup.visit > today:
        yield "input_soft_warning", *about, say("The date of the visit lies in the future. Is it right?")
