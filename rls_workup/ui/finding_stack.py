"""Findings as cards below each other; a card stays while it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.finding import Finding
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.replies import Replied
from rls_workup.ui import theme
from rls_workup.ui.column import Column
from rls_workup.ui.finding_card import Begun, FindingCard

Key = tuple[str, str, str]


class FindingStack(Column):
    """Cards of one kind. `replied` gives a finding, the stance towards it and the reason."""

    jump = Signal(str)
    replied = Signal(object, object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(theme.current.px(10), parent=parent)
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._protocol: Protocol | None = None
        self._open = True
        self.cards: list[FindingCard] = []

    def begin(self, protocol: Protocol | None) -> None:
        """No card, for work-ups of this protocol."""
        self._protocol = protocol
        self._gap = theme.current.px(10)
        self._put([])

    def show_findings(self, assessment: Assessment, findings: Sequence[Finding]) -> list[Finding]:
        """These findings; returns the ones that were not there before."""
        told = [(finding, assessment.replied(finding)) for finding in findings]
        if self._protocol is None or [(card.finding, card.told) for card in self.cards] == told:
            return []
        known = {key_of(card.finding): card for card in self.cards}
        self._put(
            [
                self._card(self._protocol, known.get(key_of(finding)), finding, reply)
                for finding, reply in told
            ]
        )
        return [finding for finding in findings if key_of(finding) not in known]

    def _card(
        self, protocol: Protocol, old: FindingCard | None, finding: Finding, told: Replied | None
    ) -> FindingCard:
        if old is not None and (old.finding, old.told) == (finding, told):
            return old
        card = FindingCard(protocol, finding, told, self)
        card.jump.connect(self.jump)
        card.replied.connect(partial(self._reply, card))
        card.allow_replies(self._open)
        if old is not None:
            begun = old.being_written
            card.go_on(begun if old.told == told else begun._replace(reason=None))
        return card

    def being_written(self) -> dict[Key, Begun]:
        """What is open or begun on the cards."""
        begun = {key_of(card.finding): card.being_written for card in self.cards}
        return {key: what for key, what in begun.items() if what != Begun()}

    def go_on(self, begun: dict[Key, Begun]) -> None:
        """Go on with it on the cards that say the same."""
        for card in self.cards:
            if what := begun.get(key_of(card.finding)):
                card.go_on(what)

    def _reply(self, card: FindingCard, stance: object, reason: str) -> None:
        self.replied.emit(card.finding, stance, reason)

    def _put(self, cards: list[FindingCard]) -> None:
        self.cards = cards
        self.put(cards)
        for before, after in pairwise(link for card in cards for link in card.links):
            QWidget.setTabOrder(before, after)

    def allow_replies(self, allowed: bool) -> None:
        """Whether the findings can be accepted and set aside now."""
        if allowed != self._open:
            self._open = allowed
            for card in self.cards:
                card.allow_replies(allowed)

    def place_of(self, finding: Finding) -> int:
        """Where the card of a finding stands, from 0; -1 where it is not here."""
        keys = [key_of(card.finding) for card in self.cards]
        return keys.index(key_of(finding)) if key_of(finding) in keys else -1

    def holds(self, finding: Finding) -> bool:
        """Whether a finding has its card here."""
        return self.place_of(finding) >= 0

    def take_focus(self, finding: Finding, place: int) -> bool:
        """The focus goes to a finding's card, else to the one that now stands in its place."""
        if not self.cards:
            return False
        here = self.place_of(finding)
        self.cards[here if here >= 0 else min(place, len(self.cards) - 1)].why_button.setFocus()
        return True


def key_of(finding: Finding) -> Key:
    """Which finding it is, also when its values change: rule, item, and the line of a list."""
    return finding.id, finding.item, finding.line
