"""What the answers amount to, most urgent first, beside the form; only what changed is drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.finding import Finding
from rls_workup.domain.protocol import Protocol
from rls_workup.ui import theme
from rls_workup.ui.finding_card import FindingCard
from rls_workup.ui.plain import one_line, plain_label
from rls_workup.ui.wrapped import WrappedLabel

Jump = Callable[[str], None]


class FindingsPanel(QWidget):
    """Alerts and cautions as cards; notes behind one button, built when they are looked at."""

    jump = Signal(str)
    alerted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName("Findings")
        self._protocol: Protocol | None = None
        self._urgent, self._notes = _Stack(self), _Stack(self)
        self._noted: tuple[Finding, ...] = ()
        self._empty = WrappedLabel("Nothing yet. Findings appear here as answers are given.", "hint")
        self._more = QPushButton()
        self._more.setProperty("role", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(10))
        for part in (plain_label("FINDINGS", "overline"), self._empty, self._urgent, self._more, self._notes):
            column.addWidget(part)
        self._notes.hide()

    def show_protocol(self, protocol: Protocol | None) -> None:
        """Begin again with no finding."""
        self._protocol = protocol
        self._noted = ()
        self._urgent.clear()
        self._notes.clear()
        self._more.setChecked(False)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """These findings, in this order."""
        if self._protocol is None:
            return
        urgent = [finding for finding in findings if finding.placed != "note"]
        self._noted = tuple(finding for finding in findings if finding.placed == "note")
        for finding in self._urgent.show_cards(self._protocol, urgent, self.jump.emit):
            if finding.severity == "alert":
                self.alerted.emit(f"Alert: {one_line(finding.title)}")
        self._empty.setVisible(not findings)
        self._more.setVisible(bool(self._noted))
        self._name_more()
        if self._more.isChecked():
            self._notes.show_cards(self._protocol, self._noted, self.jump.emit)

    def _show_notes(self, wanted: bool) -> None:
        if wanted and self._protocol is not None:
            self._notes.show_cards(self._protocol, self._noted, self.jump.emit)
        self._notes.setVisible(wanted)
        self._name_more()

    def _name_more(self) -> None:
        count = len(self._noted)
        verb = "Hide" if self._more.isChecked() else "Show"
        self._more.setText(f"{verb} {count} note{'' if count == 1 else 's'}")


class _Stack(QWidget):
    """Cards below each other; a card whose finding is still the same stays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self._cards: list[FindingCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current.px(10))

    def clear(self) -> None:
        for card in self._cards:
            card.deleteLater()
        self._cards = []

    def show_cards(self, protocol: Protocol, findings: Sequence[Finding], jump: Jump) -> list[Finding]:
        """These findings; returns the ones that were not there before."""
        if [card.finding for card in self._cards] == list(findings):
            return []
        spare = {_key(card.finding): card for card in self._cards}
        fresh: list[Finding] = []
        cards: list[FindingCard] = []
        for finding in findings:
            card = spare.pop(_key(finding), None)
            if card is None or card.finding != finding:
                if card is None:
                    fresh.append(finding)
                card = self._replaced(protocol, finding, card, jump)
            cards.append(card)
        for gone in spare.values():
            self._column.removeWidget(gone)
            gone.deleteLater()
        self._put(cards)
        return fresh

    def _replaced(
        self, protocol: Protocol, finding: Finding, old: FindingCard | None, jump: Jump
    ) -> FindingCard:
        card = FindingCard(protocol, finding, self)
        card.jump.connect(jump)
        if old is not None:
            card.why_button.setChecked(old.why_button.isChecked())
            self._column.removeWidget(old)
            old.deleteLater()
        return card

    def _put(self, cards: list[FindingCard]) -> None:
        for place, card in enumerate(cards):
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
        self._cards = cards


def _key(finding: Finding) -> tuple[str, str, str]:
    """Which finding it is, also when its values change: rule, item, and the line of a list."""
    return finding.id, finding.item, finding.line
