"""What is said of one item on a paper: its value, unit, flag, threshold, date and remarks, as words."""

from __future__ import annotations

from collections.abc import Iterator

from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import State
from rls_workup.report.reading import Sheet, given_words
from rls_workup.report.thresholds import ReadAgainst

FLAGS = {"low": "L", "high": "H", "critical_low": "LL", "critical_high": "HH", "abnormal": "A"}
_UNFLAGGED = {"in_range": word("in range"), "normal": word("normal")}


class ItemWords:
    """The words of one item; every paper that shows a result takes them from here."""

    def __init__(self, sheet: Sheet, item: Item) -> None:
        self.sheet, self.item = sheet, item
        self.standing = sheet.standing(item.id)
        self.answer = sheet.answer(item)
        value = self.standing.value
        self._against = ReadAgainst(sheet, item, value) if isinstance(value, Quantity) else None

    @property
    def settled(self) -> bool:
        """Closed without a value."""
        return self.standing.state in (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)

    @property
    def flag(self) -> str:
        """`LL`, `L`, `H`, `HH`, `A`, or nothing."""
        return FLAGS.get(self.standing.flag, "") if self.standing.known else ""

    @property
    def threshold(self) -> str:
        return self._against.words() if self._against else ""

    def amount(self) -> tuple[str, str]:
        """The value and its unit."""
        value = self.standing.value
        unit = self.sheet.protocol.shown_unit(value.unit) if isinstance(value, Quantity) else ""
        return self.sheet.value(self.item.id).removesuffix(unit).strip(), unit

    def state(self) -> str:
        """What the flag means, or the state of an item that has no value."""
        standing = self.standing
        if standing.rejected:
            return self.sheet.say("not accepted")
        if standing.known:
            return standing.flag_says or self.sheet.say(_UNFLAGGED.get(standing.flag, ""))
        return self.sheet.spoken(standing.state)

    def taken(self) -> str:
        """When the sample was taken, or since when it is awaited."""
        if self.standing.awaited and self.standing.since:
            return self.sheet.say("since {date}", date=shown_date(self.standing.since))
        if self.standing.collected:
            return shown_date(self.standing.collected)
        return "" if self.standing.computed or not self.standing.known else self.sheet.say("no date")

    def remark(self) -> str:
        """How it was worked out or converted, doubts, the note, where it comes from."""
        parts = list(self._remarks())
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts)

    def _remarks(self) -> Iterator[str]:
        if self.answer and self.standing.rejected:
            typed = self.sheet.say("As typed: “{given}”.", given=given_words(self.answer))
            yield f"{typed} {self.standing.rejected}"
        if self.standing.computed:
            yield self.sheet.say("Worked out: {how}", how=self.standing.computed)
        if self._against:
            yield from self._against.conversions()
        if self.standing.warning:
            yield self.standing.warning
        if self.answer and self.answer.note:
            yield self.answer.note
        if self.answer and self.answer.source:
            yield self.sheet.say("From {source}", source=self.answer.source)
