"""What a work-up says, as the rule language asks it: typed values first, else worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from rls_workup.domain.conditions import Value, Verdict, judge
from rls_workup.domain.dates import age_on, iso_date
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.protocol import DAY, Protocol
from rls_workup.domain.reading import Reading
from rls_workup.domain.reckoning import Reckoning
from rls_workup.domain.workup import Answer, State, Workup

NOTHING = Reading()


class WorkupFacts:
    """The answers of one work-up, read once; terms and rules, judged once.

    `before`: the facts of the work-up before an edit. What rests on no changed answer is taken over from
    them; `changed` names the items that differ, `stale` all the terms, rules and computed items judged anew.
    """

    def __init__(
        self, protocol: Protocol, workup: Workup, today: date, before: WorkupFacts | None = None
    ) -> None:
        self.protocol = protocol
        self.workup, self.today = workup, today
        self.day = workup.visit or today
        self.answers: dict[str, Answer] = {}
        self.doubled: dict[str, str] = {}
        self.unknown_items = self._file_answers()
        read, answers = protocol.reader.read, self.answers
        self.readings = {
            item: read(known, answers[item]) for item, known in protocol.items.items() if item in answers
        }
        answered = State.ANSWERED  # most are, and a state takes long to look up
        open_ones = (pair for pair in self.answers.items() if pair[1].state is not answered)
        self.awaited = frozenset(item for item, answer in open_ones if answer.state.awaited)
        self.given = self._given()
        self.raw: Reckoning
        self._judge(before if before is not None and before.protocol is protocol else None)

    def _judge(self, before: WorkupFacts | None) -> None:
        """Work out all that the answers amount to; those that contradict each other do not count."""
        protocol, changed = self.protocol, self._differing_from(before) if before else ()
        raw = Reckoning(protocol, self.given, self.awaited, (), before.raw if before else None, changed)
        rules = (rule for rule in protocol.rejecting if raw.truths[rule.id])
        self.rejected_by = {
            item: rule.id for rule in rules for item in rule.rejects if raw.values[item] is not None
        }
        rejected = self.rejected_by.keys()
        final = Reckoning(protocol, self.given, self.awaited, rejected, raw, rejected) if rejected else raw
        self.raw, self.values, self.truths, self.worked_out = (
            raw,
            final.values,
            final.truths,
            final.worked_out,
        )
        turned = {item for item, _ in self.rejected_by.items() ^ before.rejected_by.items()} if before else ()
        self.changed: Collection[str] = {*changed, *turned} if before else protocol.items.keys()
        self.stale: Collection[str] = protocol.resting_on(self.changed) if before else protocol.steps.keys()
        earlier: Mapping[str, Verdict] = before._verdicts if before else {}
        self._verdicts: dict[str, Verdict] = {
            name: told for name, told in earlier.items() if name not in self.stale
        }

    def _differing_from(self, before: WorkupFacts) -> set[str]:
        names = self.answers.keys() | before.answers.keys()
        changed = {item for item in names if self.answers.get(item) is not before.answers.get(item)}
        facts = {fact for fact in self.protocol.facts if self.given[fact] != before.given[fact]}
        return changed | facts | ({DAY} if self.day != before.day else set())

    def _file_answers(self) -> tuple[str, ...]:
        """Each answer under its item's present id; returns the ids that no item has."""
        given, items = self.workup.answers, self.protocol.items
        self.answers.update((item, answer) for item, answer in given.items() if item in items)
        others = {item: self.protocol.renamed.get(item, "") for item in given if item not in items}
        for former, item in others.items():
            if item and self.answers.setdefault(item, given[former]) != given[former]:
                self.doubled[item] = former
        return tuple(former for former, item in others.items() if not item)

    def _given(self) -> dict[str, Value | None]:
        """Every item and fact of the patient, with its value as given or None."""
        given: dict[str, Value | None] = dict.fromkeys((*self.protocol.items, *self.protocol.facts))
        given.update((item, reading.value) for item, reading in self.readings.items())
        given.update(self._patient_facts())
        return given

    def _patient_facts(self) -> Mapping[str, Value]:
        facts: dict[str, Value] = {}
        patient = self.workup.patient
        if sex := patient.known_sex:
            facts["sex"] = sex
        born = patient.born
        age = age_on(born, self.day) if born else None
        if age is not None and self._can_be_an_age(age[0]):
            facts["age"], facts["age_months"] = Decimal(age[0]), Decimal(age[1])
        elif isinstance(years := self.readings.get("age_years", NOTHING).value, Decimal):
            facts["age"] = years
        return facts

    def _can_be_an_age(self, years: int) -> bool:
        limits = self.protocol.age_limits
        return limits is None or years <= limits.highest

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The medicines lists that were given."""
        return tuple(item for item, reading in self.readings.items() if isinstance(reading.value, tuple))

    def lines_of(self, item: str) -> tuple[TakenDrug, ...]:
        """The lines of one medicines list."""
        value = self.readings[item].value
        lines = value if isinstance(value, tuple) else ()
        return tuple(line for line in lines if isinstance(line, TakenDrug))

    @cached_property
    def lines(self) -> tuple[TakenDrug, ...]:
        """The lines of every medicines list."""
        return tuple(line for item in self.lists for line in self.lines_of(item))

    def contradiction(self, item: str) -> str:
        """Why a value that could be read does not count; empty where it does."""
        return self.protocol.rules[self.rejected_by[item]].says if item in self.rejected_by else ""

    def how(self, item: str) -> str:
        """How the value in use was worked out; empty where it was typed, or is none."""
        if item not in self.worked_out or self.given[item] is not None or self.values[item] is None:
            return ""
        return self.worked_out[item][1]

    @cached_property
    def checked(self) -> set[str]:
        """The answered items with more to check than the reading: days, doubles, contradictions."""
        dated = (item for item, answer in self.answers.items() if answer.collected or answer.extra)
        return {*dated, *self.rejected_by, *self.doubled}

    def day_trouble(self, item: str) -> str:
        """What is wrong with the day on which a sample was taken; empty where nothing is."""
        answer = self.answers[item]
        given = answer.extra.get("collected", answer.collected)
        if not given:
            return ""
        say = self.protocol.wording.say
        day = iso_date(given) if isinstance(given, str) else None
        if day is None:
            return say("the day of the sample is no date of the form 2026-11-20.")
        if day > self.today:
            return say("the day of the sample lies in the future. Is it right?")
        born = self.workup.patient.born
        if born and day < born:
            return say("the day of the sample lies before the birth. Is it right?")
        return ""

    def verdict(self, name: str) -> Verdict:
        """Whether a term or rule holds, what that rested on, and what it waits for."""
        known = self._verdicts.get(name)
        if known is None:
            condition = self.protocol.conditions[name]
            known = self._verdicts[name] = self._in_words(name, judge(condition, self, self.truths[name]))
        return known

    def _in_words(self, name: str, verdict: Verdict) -> Verdict:
        """A term that has words of its own is shown with these."""
        term = self.protocol.terms.get(name)
        if term is None or not term.says:
            return verdict
        return verdict._replace(rested=tuple(dict.fromkeys((item, term.says) for item, _ in verdict.rested)))
