"""One medicine: name, dose, for how long, still taken or stopped when, bought without prescription or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QPushButton, QWidget

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.spelling import Likely, Slip
from rls_workup.domain.wording import word
from rls_workup.exchange.since import months_since
from rls_workup.ui import icons, theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.flow import Flow
from rls_workup.ui.editors.known_of_it import KnownOfIt
from rls_workup.ui.editors.line import Line
from rls_workup.ui.editors.medicine_marks import Known, known_of
from rls_workup.ui.editors.medicine_name import MedicineName
from rls_workup.ui.editors.medicine_text import (
    SPANS,
    Medicine,
    beside_the_fields,
    is_current,
    is_without_prescription,
    number_or_text,
    since_words,
    span_of,
    text_of,
)
from rls_workup.ui.plain import mnemonic_safe, tip
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say

_SPANS_SHOWN = (word("months"), word("years"), word("weeks"))
DOSE_PX = 216  # room for “25 mg at night, most nights”, so that most doses stand in one column
_OWN = ("name", "dose", "current", "over_the_counter", "weeks_ago", *SPANS)


class Rule(QWidget):
    """A hairline under a medicine."""

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current.px(9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() // 2
        painter.fillRect(0, middle, self.width(), 1, QColor(str(theme.current.tokens.line)))
        painter.end()


class Dose(Line):
    """A field as wide as its text, within the line."""

    def __init__(self) -> None:
        super().__init__("dose", "", say("Dose"))

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + theme.current.px(28)
        return QSize(max(theme.current.px(DOSE_PX), wide), super().sizeHint().height())


class MedicineLine(Flow):
    """`typed` at every key, `settled` when a box was ticked or a name picked, `left` with each field."""

    typed = Signal()
    settled = Signal()
    left = Signal()
    entered = Signal()
    confirmed = Signal(object)
    removed = Signal(object)
    pasted = Signal(object, str)

    def __init__(
        self, protocol: Protocol, names: Callable[[], QStandardItemModel], visit_day: Callable[[], date]
    ) -> None:
        super().__init__()
        self._protocol, self._visit_day = protocol, visit_day
        self._given: Mapping[str, Any] = {}
        self.name = MedicineName(names)
        self.dose = Dose()
        self.length = Line("duration", "", "for")
        self.span = ChoiceBox()
        for span, shown in zip(SPANS, _SPANS_SHOWN, strict=True):
            self.span.addItem(say(shown), span)
        self.without_prescription = TickBox(say("No prescription"))
        self.current = TickBox(say("Still taken"))
        self.current.show_tick(True)
        self.ago = Line("ago", "", say("weeks ago"))
        self.remove = QPushButton()
        self._dress_remove()
        self.known = KnownOfIt()
        self.rule = Rule()
        for part in (*self.fields[:3], self.span):
            self.add(part)
        self.add(self._ticks(), whole=True)
        self.add(self.known, whole=True)
        self.add(self.rule, whole=True)
        self.ago.hide()
        self._connect()

    @property
    def fields(self) -> tuple[Line, Line, Line, Line]:
        """The fields that are typed in."""
        return self.name, self.dose, self.length, self.ago

    def _ticks(self) -> Flow:
        """What is ticked or pressed has a line of its own, so that every medicine looks the same."""
        self._ticked = Flow()
        for part in (self.current, self.ago, self.without_prescription, self.remove):
            self._ticked.add(part)
        return self._ticked

    def _dress_remove(self) -> None:
        self.remove.setIcon(icons.icon("x", "muted", 1.1))
        self.remove.setIconSize(QSize(theme.current.em(1.1), theme.current.em(1.1)))
        self.remove.setProperty("role", "dots")
        self.remove.setAutoDefault(False)
        self.remove.setToolTip(tip(say("Remove this medicine")))

    def number_as(self, number: int) -> None:
        """Which of the list it is, in the names of its fields: each is heard alone."""
        for part, name in (
            (self, word("Medicine {number}")),
            (self.name, word("Medicine {number}")),
            (self.dose, word("Medicine {number}, dose")),
            (self.length, word("Medicine {number}, taken for how long, or since when")),
            (self.span, word("Medicine {number}, months, years or weeks")),
            (self.current, word("Medicine {number}, still taken")),
            (self.ago, word("Medicine {number}, stopped how many weeks ago")),
            (self.without_prescription, word("Medicine {number}, no prescription")),
            (self.remove, word("Remove medicine {number}")),
        ):
            part.setAccessibleName(say(name, number=number))
        self.remove.setAccessibleDescription(say("Remove this medicine"))

    def _connect(self) -> None:
        for field in self.fields:
            field.textEdited.connect(self.typed)
            field.left.connect(self.left)
            field.entered.connect(self.entered)
            field.returnPressed.connect(lambda: self.confirmed.emit(self))
        self.dose.textChanged.connect(self.place_again)
        self.current.ticked.connect(self._ticked_current)
        self.without_prescription.ticked.connect(self.settled)
        self.span.activated.connect(self.settled)
        for part in (self.span, self.current, self.without_prescription, self.remove):
            part.installEventFilter(self)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.name.picked.connect(self._picked)
        self.name.pasted.connect(lambda text: self.pasted.emit(self, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:  # a field tells this by itself
            self.left.emit()
        return super().eventFilter(watched, event)

    def _picked(self) -> None:
        self.typed.emit()
        self.settled.emit()

    def _ticked_current(self) -> None:
        self._show_ago()
        self.settled.emit()

    def _show_ago(self) -> None:
        if self.ago.isHidden() is not self.current.isChecked():
            self.ago.setVisible(not self.current.isChecked())
            self._ticked.place_again()

    # In and out

    def show_line(self, given: Mapping[str, Any] | str) -> None:
        """Show a line of the work-up."""
        line: Mapping[str, Any] = {"name": given} if isinstance(given, str) else given
        self._given = line
        self.name.show_text(text_of(line.get("name")))
        self.dose.show_text(text_of(line.get("dose")))
        self.length.show_text(text_of(line.get(span_of(line))))
        self.span.setCurrentIndex(self.span.findData(span_of(line)))
        self.ago.show_text(text_of(line.get("weeks_ago")))
        self.current.show_tick(is_current(line))
        self.without_prescription.show_tick(is_without_prescription(line))
        self._show_ago()
        self.show_flags()

    def line(self) -> Medicine | None:
        """The line as the work-up keeps it; None where nothing was entered. Unknown keys stay."""
        name, dose, length, ago = (field.text().strip() for field in self.fields)
        if not (name or dose or length):
            return None
        line: Medicine = {"name": name}
        if dose:
            line["dose"] = dose
        line |= self._taken_for(length)
        if self.without_prescription.isChecked():
            line["over_the_counter"] = True
        if not self.current.isChecked():
            line["current"] = False
        if ago and (not self.current.isChecked() or is_current(self._given)):
            line["weeks_ago"] = number_or_text(ago)
        kept = {key: value for key, value in self._given.items() if key not in _OWN and key not in line}
        if name != text_of(self._given.get("name")).strip():
            kept.pop("as_spelt", None)
        return line | kept

    def draft(self) -> Medicine | None:
        """The line with a duration as it is typed, not yet counted."""
        line, length = self.line(), self.length.text().strip()
        return line | {str(self.span.currentData()): length} if line and since_words(length) else line

    def _taken_for(self, length: str) -> Medicine:
        """A number with its span; “since 2021” is counted to the visit, and its words go to the note."""
        since = since_words(length)
        if not since:
            return {str(self.span.currentData()): number_or_text(length)} if length else {}
        months = months_since(since, self._visit_day())
        note = ", ".join(words for words in (text_of(self._given.get("note")), since) if words)
        return {"note": note} | ({} if months is None else {"months": months})

    def tidy(self) -> None:
        """Show a duration as it was counted, once its field is left."""
        line = self.line()
        if line is not None and since_words(self.length.text()) and not self.length.hasFocus():
            self.show_line(line)

    def settle(self) -> None:
        """What stands here has been taken: the fields count as untouched."""
        for field in self.fields:
            field.setModified(False)

    def is_empty(self) -> bool:
        """Whether nothing is entered in this line."""
        return self.line() is None

    # What is known of it

    def show_flags(self) -> None:
        """Say what the protocol knows of the drug, or that it does not know it."""
        line = self.line()
        if line is None:
            known = Known((), "")
        else:
            known = known_of(self._protocol, self._protocol.reader.pharmacy.read_line(line))
        says = ". ".join(part for part in (known.says, beside_the_fields(line or {})) if part)
        with self.placed_once(), self.known.placed_once():
            self._ask(known.slip)
            self.known.show_known(known.marks, says)
        self.name.setAccessibleDescription(known.spoken)

    def _ask(self, slip: Slip | None) -> None:
        """“Did you mean …?” with its answers; none where no slip waits."""
        if slip is None:
            self.known.show_answers([])
            return
        buttons = [
            self._offer(say("Yes, {shown}", shown=likely.shown), partial(self._put_right, slip, likely))
            for likely in slip.meant
        ]
        self.known.show_answers(
            [*buttons, self._offer(say("No, it is right as written"), self._keep_spelling)]
        )

    def _offer(self, words: str, then: Callable[[], None]) -> QPushButton:
        button = QPushButton(mnemonic_safe(words))
        button.setAutoDefault(False)
        button.clicked.connect(then)
        return button

    def _put_right(self, slip: Slip, likely: Likely) -> None:
        written = self.name.text().strip()
        self.name.show_text(written[: slip.start] + likely.name + written[slip.end :])
        self.name.setFocus()
        self.settled.emit()

    def _keep_spelling(self) -> None:
        self._given = {**self._given, "name": self.name.text().strip(), "as_spelt": True}
        self.name.setFocus()
        self.settled.emit()

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        fields: list[QWidget] = [self.name, self.dose, self.length, self.span, self.current, self.ago]
        stops = [*fields, self.without_prescription, self.remove, *self.known.answers]
        return [stop for stop in stops if not stop.isHidden()]

    def focus_target(self) -> QWidget:
        """The field for the name."""
        return self.name
