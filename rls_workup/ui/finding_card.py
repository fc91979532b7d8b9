"""One finding: what it says, why, and on what source; each look is one click away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.leading import reading_words
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.reasons import Because
from rls_workup.domain.rule_words import in_words
from rls_workup.ui import icons, theme
from rls_workup.ui.plain import one_line, plain_label, restyle
from rls_workup.ui.wrapped import WrappedLabel

LOOKS = {
    "alert": ("octagon-alert", "critical", "Alert"),
    "caution": ("triangle-alert", "warn", "Caution"),
    "note": ("info", "note", "Note"),
}
_EVIDENCE = {
    "R": "Read in the primary text.",
    "S": "Seen in a secondary source: source to be confirmed locally.",
    "G": "From general knowledge: source to be confirmed locally.",
    "E": "Proposal of this program, built on the sources above.",
}


class FindingCard(QFrame):
    """Title and explanation; “Why” opens the inputs, the rule in words and the sources."""

    jump = Signal(str)

    def __init__(self, protocol: Protocol, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "finding")
        self.finding = finding
        self._protocol = protocol
        sign, tone, word = LOOKS[finding.severity]
        restyle(self, tone=tone)
        self._why: QWidget | None = None
        self._body = QVBoxLayout(self)
        px = theme.current.px
        self._body.setContentsMargins(px(12), px(8), px(10), px(8))
        self._body.setSpacing(px(4))
        self._body.addLayout(self._head(sign, "accent" if tone == "note" else tone, finding.title))
        self._body.addWidget(WrappedLabel(finding.explanation))
        self._body.addWidget(WrappedLabel(_sources(protocol, finding), "hint"))
        self._body.addLayout(self._links())
        self.setAccessibleName(f"{word}: {one_line(finding.title)}")
        self.setAccessibleDescription(one_line(finding.explanation))

    def _head(self, sign: str, colour: str, title: str) -> QHBoxLayout:
        mark = plain_label()
        mark.setPixmap(icons.pixmap(sign, colour, 1.2, self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(theme.current.px(8))
        head.addWidget(mark)
        head.addWidget(WrappedLabel(title, "label"), 1)
        return head

    def _links(self) -> QHBoxLayout:
        links = QHBoxLayout()
        self.why_button = _link("Why")
        self.why_button.setCheckable(True)
        self.why_button.setAccessibleName(f"Why: {one_line(self.finding.title)}")
        self.why_button.toggled.connect(self._show_why)
        links.addWidget(self.why_button)
        if self.finding.item in self._protocol.items:
            jump = _link("Go to field")
            jump.setAccessibleName(f"Go to {self._protocol.label(self.finding.item)}")
            jump.clicked.connect(partial(self._jump, self.finding.item))
            links.addWidget(jump)
        links.addStretch(1)
        return links

    def _jump(self, item: str, _checked: bool = False) -> None:
        self.jump.emit(item)

    def _show_why(self, wanted: bool) -> None:
        if self._why is None:
            self._why = self._reasons()
            self._body.addWidget(self._why)
        self._why.setVisible(wanted)

    def _reasons(self) -> QWidget:
        reasons = QWidget()
        column = QVBoxLayout(reasons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(4))
        for because in self.finding.because:
            column.addWidget(WrappedLabel(because_words(self._protocol, because), "hint"))
        for source in self.finding.sources:
            known = self._protocol.sources[source]
            column.addWidget(WrappedLabel(f"[{source}] {known.cite}", "hint"))
        column.addWidget(WrappedLabel(_EVIDENCE[self.finding.evidence], "hint"))
        return reasons


def because_words(protocol: Protocol, because: Because) -> str:
    """`Ferritin 38 µg/L – rule: Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""
    value = shown(because.value, protocol, because.item) or "not known"
    how = f" ({because.how})" if because.how else ""
    return f"{protocol.label(because.item)}: {value}{how} – rule: {in_words(protocol, because.rule)}"


def _sources(protocol: Protocol, finding: Finding) -> str:
    if finding.id not in protocol.rules:
        return ""  # about the input itself: no source is needed to doubt a typing slip
    names = " · ".join(dict.fromkeys(protocol.cite(source) for source in finding.sources if source != "E"))
    parts = [names or "Proposal of this program"]
    if finding.evidence in ("S", "G"):
        parts.append("source to be confirmed locally")
    if reading := reading_words(protocol, finding):
        parts.append(reading)
    if finding.disputed:
        parts.append(f"Sources disagree: {finding.dispute}" if finding.dispute else "Sources disagree")
    return " · ".join(parts)


def _link(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link")
    return button
