"""The medicines taken and taken before: a line each. “No medicines” is an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QPushButton, QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State
from rls_workup.exchange.medication_text import read_list
from rls_workup.ui import icons, theme
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.focus import has_focus
from rls_workup.ui.editors.medicine_line import MedicineLine
from rls_workup.ui.editors.medicine_name import names_model
from rls_workup.ui.editors.medicine_review import MedicineReview
from rls_workup.ui.editors.medicine_text import Medicine, line_text, read_line_text
from rls_workup.ui.words import say


class MedicationsEditor(Editor):
    """Gives the whole list when a line is left, a box ticked or a line removed."""

    wide = True

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        self.lines: list[MedicineLine] = []
        self._unshown: list[object] = []
        self._model: QStandardItemModel | None = None
        self.review: MedicineReview | None = None
        self._stepping = self._showing = False
        self.more = QPushButton(say("Add a medicine"))
        self.more.setIcon(icons.icon("plus", "text", 1.1))
        self.more.setIconSize(QSize(theme.current.em(1.1), theme.current.em(1.1)))
        self.more.setAutoDefault(True)  # Enter presses it, as the space bar does
        self.none = QPushButton(say("No medicines"))
        self.none.setCheckable(True)
        self.none.setAutoDefault(False)
        self.more.clicked.connect(self.add_line)
        self.none.toggled.connect(self._no_medicines)
        self.add(self.more)
        self.add(self.none)

    def _names(self) -> QStandardItemModel:
        """Every name that the pharmacy knows, made when a name is first typed."""
        if self._model is None:
            self._model = names_model(self.protocol.drugs.values())
            self._model.setParent(self)
        return self._model

    # Lines

    def add_line(self) -> None:
        """A new empty line, with the focus in its name."""
        line = self._append()
        self._order_stops()
        line.show()
        line.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> MedicineLine:
        line = MedicineLine(self.protocol, self._names, lambda: self.visit_day())
        line.typed.connect(self._on_typed)
        line.settled.connect(self._settled)
        line.left.connect(self._left)
        line.entered.connect(self._look_at_draft)
        line.confirmed.connect(self._confirmed)
        line.removed.connect(self._remove)
        line.pasted.connect(self._pasted)
        self.add(line, whole=True, at=len(self.lines))  # the review and the buttons stay below
        self.lines.append(line)
        if self.isVisible():
            line.show()
        self.place_again()
        return line

    def _order_stops(self) -> None:
        for number, line in enumerate(self.lines, 1):
            line.number_as(number)
        reviewed = self.review.stops() if self.review is not None else []
        stops = [*(stop for line in self.lines for stop in line.stops()), *reviewed, self.more, self.none]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _drop(self, line: MedicineLine) -> None:
        self.lines.remove(line)
        self.take(line)

    def _remove(self, line: MedicineLine) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        if line in self.lines:
            self._drop(line)
        self.dirty = True
        self.commit()

    def _show_none(self, none: bool) -> None:
        self._showing = True
        self.none.setChecked(none)
        self._showing = False

    def _no_medicines(self, none: bool) -> None:
        if self._showing:
            return
        # A list that is there is not wiped by a button beside it.
        if self.lines and not all(line.is_empty() for line in self.lines):
            self._show_none(False)
        elif none:
            self.put(self.given([]))
        else:
            self.put(None)

    # A pasted list

    def _pasted(self, line: MedicineLine, text: str) -> None:
        """One medicine fills the line; several are looked at before they are taken."""
        found = read_list(text, self.protocol.reader.pharmacy, self.visit_day())
        if len(found) == 1 and not found[0].heading:
            kept = line.line() or {}
            line.show_line({**kept, **found[0].medicine()})
            line.settled.emit()
        elif found:
            line.name.show_text(line.name.before)
            self._open_review().show_lines(found)
            self._order_stops()

    def _open_review(self) -> MedicineReview:
        if self.review is None:
            review = self.review = MedicineReview(self.protocol)
            review.taken.connect(self._take_pasted)
            review.undone.connect(self._step)
            review.closed.connect(self._close_review)
            self.add(review, whole=True, at=self.place_of(self.more))
            if self.isVisible():
                review.show()
            self.place_again()
        return self.review

    def _take_pasted(self, medicines: list[Medicine]) -> None:
        before = self.answer
        self._step(self.judged(self.given([*self._given_lines(), *self._unshown, *medicines])))
        if self.review is not None:
            self.review.remember(before)

    def _step(self, answer: Answer | None) -> None:
        """Put an answer for the review, which can then take it back."""
        self._stepping = True
        try:
            self.put(answer)
        finally:
            self._stepping = False
        self._order_stops()

    def _close_review(self) -> None:
        if self.review is not None:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)
            self.take(self.review)
            self.review = None
            self._drop_empty()

    # What the person does

    def _settled(self) -> None:
        self.dirty = True
        self.commit()

    def _left(self) -> None:
        if not any(has_focus(line) for line in self.lines):
            self.commit()
            self._drop_empty()

    def _drop_empty(self) -> None:
        for line in [line for line in self.lines if line.is_empty() and not has_focus(line)]:
            self._drop(line)

    def _confirmed(self, line: MedicineLine) -> None:
        """Enter: the next medicine; in an empty line the list is done."""
        empty = line.is_empty()
        self.commit()
        if not empty:
            self.add_line()
            return
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop_empty()
        self.move_on.emit()

    def _rested(self) -> None:
        """A completion that is only looked at does not count, however long."""
        if self._rest is not None and any(line.name.choosing for line in self.lines):
            self._rest.start()
        else:
            super()._rested()

    def commit(self) -> None:
        super().commit()
        with self.placed_once():
            for line in self.lines:
                line.tidy()
                line.show_flags()
        self._order_stops()

    def _given_lines(self) -> list[Medicine]:
        return [line for widget in self.lines if (line := widget.line()) is not None]

    def _entry(self) -> Answer | None:
        lines = [*self._given_lines(), *self._unshown]
        if lines:
            return self.judged(self.given(lines))
        return self.answer if self.answer is not None and not self.answer.value else None

    def _raw(self) -> str:
        return "\n".join(line_text(line) for widget in self.lines if (line := widget.draft()) is not None)

    # From an answer to the lines

    def _show(self, answer: Answer | None) -> None:
        if self.review is not None and not self._stepping:
            self.review.forget_steps()
        given = answer.value if answer is not None and isinstance(answer.value, (list, tuple)) else ()
        known = [line for line in given if isinstance(line, (str, Mapping))]
        # What a file has in the list and is no line at all stays in it, though it cannot be shown.
        self._unshown = [line for line in given if not isinstance(line, (str, Mapping))]
        self._show_lines(known)
        self._show_none(answer is not None and answer.state is State.ANSWERED and not known)

    def _show_lines(self, known: list[Mapping[str, object] | str]) -> None:
        with self.placed_once():
            self._fit_lines(known)
        self._order_stops()

    def _fit_lines(self, known: list[Mapping[str, object] | str]) -> None:
        while len(self.lines) > len(known):
            self._drop(self.lines[-1])
        while len(self.lines) < len(known):
            self._append()
        for line, given in zip(self.lines, known, strict=True):
            line.show_line(given)

    def _show_draft(self, text: str) -> None:
        before = self.answer.value if self.answer and isinstance(self.answer.value, (list, tuple)) else ()
        named = {line["name"]: line for line in before if isinstance(line, Mapping) and line.get("name")}
        lines = [read_line_text(line) for line in text.splitlines() if line.strip()]
        own = ("name", "dose", "months", "years", "weeks", "over_the_counter", "current", "weeks_ago")
        self._show_lines(
            [
                {**{k: v for k, v in named.get(line["name"], {}).items() if k not in own}, **line}
                for line in lines
            ]
        )

    def _show_state(self, standing: Standing) -> None:
        if not self.dirty:
            for line in self.lines:
                line.settle()
        self._show_none(not self.lines and self.answer is not None and self.answer.state is State.ANSWERED)

    def describe(self, words: str) -> None:
        # Each line says what is known of its medicine; the list as a whole speaks by its button.
        self.more.setAccessibleDescription(words)

    def focus_target(self) -> QWidget:
        return self.lines[0].name if self.lines else self.more
