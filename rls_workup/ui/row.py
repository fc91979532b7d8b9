"""One item on screen: its question, cut-offs, editor, chip, what is to be said about it, and its note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.earlier import Earlier
from rls_workup.domain.finding import Finding
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme
from rls_workup.ui.chip import Chip, Mark, mark_of, words_of
from rls_workup.ui.editors.by_kind import editor_for
from rls_workup.ui.editors.flow import FIELD_PX
from rls_workup.ui.editors.note_line import NoteLine
from rls_workup.ui.group import Group
from rls_workup.ui.plain import give_tip, plain_label, restyle, visible
from rls_workup.ui.row_places import STACK_BELOW_EM, RowPlaces
from rls_workup.ui.row_words import beside_the_label, how_it_came, threshold_words
from rls_workup.ui.state_menu import StateMenu, states_for
from rls_workup.ui.trend_line import TrendLine
from rls_workup.ui.words import say

_SPOKEN = (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)
_WITH_REASON = (State.DECLINED, State.NOT_APPLICABLE)


class ItemRow(Group):
    """One way in, `show_standing`; out come `edited` (Answer or None), `typing` (raw text) and `move_on`."""

    edited = Signal(object)
    typing = Signal(str)
    move_on = Signal()

    def __init__(
        self, item: Item, protocol: Protocol, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item, self.protocol, self._today = item, protocol, today
        self.item_id = item.id
        self._said: tuple[Standing, Answer | None, tuple[str, ...]] | None = None
        self._heights: dict[int, int] = {}
        self._name = plain_label(item.asks, role="label", wrap=True, parent=self)
        self._hint = self._trouble = self._how = self._note = None
        self._note_line: NoteLine | None = None
        self._trend: TrendLine | None = None
        self._earlier: tuple[Earlier, ...] = ()
        self.editor = editor_for(item, protocol, today)
        self.editor.setParent(self)
        self.editor.when_placed = self._place_anew
        self.chip = Chip(self)
        self._dots = self._dots_button()
        self._places = RowPlaces(self._name, self.editor, self.chip, self._dots)
        self._name_all()
        self._show_hint(())
        self.editor.edited.connect(self.edited)
        self.editor.typing.connect(self.typing)
        self.editor.move_on.connect(self.move_on)
        self.editor.told.connect(self._show_trouble)
        self.editor.state_asked.connect(self.set_state)
        self.chip.pressed.connect(self._step_on)

    _hint: QLabel | None
    _trouble: QLabel | None
    _how: QLabel | None
    _note: QLabel | None

    def _dots_button(self) -> QPushButton:
        dots = QPushButton("···", self)
        dots.setProperty("role", "dots")
        dots.setAutoDefault(False)
        # Not a stop of the Tab key: Ctrl+. opens the same menu from the field.
        dots.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        dots.setAccessibleName(say("State of {label}", label=self.item.label))
        give_tip(dots, say("Ordered, unknown, declined, note… (Ctrl+.)"))
        dots.clicked.connect(self.open_menu)
        return dots

    def _name_all(self) -> None:
        self.setObjectName(self.item.id)
        self.setAccessibleName(visible(self.item.asks))
        self.editor.focus_target().setAccessibleIdentifier(self.item.id)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # The one way in

    @property
    def resting(self) -> bool:
        """Whether `edited` is being given because the person paused, not because the field was left."""
        return self.editor.resting

    @property
    def unanswered(self) -> bool:
        """Whether the person still has something to say here; what is awaited has been dealt with."""
        standing = self.editor.standing
        if standing is None:
            return True
        return not standing.known and not standing.awaited and standing.state not in _SPOKEN

    @property
    def worked_out(self) -> bool:
        """Whether the amount is computed from others, so that nobody types it; a question is always asked."""
        standing = self.editor.standing
        return standing is not None and bool(standing.computed) and not self.editor.asks_aloud

    def show_standing(self, standing: Standing, answer: Answer | None, findings: Sequence[Finding]) -> None:
        """Show where the item stands. Never emits, and leaves text alone that is being typed."""
        said = (standing, answer, tuple(finding.id for finding in findings))
        if said == self._said:
            return
        self._said = said
        self.editor.show_standing(standing, answer)
        self._show_mark(mark_of(self.item, standing))
        told = (words_of(self.item, standing), standing.rejected or standing.warning)
        self.editor.describe(". ".join(part for part in told if part))
        self._show_hint(findings)
        self._show_trouble()
        self._show_how(standing, answer)
        self._show_note(answer)
        self._show_trend()

    def show_earlier(self, earlier: tuple[Earlier, ...]) -> None:
        """Show results of earlier visits beside today's."""
        if earlier == self._earlier:
            return
        self._earlier = earlier
        self._show_trend()
        self._place_anew()

    def _show_trend(self) -> None:
        if not self._earlier:
            if self._trend is not None:
                self._trend.hide()
            return
        if self._trend is None:
            self._trend = TrendLine(self.item, self.protocol, self)
        value = self.editor.standing.value if self.editor.standing else None
        self._trend.show_values(self._earlier, value if isinstance(value, Quantity) else None)
        self._trend.show()

    def focus_editor(self) -> None:
        """Put the focus into the field."""
        self.editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Give what is in the fields now."""
        if self._note_line is not None:
            self._note_line.put_away()
        self.editor.commit()

    def _show_mark(self, mark: Mark | None) -> None:
        if mark != self.chip.mark:
            self.chip.show_mark(mark)
            self._place_anew()

    def _show_hint(self, findings: Sequence[Finding]) -> None:
        cutoffs = beside_the_label(self.protocol, self.item, self.editor.standing, findings)
        self._hint = self._say(
            self._hint, "hint", "\n".join(part for part in (cutoffs, self.item.hint) if part)
        )
        if self._hint is not None and cutoffs and not self._hint.toolTip():
            give_tip(self._hint, "\n".join(threshold_words(self.protocol, self.item, "")))

    def _show_trouble(self) -> None:
        standing = self.editor.standing
        wrong = (standing.rejected if standing else "") or self.editor.trouble
        unusual = standing.warning if standing else ""
        self._trouble = self._say(
            self._trouble, "field-error" if wrong else "field-warning", wrong or unusual
        )

    def _show_how(self, standing: Standing, answer: Answer | None) -> None:
        self._how = self._say(
            self._how,
            "hint",
            how_it_came(self.protocol, self.item, standing, answer, draft=self.editor.has_draft),
        )

    def _show_note(self, answer: Answer | None) -> None:
        note = answer.note if answer else ""
        being_written = self._note_line is not None and not self._note_line.isHidden()
        shown = say("Note: {note}", note=note) if note and not being_written else ""
        self._note = self._say(self._note, "muted", shown)

    def _say(self, label: QLabel | None, role: str, words: str) -> QLabel | None:
        """The label with these words, made at its first words and hidden where there are none."""
        if label is None:
            if not words:
                return None
            label = plain_label(words, role=role, wrap=True, parent=self)
        elif label.text() == (shown := visible(words)) and label.property("role") == role:
            return label
        else:
            label.setText(shown)
            restyle(label, role=role)
        if label.isHidden() is bool(words):
            label.setVisible(bool(words))
        self._place_anew()
        return label

    # State and note

    def open_menu(self) -> None:
        """Where the item stands without a value, its note, and taking it back."""
        self.editor.commit()
        answer = self.editor.answer
        menu = StateMenu(self.item, answer, self.set_state, self.write_note, self.take_back, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._dots.mapToGlobal(self._dots.rect().bottomLeft()))

    def set_state(self, state: State) -> None:
        """Give a state instead of a value, since today where a result is awaited."""
        today = self._today().isoformat()
        since = today if state.awaited else ""
        collected = today if state is State.COLLECTED else ""
        self.editor.put(self.editor.given(state=state, since=since, collected=collected))
        self.focus_editor()
        if state in _WITH_REASON:
            self.write_note()

    def _step_on(self) -> None:
        """A click on the chip: the next step of a request, ordered, sampled, pending; else the menu."""
        standing, steps = self.editor.standing, [state for state, _ in states_for(self.item) if state.awaited]
        state = standing.state if standing else None
        if standing is None or standing.known or standing.rejected or not steps:
            self.open_menu()
        elif state is None:
            self.set_state(steps[0])
        elif state in steps[:-1]:
            self.set_state(steps[steps.index(state) + 1])
        else:
            self.open_menu()

    def take_back(self) -> None:
        """Back to “not asked”."""
        self.editor.put(None)
        self.focus_editor()

    def write_note(self) -> None:
        """Open the line for the note."""
        answer = self.editor.answer
        if answer is None:
            return
        if self._note_line is None:
            line = self._note_line = NoteLine(say("Note on {label}", label=self.item.label))
            line.setParent(self)
            line.noted.connect(self._noted)
            line.finished.connect(self._note_finished)
            line.ended.connect(self._note_ended)
        self._note_line.open(answer.note)
        self._show_note(answer)
        self._place_anew()

    def _noted(self, note: str) -> None:
        answer = self.editor.answer
        if answer is not None and note != answer.note:
            # What is typed on after this joins the same undo step.
            self.editor.give(replace(answer, note=note), resting=True)

    def _note_ended(self) -> None:
        self._show_note(self.editor.answer)
        self._place_anew()

    def _note_finished(self) -> None:
        self.focus_editor()
        if self._note_line is not None:
            self._note_line.put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_key = event.key() == Qt.Key.Key_Period and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if by_key or event.key() == Qt.Key.Key_Menu:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    # Places

    def _place_anew(self) -> None:
        self._heights.clear()
        below = (self._trouble, self._how, self._trend, self._note, self._note_line)
        self._places.hint, self._places.below = self._hint, [part for part in below if part is not None]
        self.updateGeometry()
        if self.isVisible():
            self._places.arrange(self.width(), move=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._places.arrange(self.width(), move=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._places.arrange(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = theme.current.em(STACK_BELOW_EM + 10)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        narrow = max(self.editor.minimumSizeHint().width(), theme.current.em(12))
        return QSize(narrow, theme.current.px(FIELD_PX))
