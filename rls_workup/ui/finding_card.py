"""One finding: what it says, why, on what source, and what the clinician said to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.leading import reading_words
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.reasons import Because
from rls_workup.domain.replies import Replied, reply_words, takes_reply
from rls_workup.domain.reply import Stance
from rls_workup.domain.rule_words import in_words
from rls_workup.domain.wording import word
from rls_workup.ui import icons, theme
from rls_workup.ui.column import Column
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import one_line, restyle
from rls_workup.ui.reason_line import ReasonLine
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

LOOKS = {
    "alert": ("octagon-alert", "critical", word("Alert")),
    "caution": ("triangle-alert", "warn", word("Caution")),
    "note": ("info", "note", word("Note")),
}
EVIDENCE = {
    "R": word("Read in the primary text."),
    "S": word("Seen in a secondary source: source to be confirmed locally."),
    "G": word("From general knowledge: source to be confirmed locally."),
    "E": word("Proposal of this program, built on the sources above."),
}


class Begun(NamedTuple):
    """What is open on a card: its basis, a reason half written, the cursor in it."""

    why: bool = False
    reason: str | None = None
    focused: bool = False


class FindingCard(Column):
    """Title and explanation; “Why” opens the basis. `replied` gives the stance (None: taken back) and why."""

    jump = Signal(str)
    replied = Signal(object, str)

    def __init__(
        self, protocol: Protocol, finding: Finding, told: Replied | None = None, parent: QWidget | None = None
    ) -> None:
        px = theme.current.px
        super().__init__(px(4), (px(16), px(8), px(8), px(8)), parent)
        self.setProperty("role", "finding")
        self.finding, self.told = finding, told
        self._protocol = protocol
        self._sign, tone, named = LOOKS[finding.severity]
        self._colour = "accent" if tone == "note" else tone
        restyle(self, tone="" if told and told.set_aside else tone)
        self._why: QWidget | None = None
        self._reason: ReasonLine | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.add(WrappedLabel(finding.title, "label"), theme.current.em(1.2) + px(8))
        self.add(WrappedLabel(finding.explanation))
        self.add(WrappedLabel(_sources(protocol, finding), "hint"))
        said = one_line(reply_words(protocol, told)) if told else ""
        self.add(WrappedLabel(said, "reply"))
        self.add(self._links(), -px(4))  # their words in line with those above
        self.setAccessibleName(f"{say(named)}: {one_line(finding.title)}")
        self.setAccessibleDescription(
            " ".join(part for part in (one_line(finding.explanation), said) if part)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        pixmap = icons.pixmap(self._sign, self._colour, 1.2, self.devicePixelRatioF())
        QPainter(self).drawPixmap(theme.current.px(16), theme.current.px(10), pixmap)

    def _links(self) -> QWidget:
        row = QWidget()
        row.setProperty("role", "bare")
        flow = FlowLayout(row, 0, 0)
        title = one_line(self.finding.title)
        self.why_button = _link(say("Why"), say("Why: {title}", title=title))
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self._show_why)
        self._answers = self._reply_links(title)
        self.links = [self.why_button, *self._jump_link(), *self._answers]
        for link in self.links:
            flow.addWidget(link)
        return row

    def _jump_link(self) -> list[QPushButton]:
        item = self.finding.item
        if item not in self._protocol.items:
            return []
        return [
            _link(
                say("Go to field"),
                say("Go to {item}", item=self._protocol.label(item)),
                lambda: self.jump.emit(item),
            )
        ]

    def _reply_links(self, title: str) -> list[QPushButton]:
        if not takes_reply(self.finding):
            return []
        if self.told is not None and self.told.stands:
            return [
                _link(
                    say("Take back"),
                    say("Take back what was said to: {title}", title=title),
                    lambda: self._say(None),
                )
            ]
        return [
            _link(say("Accept"), say("Accept: {title}", title=title), lambda: self._say(Stance.ACCEPTED)),
            _link(say("Set aside"), say("Set aside with a reason: {title}", title=title), self.ask_reason),
        ]

    def allow_replies(self, allowed: bool) -> None:
        """Whether the finding can be accepted or set aside now."""
        for link in self._answers:
            link.setVisible(allowed)
        if self._reason is not None and not allowed:
            self._reason.hide()

    def _say(self, stance: Stance | None, reason: str = "") -> None:
        self.replied.emit(stance, reason)

    @property
    def reason(self) -> str | None:
        """The reason that is being written; None where none is asked for."""
        return None if self._reason is None or self._reason.isHidden() else self._reason.text()

    @property
    def being_written(self) -> Begun:
        """What a person has opened or begun here, so that a card drawn anew can go on with it."""
        writes = self._reason is not None and self._reason.hasFocus()
        return Begun(self.why_button.isChecked(), self.reason, writes)

    def go_on(self, begun: Begun) -> None:
        """Go on with what was begun on the card before."""
        if begun.why:
            self.open_why()
        if begun.reason is not None:
            self.ask_reason(begun.reason, focus=begun.focused)

    def ask_reason(self, begun: str = "", *, focus: bool = True) -> None:
        """Open the line for the reason; without one nothing is set aside."""
        if self._reason is None:
            self._reason = ReasonLine(say("Reason to set aside: {title}", title=one_line(self.finding.title)))
            self._reason.given.connect(lambda reason: self._say(Stance.SET_ASIDE, reason))
            self._reason.dropped.connect(self.why_button.setFocus)
            self.add(self._reason)
        self._reason.open(begun, focus=focus)

    def _show_why(self, wanted: bool) -> None:
        if self._why is None:
            self._why = self._reasons()
            self.add(self._why)
        self._why.setVisible(wanted)

    def open_why(self) -> None:
        """Show what it rests on."""
        self.why_button.setChecked(True)

    def _reasons(self) -> QWidget:
        reasons = Column(theme.current.px(4))
        reasons.setFrameShape(QFrame.Shape.NoFrame)
        for because in self.finding.because:
            reasons.add(WrappedLabel(because_words(self._protocol, because), "hint"))
        for source in self.finding.sources:
            known = self._protocol.sources[source]
            reasons.add(WrappedLabel(f"[{source}] {known.cite}", "hint"))
        tag = self.finding.evidence
        reasons.add(WrappedLabel(say("Evidence {tag}: {means}", tag=tag, means=say(EVIDENCE[tag])), "hint"))
        return reasons


def because_words(protocol: Protocol, because: Because) -> str:
    """`Ferritin 38 µg/L – rule: Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""
    value = shown(because.value, protocol, because.item) or say("not known")
    how = f" ({because.how})" if because.how else ""
    return say(
        "{item}: {value}{how} – rule: {rule}",
        item=protocol.label(because.item),
        value=value,
        how=how,
        rule=in_words(protocol, because.rule),
    )


def _sources(protocol: Protocol, finding: Finding) -> str:
    if finding.id not in protocol.rules:
        return ""  # about the input itself: no source is needed to doubt a typing slip
    names = " · ".join(dict.fromkeys(protocol.cite(source) for source in finding.sources if source != "E"))
    parts = [names or say("Proposal of this program")]
    if finding.evidence in ("S", "G"):
        parts.append(say("source to be confirmed locally"))
    if reading := reading_words(protocol, finding):
        parts.append(reading)
    if finding.disputed:
        parts.append(
            say("Sources disagree: {dispute}", dispute=finding.dispute)
            if finding.dispute
            else say("Sources disagree")
        )
    return " · ".join(parts)


def _link(words: str, name: str, act: Callable[[], object] | None = None) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setProperty("small", True)
    button.setAutoDefault(True)  # Enter presses it, as the space bar does
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if act is not None:
        button.clicked.connect(lambda _checked=False: act())
    return button
