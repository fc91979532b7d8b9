"""Results beside a work-up: which would be new, which differ, which of several counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rls_workup.domain.dates import iso_date
from rls_workup.domain.lab_names import name_key
from rls_workup.domain.operands import choices_of
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import Proposal, ReviewLine, Standing, answer_to, compared
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Answer, Workup
from rls_workup.exchange.results import Laboratory, Report, Result


@dataclass(frozen=True, slots=True)
class Review:
    """The review table. `unknown`: results of tests that nobody asks for here; `unread`: other lines."""

    lines: tuple[ReviewLine, ...]
    unknown: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def clean(self) -> list[ReviewLine]:
        """The lines against which nothing speaks: new, final, dated, understood, one of a test."""
        return [line for line in self.lines if line.sure]


def reviewed(laboratory: Laboratory, workup: Workup, report: Report, source: str) -> Review:
    """Every result beside what the work-up has. `source` is kept with each answer, and the place in it."""
    work = _Work(laboratory, workup, source)
    by_item: dict[str, list[Result]] = {}
    for result in report.results:
        by_item.setdefault(result.item, []).append(result)
    unknown = tuple(f"{result.where}: {_whole(result)}" for result in by_item.pop("", []))
    ordered = [item for item in laboratory.protocol.items if item in by_item]
    lines = tuple(line for item in ordered for line in work.lines(by_item[item]))
    return Review(lines, unknown, report.unread)


class _Work:
    """The results of one test after the other, beside the work-up's answer."""

    def __init__(self, laboratory: Laboratory, workup: Workup, source: str) -> None:
        self.laboratory, self.workup, self.source = laboratory, workup, source
        self.protocol, self.say = laboratory.protocol, laboratory.say

    def lines(self, results: Sequence[Result]) -> Iterator[ReviewLine]:
        """A line for each result, the newest first; what is said twice in the same words stands once."""
        once = {self._said(result): result for result in reversed(results)}
        found = [(result, self._line(result)) for result in reversed(once.values())]
        found.sort(key=lambda pair: pair[0].day, reverse=True)
        readable = [result for result, line in found if line.standing is not Standing.UNREAD]
        for result, line in found:
            yield self._beside_the_others(result, line, readable, [other for other, _ in found])

    def _said(self, result: Result) -> object:
        """What makes two results the same one, sent twice."""
        unit = self.laboratory.unit_of(result.unit) or result.unit
        if result.problem:
            return result.where, result.given, result.problem
        return str(result.value), result.comparator, unit, result.day, result.remarks

    def _beside_the_others(
        self, result: Result, line: ReviewLine, readable: Sequence[Result], all_of_them: Sequence[Result]
    ) -> ReviewLine:
        if not line.can_be_taken:
            return line
        others = [other for other in readable if other is not result]
        if any(not other.day for other in others) or (others and not result.day):
            return _doubted(
                line, Standing.SEVERAL, self.say("Which of several results is the newest cannot be told.")
            )
        if any(other.day == result.day for other in others):
            return _doubted(line, Standing.SEVERAL, self.say("There are two results of one day."))
        if any(other.day > result.day for other in others):
            return _doubted(line, Standing.OLDER, self.say("There is a newer result."))
        unreadable = [other for other in all_of_them if other not in readable]
        if any(other.day > result.day or (other.day == result.day and other.final) for other in unreadable):
            return _doubted(
                line, line.standing, self.say("There is another result, not older, that cannot be taken.")
            )
        return line

    def _line(self, result: Result) -> ReviewLine:
        item = self.protocol.items[result.item]
        if not result.problem and not result.day:
            result = result.remarked(self.say("Nothing says when the sample was taken."))
        trouble = result.problem or self._wrong_day(result) or self._no_unit(item, result)
        answer = None if trouble else self._answer(item, result)
        proposal = Proposal(item.id, _whole(result), answer, trouble)
        line = compared(self.protocol, self.workup, proposal)
        remarks = [*result.remarks, *self._about_the_day(item, result)] if line.can_be_taken else []
        problem = " ".join(filter(None, (line.problem, *remarks)))
        return replace(line, problem=problem, where=result.where, marks=_marks(result))

    def _answer(self, item: Item, result: Result) -> Answer:
        source = f"{self.source}, {result.where}"
        if item.kind == "text":
            whole = f"{result.comparator}{result.value} {result.unit}".strip()
            return Answer(whole, collected=result.day, source=source)
        if item.kind == "choice":
            chosen = {name_key(choice.shows): choice.id for choice in item.choices}
            chosen |= {name_key(name): name for name in choices_of(item)}
            return Answer(
                chosen.get(name_key(str(result.value)), result.value), collected=result.day, source=source
            )
        answer = Answer(result.value, unit=result.unit, comparator=result.comparator, collected=result.day)
        reading = self.protocol.reader.read(item, answer)
        if isinstance(reading.value, Quantity):
            amount = reading.value
            answer = replace(answer, value=amount.amount, unit=amount.unit, comparator=amount.comparator)
        return replace(answer, source=source)

    def _wrong_day(self, result: Result) -> str:
        day, born = iso_date(result.day), self.workup.patient.born
        if day is None:
            return ""
        if day > self.laboratory.today:
            return self.say("{date} lies in the future. Check the date.", date=shown_date(result.day))
        if born is not None and day < born:
            return self.say("{date} lies before the date of birth.", date=shown_date(result.day))
        return ""

    def _no_unit(self, item: Item, result: Result) -> str:
        """A sentence where a result that is kept as text is a bare number."""
        bare = item.kind == "text" and not result.unit and not any(map(str.isalpha, str(result.value)))
        return self.say("It has no unit.") if bare else ""

    def _about_the_day(self, item: Item, result: Result) -> Iterator[str]:
        day, visit = iso_date(result.day), self.workup.visit
        if day is not None and visit is not None and day < visit:
            yield self.say("The sample was taken before the visit.")
        known = answer_to(self.workup, item)
        if known is not None and result.day and known.collected > result.day:
            yield self.say("The answer here is of {date}, which is newer.", date=shown_date(known.collected))


def _whole(result: Result) -> str:
    """What stands there, with the name of the test."""
    return result.given if result.test in result.given else f"{result.test}: {result.given}".rstrip(": ")


def _doubted(line: ReviewLine, standing: Standing, sentence: str) -> ReviewLine:
    return replace(line, standing=standing, problem=f"{sentence} {line.problem}".strip())


def _marks(result: Result) -> str:
    return ", ".join(part for part in (result.flag, result.reference) if part)


def results_awaited(before: Workup, lines: Iterable[ReviewLine]) -> tuple[list[Item], int]:
    """The awaited tests that were answered by these lines, and how many were awaited before."""
    awaited = {name for name, answer in before.answers.items() if answer.state.awaited}
    came = [line.item for line in lines if awaited & {line.item.id, *line.item.was}]
    return came, len(awaited)
