"""A pasted list before it is taken: what each line was read as, with take, put right and leave out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer
from rls_workup.exchange.medication_text import PastedLine
from rls_workup.ui.chip import Chip, Mark
from rls_workup.ui.editors.flow import Flow
from rls_workup.ui.editors.medicine_marks import not_listed
from rls_workup.ui.editors.medicine_text import Medicine, beside_the_fields, line_words
from rls_workup.ui.plain import mnemonic_safe, one_line, plain_label
from rls_workup.ui.words import say


class ReviewLine(Flow):
    """One line of the pasted list. `chosen` gives the medicine to be taken."""

    chosen = Signal(object)

    def __init__(self, protocol: Protocol, pasted: PastedLine) -> None:
        super().__init__()
        self.pasted, self.medicine = pasted, pasted.medicine()
        self.read = protocol.reader.pharmacy.read_line(self.medicine)
        self.left_out = self.taken = False
        words = line_words(self.medicine)
        beside = beside_the_fields(self.medicine)
        self.words = plain_label(one_line(words), role="label", wrap=True)
        self.beside = plain_label(one_line(beside), role="hint", wrap=True)
        self.chip = Chip()
        self.buttons: list[QPushButton] = []
        self.add(self.words, whole=True)
        if beside:
            self.add(self.beside, whole=True)
        self.add(self.chip)
        self._offer_all()
        self.show_state()

    def _offer_all(self) -> None:
        for slip in self.read.slips[:1]:
            for likely in slip.meant:
                name = self.read.name[: slip.start] + likely.name + self.read.name[slip.end :]
                self._offer(say("Yes, {shown}", shown=likely.shown), partial(self.choose, name))
        self._offer(say("No, as written") if self.read.slips else say("Take"), partial(self.choose, ""))
        self._offer(say("Leave out"), self.leave_out)

    def _offer(self, words: str, then: Callable[[], None]) -> None:
        button = QPushButton(mnemonic_safe(words))
        button.setAutoDefault(False)
        button.setAccessibleName(one_line(f"{words}: {self.pasted.name}"))
        button.clicked.connect(then)
        self.buttons.append(button)
        self.add(button)

    @property
    def open(self) -> bool:
        """Whether nothing was said of the line yet."""
        return not (self.taken or self.left_out)

    def choose(self, name: str = "") -> None:
        """Take the line, under another name where one is given; as written, its spelling is confirmed."""
        as_spelt = {"as_spelt": True} if self.read.slips and not name else {}
        self.chosen.emit({**self.medicine, **({"name": name} if name else as_spelt)})

    def leave_out(self) -> None:
        """Do not take the line; it stays to be seen until the list is closed."""
        self.left_out = True
        self.show_state()

    def set_taken(self, taken: bool) -> None:
        """Say that the line is in the list of medicines now, or no longer."""
        self.taken = taken
        self.show_state()

    def show_state(self) -> None:
        """The mark of the line, and its buttons while nothing was said of it."""
        for button in self.buttons:
            button.setVisible(self.open)
        self.chip.show_mark(self._mark())
        self.place_again()

    def _mark(self) -> Mark:
        if self.taken:
            return Mark("check", "ok", say("Taken"))
        if self.left_out:
            return Mark("circle-minus", "not_entered", say("Left out"))
        if self.pasted.doubtful:
            return Mark(
                "triangle-alert", "warn", say("Is it taken? The line speaks of an allergy or of not taking")
            )
        return mark_of_reading(self.read)


def mark_of_reading(read: TakenDrug) -> Mark:
    """Recognised, did you mean, or not in the list."""
    if read.slips:
        names = f" {say('or')} ".join(likely.shown for likely in read.slips[0].meant)
        return Mark("help", "warn", say("Did you mean {names}?", names=names))
    if not read.drugs:
        return not_listed()
    return Mark(
        "circle-check", "ok", say("Recognised: {names}", names=", ".join(drug.name for drug in read.drugs))
    )


class MedicineReview(Flow):
    """The lines of a pasted list. `taken` gives medicines; `undone` the answer as it was; `closed`."""

    taken = Signal(list)
    undone = Signal(object)
    closed = Signal()
    inset_px = 10

    def __init__(self, protocol: Protocol) -> None:
        super().__init__()
        self.setAccessibleName(say("Pasted list"))
        self._protocol = protocol
        self.lines: list[ReviewLine] = []
        self._taking: list[ReviewLine] = []
        self._history: list[tuple[Answer | None, list[ReviewLine]]] = []
        self.setProperty("role", "review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = plain_label(role="label", wrap=True)
        self.add(self.title, whole=True)
        self.all = self._button(say("Take all"), self.take_all)
        self.undo = self._button(say("Undo"), self.undo_last)
        self.close_it = self._button(say("Done"), self.closed.emit)

    def _button(self, words: str, then: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(then)
        self.add(button)
        return button

    def show_lines(self, pasted: Sequence[PastedLine]) -> None:
        """Add these lines to those that wait, and put the focus where Enter takes them all."""
        with self.placed_once():
            for found in pasted:
                if not found.heading:
                    self._add_line(ReviewLine(self._protocol, found))
        self._show_counts()
        self.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_line(self, line: ReviewLine) -> None:
        line.chosen.connect(partial(self._take_one, line))
        self.add(line, whole=True, at=self.place_of(self.all))
        if self.isVisible():
            line.show()
        self.lines.append(line)

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        return [
            *(button for line in self.lines for button in line.buttons),
            self.all,
            self.undo,
            self.close_it,
        ]

    def _waiting(self) -> list[ReviewLine]:
        """What “take all” takes: what is doubtful is taken by its own button only."""
        return [line for line in self.lines if line.open and not line.pasted.doubtful]

    def take_all(self) -> None:
        """Take every line as written; a spelling that is not confirmed stays to be confirmed in the list."""
        waiting = self._waiting()
        self._take(waiting, [line.medicine for line in waiting])

    def _take_one(self, line: ReviewLine, medicine: Medicine) -> None:
        self._take([line], [medicine])

    def _take(self, lines: list[ReviewLine], medicines: list[Medicine]) -> None:
        self._taking = lines
        self.taken.emit(medicines)

    def remember(self, before: Answer | None) -> None:
        """The lines are in the list now; `before` is what an undo gives back."""
        self._history.append((before, self._taking))
        self._mark(self._taking, taken=True)

    def undo_last(self) -> None:
        """Take the last step back."""
        before, lines = self._history.pop()
        self.undone.emit(before)
        self._mark(lines, taken=False)

    def forget_steps(self) -> None:
        """The list was changed elsewhere: there is nothing here to take back any more."""
        self._history.clear()
        self._show_counts()

    def _mark(self, lines: list[ReviewLine], *, taken: bool) -> None:
        focused = QApplication.focusWidget()
        with self.placed_once():
            for line in lines:
                line.set_taken(taken)
        self._show_counts()
        if focused is None or not focused.isVisible():
            self._next_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_stop(self) -> QWidget:
        waiting = [line.buttons[0] for line in self.lines if line.open]
        return waiting[0] if waiting else self.close_it

    def _show_counts(self) -> None:
        waiting, count = len(self._waiting()), len(self.lines)
        read = say("1 line was read") if count == 1 else say("{count} lines were read", count=count)
        self.title.setText(say("Pasted list: {read}. Nothing counts until it is taken.", read=read))
        self.all.setText(say("Take all {waiting}", waiting=waiting) if waiting > 1 else say("Take it"))
        self.all.setVisible(waiting > 0)
        self.undo.setVisible(bool(self._history))
        self.place_again()
