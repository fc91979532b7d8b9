"""What the answers amount to, most urgent first, beside the form; only what changed is drawn anew."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.finding import Finding
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.finding_card import Begun
from rls_workup.ui.finding_stack import FindingStack, Key
from rls_workup.ui.plain import one_line
from rls_workup.ui.words import say, told
from rls_workup.ui.wrapped import WrappedLabel

_NOTES: Final = (
    word("Show 1 note"),
    word("Show {count} notes"),
    word("Hide 1 note"),
    word("Hide {count} notes"),
)
_ASIDE: Final = (
    word("Show 1 finding set aside"),
    word("Show {count} findings set aside"),
    word("Hide 1 finding set aside"),
    word("Hide {count} findings set aside"),
)


class Written(NamedTuple):
    """What stands open in the panel: each fold, and by stack what is begun on its cards."""

    folds: list[bool]
    begun: list[dict[Key, Begun]]


class FindingsPanel(QWidget):
    """Alerts and cautions as cards; notes, and what was set aside, behind a button each.

    `replied` gives a finding, the stance towards it (None: taken back) and the reason.
    """

    jump = Signal(str)
    replied = Signal(object, object, str)
    why_not_asked = Signal()
    alerted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        told(self.setAccessibleName, "Findings")
        self._urgent = FindingStack(self)
        self._notes, self._aside = FindingStack(self), FindingStack(self)
        self._folds = [
            _Fold(self._notes, _NOTES),
            _Fold(self._aside, _ASIDE),
        ]
        self._empty = WrappedLabel(" ", "hint")
        told(self._empty.setText, "Nothing yet. Findings appear here as answers are given.")
        self.why_not = QPushButton()
        self.why_not.setAutoDefault(True)  # Enter presses it, as the space bar does
        told(self.why_not.setText, "Why not…")
        self.why_not.setProperty("role", "link")
        told(self.why_not.setAccessibleName, "Why not: findings that are not there, and why")
        self.why_not.clicked.connect(self.why_not_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(10))
        title = WrappedLabel(" ", "overline")
        told(title.setText, "FINDINGS")
        title.setParent(self)
        title.lower()  # read first
        for part in (title, self._empty, self._urgent):
            column.addWidget(part)
        for fold in self._folds:
            column.addWidget(fold)
            column.addWidget(fold.stack)
        column.addWidget(self.why_not)
        for stack in (self._urgent, self._notes, self._aside):
            stack.jump.connect(self.jump)
            stack.replied.connect(self._reply)

    def show_protocol(self, protocol: Protocol | None) -> None:
        """Begin again with no finding."""
        self._urgent.begin(protocol)
        for fold in self._folds:
            fold.begin(protocol)

    def being_written(self) -> Written:
        """What a person has opened or begun here: folds, bases, reasons."""
        stacks = (self._urgent, self._notes, self._aside)
        return Written(
            [fold.isChecked() for fold in self._folds], [stack.being_written() for stack in stacks]
        )

    def go_on(self, written: Written) -> None:
        """Go on with it, after everything was drawn anew."""
        for fold, open_ in zip(self._folds, written.folds, strict=True):
            fold.setChecked(open_ and not fold.isHidden())
        stacks = (self._urgent, self._notes, self._aside)
        for stack, begun in zip(stacks, written.begun, strict=True):
            stack.go_on(begun)

    def show_assessment(self, assessment: Assessment, *, open_: bool = True) -> None:
        """The findings of an assessment; `open_`: they can be accepted and set aside."""
        in_force = assessment.in_force
        urgent = [finding for finding in in_force if finding.placed != "note"]
        for stack in (self._urgent, self._notes, self._aside):
            stack.allow_replies(open_)
        for finding in self._urgent.show_findings(assessment, urgent):
            if finding.severity == "alert":
                self.alerted.emit(say("Alert: {title}", title=one_line(finding.title)))
        self._folds[0].show_findings(assessment, [part for part in in_force if part.placed == "note"])
        self._folds[1].show_findings(assessment, assessment.set_aside)
        self._empty.setVisible(not assessment.findings)

    def _reply(self, finding: Finding, stance: object, reason: str) -> None:
        stack = next(part for part in (self._urgent, self._notes, self._aside) if part.holds(finding))
        place = stack.place_of(finding)
        self.replied.emit(finding, stance, reason)
        if not stack.take_focus(finding, place):
            fold = next((fold for fold in self._folds if fold.isVisible()), None)
            (fold or self.why_not).setFocus()


class _Fold(QPushButton):
    """A button that opens a stack of cards; they are built when they are looked at."""

    def __init__(self, stack: FindingStack, words: tuple[str, str, str, str]) -> None:
        super().__init__()
        self.stack, self._words = stack, words
        self._assessment: Assessment | None = None
        self._findings: tuple[Finding, ...] = ()
        self.setProperty("role", "link")
        self.setCheckable(True)
        self.toggled.connect(self._turn)
        stack.hide()
        self.hide()

    def begin(self, protocol: Protocol | None) -> None:
        """Closed, with nothing in it."""
        self._findings, self._assessment = (), None
        self.stack.begin(protocol)
        self.setChecked(False)

    def show_findings(self, assessment: Assessment, findings: list[Finding] | tuple[Finding, ...]) -> None:
        """These findings; drawn where the stack is open."""
        self._assessment, self._findings = assessment, tuple(findings)
        self.setVisible(bool(findings))
        if not findings:
            self.setChecked(False)
        self._turn(self.isChecked())

    def _turn(self, wanted: bool) -> None:
        if self._assessment is not None and wanted:
            self.stack.show_findings(self._assessment, self._findings)
        self.stack.setVisible(wanted)
        count = len(self._findings)
        show_one, show_many, hide_one, hide_many = self._words
        one, many = (hide_one, hide_many) if wanted else (show_one, show_many)
        self.setText(say(one) if count == 1 else say(many, count=count))
