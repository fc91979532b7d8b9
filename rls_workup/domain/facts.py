"""What a work-up says, as the rule language asks it: typed values first, else worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rls_workup.domain.conditions import Cutoff, Truth, Value, Verdict, judge
from rls_workup.domain.dates import age_on, iso_date
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.protocol import Protocol, Worked
from rls_workup.domain.quantity import Quantity, decimal_of
from rls_workup.domain.reading import Reading
from rls_workup.domain.workup import Answer, Workup

NOTHING = Reading()


class WorkupFacts:
    """The answers of one work-up, read once; verdicts of terms and rules, judged once."""

    def __init__(self, protocol: Protocol, workup: Workup, today: date) -> None:
        self.protocol = protocol
        self.workup, self.today = workup, today
        self.answers: dict[str, Answer] = {}
        self.unknown_items = tuple(item for item in workup.answers if not self._file_under_its_id(item))
        self.readings = {
            item: protocol.reader.read(known, self.answers[item])
            for item, known in protocol.items.items()
            if item in self.answers
        }
        values = {item: reading.value for item, reading in self.readings.items() if reading.value is not None}
        self._values: dict[str, Value | None] = {**values, **self._patient_facts(workup, today)}
        self.compared: dict[str, list[Cutoff]] = {}
        self._truths: dict[str, Truth] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._worked: dict[str, tuple[Value | None, str]] = {}
        self.rejected_by = self._reject_contradictions()

    def _reject_contradictions(self) -> dict[str, str]:
        """Items that contradict each other do not count: the rule that rejects each."""
        rules = [rule for rule in self.protocol.rules.values() if rule.rejects and self.truth(rule.id)]
        rejected = {item: rule.id for rule in rules for item in rule.rejects if item in self._values}
        if rejected:
            for item in rejected:
                self._values[item] = None
            self._truths.clear()
            self._verdicts.clear()
            self._worked.clear()
            self.compared.clear()
        return rejected

    def _file_under_its_id(self, item: str) -> bool:
        now = self.protocol.renamed.get(item, item)
        if now not in self.protocol.items:
            return False
        if item == now or now not in self.workup.answers:
            self.answers[now] = self.workup.answers[item]
        return True

    def _patient_facts(self, workup: Workup, today: date) -> Mapping[str, Value]:
        facts: dict[str, Value] = {}
        if sex := workup.patient.known_sex:
            facts["sex"] = sex
        born = workup.patient.born
        age = age_on(born, workup.visit or today) if born else None
        if age is not None and self._can_be_an_age(age[0]):
            facts["age"], facts["age_months"] = Decimal(age[0]), Decimal(age[1])
        elif isinstance(years := self.readings.get("age_years", NOTHING).value, Decimal):
            facts["age"] = years
        return facts

    def _can_be_an_age(self, years: int) -> bool:
        limits = self.protocol.age_limits
        return limits is None or years <= limits.highest

    @property
    def lines(self) -> tuple[TakenDrug, ...]:
        """The lines of every medicines list."""
        lists = (reading.value for reading in self.readings.values() if isinstance(reading.value, tuple))
        return tuple(line for lines in lists for line in lines if isinstance(line, TakenDrug))

    def value(self, name: str) -> Value | None:
        """The value of an item or of a fact of the patient; None where it is not known."""
        if name in self._values:
            return self._values[name]
        value = self._values[name] = self.worked_out(name) if name in self.protocol.computed else None
        return value

    def worked_out(self, name: str) -> Value | None:
        """The computed value of an item, also where another one was typed."""
        return self._working(name)[0]

    def how(self, name: str) -> str:
        """How a computed value was worked out, in words."""
        return self._working(name)[1]

    def _working(self, name: str) -> tuple[Value | None, str]:
        if name not in self._worked:
            self._worked[name] = self._work_out(name)
        return self._worked[name]

    def _work_out(self, name: str) -> tuple[Value | None, str]:
        for way in self.protocol.computed.get(name, ()):
            if way.when is None or way.when.holds(self, None) is True:
                value = self._amount(way)
                if value is not None:
                    return value, way.how.says or way.how.gives
        return None, ""

    def _amount(self, way: Worked) -> Value | None:
        number = way.amount.number(self, None)
        if number is None:
            return None
        exact = decimal_of(number)
        return Quantity(exact, way.how.unit) if way.how.unit else exact

    def contradiction(self, item: str) -> str:
        """Why a value that could be read does not count; empty where it does."""
        return self.protocol.rules[self.rejected_by[item]].says if item in self.rejected_by else ""

    def worked_how(self, name: str) -> str:
        """How the value in use was worked out; empty where it was typed, or is none."""
        reading = self.readings.get(name, NOTHING)
        if reading.value is not None or self.value(name) is None:
            return ""
        return self.how(name)

    def day_trouble(self, item: str) -> str:
        """What is wrong with the day on which a sample was taken; empty where nothing is."""
        answer, born = self.answers[item], self.workup.patient.born
        given = answer.extra.get("collected", answer.collected)
        if not given:
            return ""
        day = iso_date(given) if isinstance(given, str) else None
        if day is None:
            return "the day of the sample is no date of the form 2026-11-20."
        if day > self.today:
            return "the day of the sample lies in the future. Is it right?"
        return "the day of the sample lies before the birth. Is it right?" if born and day < born else ""

    def awaited(self, name: str) -> bool:
        """Whether the item is ordered, sampled or pending."""
        answer = self.answers.get(name)
        return answer is not None and answer.state.awaited

    def truth(self, name: str) -> Truth:
        """Whether a term or rule holds."""
        if name in self._truths:
            return self._truths[name]
        truth = self._truths[name] = self.protocol.conditions[name].holds(self, None)
        return truth

    def verdict(self, name: str) -> Verdict:
        """Whether a term or rule holds, what that rested on, and what it waits for."""
        if name not in self._verdicts:
            self._verdicts[name] = self._in_words(name, judge(self.protocol.conditions[name], self))
        return self._verdicts[name]

    def _in_words(self, name: str, verdict: Verdict) -> Verdict:
        """A term that has words of its own is shown with these."""
        term = self.protocol.terms.get(name)
        if term is None or not term.says:
            return verdict
        return replace(verdict, rested=tuple(dict.fromkeys((item, term.says) for item, _ in verdict.rested)))

    def saw(self, item: str, cutoff: Cutoff) -> None:
        """Note a cut-off that the item was held against, for “at threshold”."""
        self.compared.setdefault(item, []).append(cutoff)
