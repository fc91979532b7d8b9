"""The cut-offs that a result is read against: those behind its flag, else the nearest on each side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.finding import cutoff_words
from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.report.reading import Sheet

_MARK = r"([0-9]+(?:\.[0-9]+)?) ([^\s|();,]+)"
_MARKS = re.compile(_MARK)


class ReadAgainst:
    """What one known result is read against."""

    def __init__(self, sheet: Sheet, item: Item, value: Quantity) -> None:
        self.sheet, self.item, self.value = sheet, item, value
        self.cutoffs = self._behind_the_flag() or self._nearest()

    def words(self) -> str:
        """`≤ 75 µg/L`; in the unit of the value where they are published in it."""
        shown = (
            cutoff_words(self.sheet.protocol, self.item.id, cutoff, self.value.unit)
            for cutoff in self.cutoffs
        )
        return _one_unit(list(dict.fromkeys(shown)))

    def conversions(self) -> list[str]:
        """The value in each other unit that a cut-off is published in, with what it was converted from."""
        published = dict.fromkeys(cutoff.mark_for(self.value.unit)[1] for cutoff in self.cutoffs)
        scales = self.item.scales
        mine = scales[self.value.unit]
        return [self._converted(unit) for unit in published if unit in scales and scales[unit] != mine]

    def _converted(self, unit: str) -> str:
        value, scales, shows = self.value, self.item.scales, self.sheet.protocol.shown_unit
        amount = scales[unit].from_first(scales[value.unit].to_first(value.amount))
        number = self.sheet.wording.number
        made = f"{value.comparator}{number(plain(amount, self.item.decimals))} {shows(unit)}"
        given = f"{value.comparator}{number(plain(value.amount))} {shows(value.unit)}"
        return self.sheet.say("= {made}, converted from {given}", made=made, given=given)

    def _behind_the_flag(self) -> list[Cutoff]:
        """The cut-offs in the clauses that the flagging finding rests on, terms of the protocol included."""
        about = self.sheet.assessment.findings_about(self.item.id)
        flagging = next((finding for finding in about if finding.flag), None)
        if flagging is None:
            return []
        said = [part.rule for part in flagging.because if part.item == self.item.id]
        terms = {term.says: term.means for term in self.sheet.protocol.terms.values() if term.says}
        clauses = [terms.get(clause, clause) for clause in said]
        found = [cutoff for clause in clauses for cutoff in _cutoffs_in(clause, self.item.id)]
        return [cutoff for cutoff in dict.fromkeys(found) if _is_on_the_side_of(flagging.flag, cutoff.op)]

    def _nearest(self) -> list[Cutoff]:
        """Of the cut-offs that mark this item for this patient, the highest low and the lowest high one."""
        marking = [
            (threshold.rule.flag or "", Cutoff(threshold.op, threshold.marks))
            for threshold in self.sheet.protocol.thresholds.get(self.item.id, ())
            if self._matters(threshold.rule.id)
        ] + self._through_terms()
        low = [cutoff for flag, cutoff in marking if "low" in flag and _is_on_the_side_of(flag, cutoff.op)]
        high = [cutoff for flag, cutoff in marking if "high" in flag and _is_on_the_side_of(flag, cutoff.op)]
        return [*sorted(low, key=self._amount)[-1:], *sorted(high, key=self._amount)[:1]]

    def _amount(self, cutoff: Cutoff) -> Fraction:
        amount, unit = cutoff.mark_for(self.value.unit)
        return self.item.scales[unit].to_first(amount) if unit in self.item.scales else Fraction(amount)

    def _through_terms(self) -> list[tuple[str, Cutoff]]:
        """The cut-offs of the terms that a marking rule names, such as one for each age and sex."""
        protocol, item = self.sheet.protocol, self.item.id
        marking = [rule for rule in protocol.rules.values() if rule.flag and rule.about == item]
        return [
            (rule.flag or "", cutoff)
            for rule in marking
            for term in protocol.steps[rule.id] & protocol.terms.keys()
            if self._matters(term)
            for cutoff in _cutoffs_in(protocol.terms[term].means, item)
        ]

    def _matters(self, rule: str) -> bool:
        """Whether a rule or term got as far as this item for this patient, or still may."""
        verdict = self.sheet.assessment.verdict(rule)
        return verdict.truth is None or any(item == self.item.id for item, _ in verdict.rested)


def _cutoffs_in(clause: str, item: str) -> Iterator[Cutoff]:
    """The cut-offs of an item in a rule's words, `ferritin <= 75 ng/mL`."""
    for found in re.finditer(rf"\b{item} (<=|>=|<|>) ({_MARK}(?: \| {_MARK})*)", clause):
        yield Cutoff(found[1], tuple((Decimal(amount), unit) for amount, unit in _MARKS.findall(found[2])))


def _is_on_the_side_of(flag: str, op: str) -> bool:
    """Below for a low flag, above for a high one; any side for the others."""
    below = op.startswith("<")
    return below if "low" in flag else not below if "high" in flag else True


def _one_unit(words: Sequence[str]) -> str:
    """`> 271; > 400 nmol/L`: a unit that all have is said once, at the end."""
    units = {word.split(" ", 2)[-1] for word in words}
    if len(words) < 2 or len(units) > 1:
        return "; ".join(words)
    unit = units.pop()
    return "; ".join(word.removesuffix(unit).strip() for word in words) + f" {unit}"
