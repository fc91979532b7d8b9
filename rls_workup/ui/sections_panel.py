"""The sections of the work-up with honest counts: a list at the left, or a box where the window is narrow."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.assessment import Assessment, Progress
from rls_workup.domain.finding import Finding
from rls_workup.domain.parts import Section
from rls_workup.domain.protocol import Protocol
from rls_workup.ui import icons, theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.layout_button import LayoutButton
from rls_workup.ui.plain import mnemonic_safe, plain_label
from rls_workup.ui.words import awaited_words as results_awaited
from rls_workup.ui.words import say, told
from rls_workup.ui.wrapped import WrappedLabel, widest_word

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class SectionsPanel(QFrame):
    """A button a section: how far it is, its name, answered of asked; below, the whole work-up's progress."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane-left")
        told(self.setAccessibleName, "Sections")
        self._buttons: dict[str, SectionButton] = {}
        self._marking = False
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current.px(2))
        self._total = plain_label(role="label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        told(self._bar.setAccessibleName, "Progress")
        self._awaited = plain_label(role="hint")
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._list)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("role", "bare")
        holder.setProperty("role", "bare")
        scroll.setWidget(holder)
        self._outer = QVBoxLayout(self)
        title = plain_label(role="overline")
        told(title.setText, "WORK-UP")
        self._head, self._foot = QVBoxLayout(), QVBoxLayout()
        self._head.addWidget(title)
        for part in (self._total, self._bar, self._awaited):
            self._foot.addWidget(part)
        self._outer.addLayout(self._head)
        self._outer.addWidget(scroll, 1)
        self._outer.addLayout(self._foot)
        self.fit()

    def fit(self) -> None:
        """Lengths for the text size in use."""
        px = theme.current.px
        self._outer.setContentsMargins(px(8), px(14), px(8), px(14))
        for part in (self._head, self._foot):
            part.setContentsMargins(px(10), 0, px(8), 0)  # in line with the words of the buttons
            part.setSpacing(px(6))
        self.setFixedWidth(theme.current.em(16.5))
        for button in self._buttons.values():
            button.fit()

    def show_sections(self, protocol: Protocol) -> None:
        """The sections of a protocol, in their order."""
        for button in self._buttons.values():
            button.deleteLater()
        self._buttons = {}
        for section in protocol.sections:
            button = SectionButton(section)
            button.toggled.connect(partial(self._choose, section.id))
            self._buttons[section.id] = button
            self._list.addWidget(button)

    def show_assessment(self, assessment: Assessment) -> None:
        """How far each section and the whole are."""
        for section, button in self._buttons.items():
            alert = any(finding.severity == "alert" for finding in _about(assessment, section))
            button.show_progress(assessment.sections[section], alert)
        whole = assessment.progress
        self._total.setText(
            say("{count} of {all} answered", count=whole.answered, all=whole.answered + whole.open)
        )
        self._bar.setRange(0, max(whole.answered + whole.open, 1))
        self._bar.setValue(whole.answered)
        self._awaited.setText(awaited_words(whole.awaited))

    def mark(self, section: str) -> None:
        """Show which section is open."""
        self._marking = True
        for name, button in self._buttons.items():
            button.setChecked(name == section)
        self._marking = False

    def take_focus(self) -> None:
        """The focus goes to the open section's button."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, section: str, _checked: bool = False) -> None:
        if not self._marking:
            self.mark(section)
            self.chosen.emit(section)


def _about(assessment: Assessment, section: str) -> list[Finding]:
    items = assessment.facts.protocol.items
    return [
        finding
        for finding in assessment.findings
        if finding.item in items and items[finding.item].section == section
    ]


def awaited_words(count: int) -> str:
    """`2 results awaited`."""
    return results_awaited(count) if count else say("No result awaited")


def state_of(progress: Progress, alert: bool) -> tuple[str, str, str]:
    """A section's sign, its colour, and the state in a word."""
    if alert:
        return "octagon-alert", "critical", say("alert")
    if progress.open == 0:
        return "circle-check", "ok", say("complete")
    if progress.answered == 0:
        return "circle-dashed", "muted", say("not begun")
    return "contrast", "accent", say("begun")


class SectionButton(LayoutButton):
    """One section of the list."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.setCheckable(True)
        self.setProperty("role", "entry")
        self._sign = plain_label()
        self._title = WrappedLabel(section.title)
        self._count = plain_label(role="hint")
        self._row = QHBoxLayout(self)
        self.let_through(self._sign, self._title, self._count)
        self._row.addWidget(self._sign)
        self._words = QBoxLayout(_BESIDE)
        self._words.addWidget(self._title, 1)
        self._words.addWidget(self._count)
        self._row.addLayout(self._words, 1)
        self._shown: tuple[Progress, bool] = (Progress(), False)
        self.fit()

    def fit(self) -> None:
        """Lengths and sign for the text size and colours in use."""
        px = theme.current.px
        self._row.setContentsMargins(px(8), px(6), px(4), px(6))
        self._row.setSpacing(px(6))
        self.setMinimumHeight(px(38))
        self._words.setSpacing(px(6))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long word has its line to itself, and the count stands below it."""
        super().resizeEvent(event)
        around = self._row.contentsRect().width() - self._sign.width() - self._row.spacing()
        beside = widest_word(self._title) + self._words.spacing() + self._count.sizeHint().width() <= around
        self._words.setDirection(_BESIDE if beside else _BELOW)

    def show_progress(self, progress: Progress, alert: bool) -> None:
        """Answered of asked, and the sign for it."""
        if (progress, alert) != self._shown:
            self._shown = (progress, alert)
            self._draw()

    def _draw(self) -> None:
        progress, alert = self._shown
        sign, colour, word = state_of(progress, alert)
        self._sign.setPixmap(icons.pixmap(sign, colour, 1.15, self.devicePixelRatioF()))
        asked = progress.answered + progress.open
        self._count.setText(f"{progress.answered}/{asked}")
        self.setAccessibleName(
            say(
                "{title}, {state}, {count} of {all} answered",
                title=self.section.title,
                state=word,
                count=progress.answered,
                all=asked,
            )
        )


class SectionsBox(ChoiceBox):
    """The sections as one box, for a narrow window."""

    chosen_section = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        told(self.setAccessibleName, "Section")
        self.activated.connect(self._tell)

    def show_sections(self, protocol: Protocol) -> None:
        """The sections of a protocol, in their order."""
        self.clear()
        for section in protocol.sections:
            self.addItem(mnemonic_safe(section.title), section.id)

    def show_assessment(self, protocol: Protocol, assessment: Assessment) -> None:
        """How far each section is."""
        for index, section in enumerate(protocol.sections):
            progress = assessment.sections[section.id]
            self.setItemText(
                index, f"{section.title}   {progress.answered}/{progress.answered + progress.open}"
            )

    def mark(self, section: str) -> None:
        """Show which section is open."""
        self.setCurrentIndex(self.findData(section))

    def _tell(self, index: int) -> None:
        self.chosen_section.emit(str(self.itemData(index)))
