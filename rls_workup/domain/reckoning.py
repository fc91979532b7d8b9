"""Every computed item, term and rule worked out from the values given, each once and in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rls_workup.domain.conditions import Truth, Value
from rls_workup.domain.protocol import Protocol, Worked
from rls_workup.domain.quantity import Quantity, decimal_of


class Reckoning:
    """What the values given amount to. `rejected` items have no value, computed or not.

    From the reckoning `before` only what rests on the `changed` items is worked out again.
    """

    def __init__(
        self,
        protocol: Protocol,
        given: Mapping[str, Value | None],
        awaited: Collection[str],
        rejected: Collection[str] = (),
        before: Reckoning | None = None,
        changed: Collection[str] = (),
    ) -> None:
        self.protocol, self.awaited = protocol, awaited
        self.values = {**given, **dict.fromkeys(rejected)}
        self.truths: dict[str, Truth] = dict(before.truths) if before else {}
        self.worked_out: dict[str, tuple[Value | None, str]] = dict(before.worked_out) if before else {}
        stale = protocol.resting_on(changed) if before else protocol.steps
        for item in self.worked_out.keys() - stale:
            self._take(item, rejected)
        for name, holds in protocol.questions:
            if name in stale:
                if holds:
                    self.truths[name] = holds(self)
                else:
                    self._work_out(name, rejected)

    def _take(self, item: str, rejected: Collection[str]) -> None:
        """A computed value counts where no other was typed."""
        if self.values[item] is None and item not in rejected:
            self.values[item] = self.worked_out[item][0]

    def _work_out(self, item: str, rejected: Collection[str]) -> None:
        ways = (way for way in self.protocol.computed[item] if way.when is None or way.when.holds(self))
        found = (
            (value, way.how.says or way.how.gives)
            for way in ways
            if (value := self._amount(way)) is not None  # a total of 0 is a value
        )
        self.worked_out[item] = next(found, (None, ""))
        self._take(item, rejected)

    def _amount(self, way: Worked) -> Value | None:
        number = way.amount.number(self)
        if number is None:
            return None
        exact = decimal_of(number)
        return Quantity(exact, way.how.unit) if way.how.unit else exact
