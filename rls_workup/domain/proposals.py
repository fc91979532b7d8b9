"""What something outside says of a work-up, beside what the work-up has: nothing is taken unasked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.spoken import spoken
from rls_workup.domain.text import shown_date, visible
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State, Workup


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer to one item, as it stands in a form or a result.

    `given`: its own words. Without `answer` it was not understood, and `problem` says why.
    """

    item: str
    given: str
    answer: Answer | None = None
    problem: str = ""


class Standing(StrEnum):
    """How a proposal stands to the work-up; its value is the words for it."""

    ADDS = word("new")
    AGREES = word("the same")
    REPLACES = word("replaces an answer")
    UNREAD = word("not understood")
    OLDER = word("an older result")
    SEVERAL = word("one of several results")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of the review table. `answer` is what the work-up has once the line is taken.

    `where`: its place in what was read; `marks`: the laboratory's own flag and range, never believed.
    """

    item: Item
    standing: Standing
    now: str
    given: str
    understood: str = ""
    problem: str = ""
    answer: Answer | None = None
    where: str = ""
    marks: str = ""

    @property
    def can_be_taken(self) -> bool:
        return self.standing not in (Standing.AGREES, Standing.UNREAD)

    @property
    def sure(self) -> bool:
        """Nothing speaks against taking it along with others: it replaces nothing and is not unusual."""
        return self.standing is Standing.ADDS and not self.problem


def compared(protocol: Protocol, workup: Workup, proposal: Proposal) -> ReviewLine:
    """A proposal beside the work-up's own answer; what the proposal does not speak of stays as it is."""
    item = protocol.items[proposal.item]
    known = answer_to(workup, item)
    now = in_words(protocol, item, known)
    if proposal.answer is None:
        return ReviewLine(item, Standing.UNREAD, now, proposal.given, problem=proposal.problem)
    reading = protocol.reader.read(item, proposal.answer)
    if reading.rejected or reading.partly:
        told = reading.rejected or reading.partly
        return ReviewLine(item, Standing.UNREAD, now, proposal.given, problem=told)
    answer = _completed(protocol, item, proposal.answer, known)
    return ReviewLine(
        item,
        _standing(protocol, item, answer, known),
        now,
        proposal.given,
        in_words(protocol, item, answer),
        proposal.problem or reading.warning,
        answer,
    )


def answer_to(workup: Workup, item: Item) -> Answer | None:
    """The work-up's answer to an item, also under an older id."""
    return next((workup.answers[name] for name in (item.id, *item.was) if name in workup.answers), None)


def _completed(protocol: Protocol, item: Item, answer: Answer, known: Answer | None) -> Answer:
    if known is None:
        return answer
    kept = replace(answer, note=answer.note or known.note, extra=known.extra)
    if not _same_value(protocol, item, answer, known):
        return kept
    days = {name: getattr(answer, name) or getattr(known, name) for name in ("collected", "since")}
    return replace(kept, value=known.value, **days)


def _standing(protocol: Protocol, item: Item, answer: Answer, known: Answer | None) -> Standing:
    if known is None or known.state is State.REJECTED:
        return Standing.ADDS
    same = _same_value(protocol, item, answer, known)
    if same and _said_beside(answer) == _said_beside(known):
        return Standing.AGREES
    settled = protocol.reader.read(item, known).value is not None
    return Standing.REPLACES if settled and not (same and _only_adds(answer, known)) else Standing.ADDS


def _same_value(protocol: Protocol, item: Item, one: Answer, other: Answer) -> bool:
    if one.state is not other.state:
        return False
    if item.kind == "medications":
        return _lines(one) == _lines(other)
    read = protocol.reader.read
    return read(item, one).value == read(item, other).value


def _lines(answer: Answer) -> object:
    given = answer.value if isinstance(answer.value, (list, tuple)) else ()
    return [{"name": line} if isinstance(line, str) else line for line in given]


def _said_beside(answer: Answer) -> tuple[str, ...]:
    """What stands beside the value, with one kind of line break."""
    return tuple(" ".join(text.split()) for text in (answer.collected, answer.since, answer.note))


def _only_adds(answer: Answer, known: Answer) -> bool:
    """Whether what stands beside the value was empty before wherever it differs."""
    pairs = zip(_said_beside(known), _said_beside(answer), strict=True)
    return all(before in ("", after) for before, after in pairs)


def in_words(protocol: Protocol, item: Item, answer: Answer | None) -> str:
    """An answer whole, on one line: value or state, day and note; empty for none."""
    if answer is None:
        return ""
    say = protocol.wording.say
    parts = [_value_in_words(protocol, item, answer)]
    if answer.collected:
        parts.append(say("taken {date}", date=shown_date(answer.collected)))
    if answer.note:
        parts.append(f"({' '.join(visible(answer.note, keep=chr(10)).split())})")
    return " ".join(part for part in parts if part)


def _value_in_words(protocol: Protocol, item: Item, answer: Answer) -> str:
    if answer.state not in (State.ANSWERED, State.REJECTED):
        return spoken(protocol.wording, answer.state, answer.since)
    if item.kind == "medications" and isinstance(answer.value, (list, tuple)):
        lines = (_line_in_words(protocol, line) for line in answer.value)
        return "; ".join(lines) or protocol.wording.say("No medicines.")
    value = protocol.reader.read(item, answer).value
    said = shown(value, protocol, item.id)
    return " ".join(visible(said or str(answer.value or answer.typed), keep="\n").split())


_LASTED = {"years": word("{count} years"), "months": word("{count} months"), "weeks": word("{count} weeks")}


def _line_in_words(protocol: Protocol, line: object) -> str:
    say = protocol.wording.say
    given = line if isinstance(line, dict) else {"name": line}
    said = [str(given[part]) for part in ("name", "dose", "route") if given.get(part)]
    said += [say(words, count=given[span]) for span, words in _LASTED.items() if given.get(span)]
    if given.get("current") in (False, "no"):
        ago = given.get("weeks_ago")
        said.append(say("stopped {count} weeks ago", count=ago) if ago else say("no longer taken"))
    if given.get("over_the_counter") in (True, "yes"):
        said.append(say("over the counter"))
    if given.get("note"):
        said.append(f"({given['note']})")
    return " ".join(visible(", ".join(said), keep="\n").split())


def taken(workup: Workup, lines: Iterable[ReviewLine]) -> Workup:
    """A copy of the work-up with the answers of these lines."""
    for line in lines:
        for former in line.item.was:
            workup = workup.answered(former, None)
        workup = workup.answered(line.item.id, line.answer)
    return workup
