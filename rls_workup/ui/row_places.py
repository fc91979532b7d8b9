"""Where the parts of a row stand: question and answer side by side, or stacked where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from rls_workup.ui import theme
from rls_workup.ui.chip import Chip
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.flow import FIELD_PX, RING_PX, height_of
from rls_workup.ui.mirroring import mirror
from rls_workup.ui.wrapped import widest_word

STACK_BELOW_EM = 34
_TABLE_SHARE = 0.26
_QUESTION_SHARE = 0.48


class RowPlaces:
    """Arranges the parts by hand: layouts in layouts tell wrong heights for wrapped words, and cost more.

    `hint` stands under the question, `below` under the answer, in order. Hidden parts take no room.
    """

    def __init__(self, name: QLabel, editor: Editor, chip: Chip, dots: QPushButton) -> None:
        self._name, self._editor, self._chip, self._dots = name, editor, chip, dots
        self._widest = ("", QFont(), 0)
        self.hint: QLabel | None = None
        self.below: list[QWidget] = []

    def arrange(self, width: int, *, move: bool) -> int:
        """Tell the height at this width, in pixels; move the parts to their places if asked."""
        px, ring = theme.current.px, theme.current.px(RING_PX)
        dots = self._dots.sizeHint()
        asked, stacked = self._columns(width, dots.width())
        bottom = self._question(ring, asked, stacked, move=move)
        left = 0 if stacked else ring + asked + px(12)
        room = width - left - (0 if stacked else dots.width() + px(4))
        if move:
            self._dots.setGeometry(
                QRect(width - dots.width(), 0 if stacked else px(6), dots.width(), dots.height())
            )
        bottom = max(bottom, self._answer(left, bottom if stacked else 0, room, move=move))
        if move:
            self._mirror(width)
        return bottom

    def _mirror(self, width: int) -> None:
        parts = (self._name, self.hint, self._editor, self._chip, self._dots, *self.below)
        shown = [part for part in parts if part is not None and not part.isHidden()]
        mirror(self._editor, shown, width)

    def _columns(self, width: int, dots: int) -> tuple[int, bool]:
        """Width of the question, and whether it stands above its answer."""
        px, em = theme.current.px, theme.current.em
        whole = width - dots - px(12)
        if self._editor.wide and not self._chip.isHidden():
            return whole - self._chip.sizeHint().width() - px(12), True
        if self._editor.wide or width < em(STACK_BELOW_EM):
            return whole, True
        least = max(em(11), self._widest_word())
        if not self._editor.asks_aloud:
            return max(min(round(width * _TABLE_SHARE), em(18)), least), False
        beside = whole - self._editor.natural_width() - px(12)
        share = min(max(round(width * _QUESTION_SHARE), least), beside)
        return (share, False) if share >= least else (whole, True)

    def _widest_word(self) -> int:
        """Pixels of the longest word of the question, which is never cut."""
        words, font = self._name.text(), self._name.font()
        if self._widest[0] != words or self._widest[1] != font:
            self._widest = words, font, widest_word(self._name)
        return self._widest[2]

    def _question(self, left: int, width: int, stacked: bool, *, move: bool) -> int:
        px = theme.current.px
        name = height_of(self._name, width)
        hint = height_of(self.hint, width) if self.hint is not None and not self.hint.isHidden() else 0
        high = name + (px(2) + hint if hint else 0)
        field = px(RING_PX * 2 + FIELD_PX)
        top = px(2) if stacked else max(px(3), (field - high) // 2)
        if move:
            self._name.setGeometry(left, top, width, name)
            if hint and self.hint is not None:
                self.hint.setGeometry(left, top + name + px(2), width, hint)
        return top + high + px(2)

    def _answer(self, left: int, top: int, room: int, *, move: bool) -> int:
        px, ring = theme.current.px, theme.current.px(RING_PX)
        editor = self._editor
        wide = room if editor.wide else min(editor.natural_width(), room)
        bottom = top + editor.heightForWidth(wide)
        if move:
            editor.setGeometry(left, top, wide, bottom - top)
        if not self._chip.isHidden():
            bottom = self._mark(left, top, room, wide, bottom, move=move)
        for part in self.below:
            if part.isHidden():
                continue
            # A field needs room for its focus ring, words do not.
            around = 0 if isinstance(part, QLabel) else ring
            deep = height_of(part, room - ring)
            if move:
                part.setGeometry(left + ring, bottom + around, room - ring - around, deep)
            bottom += deep + 2 * around + px(2)
        return bottom

    def _mark(self, left: int, top: int, room: int, wide: int, bottom: int, *, move: bool) -> int:
        """The chip: behind the field, under it where there is no room, above it where the field is wide."""
        px, ring = theme.current.px, theme.current.px(RING_PX)
        chip = self._chip.sizeHint()
        beside = wide + px(4) + chip.width() <= room
        if self._editor.wide:
            x, y = room - self._dots.sizeHint().width() - px(12) - chip.width(), px(4)
        elif beside:
            x, y = left + wide + px(4), top + ring + (px(FIELD_PX) - chip.height()) // 2
        else:
            x, y = left + ring, bottom
        if move:
            self._chip.setGeometry(x, y, min(chip.width(), room), chip.height())
        return bottom if beside or self._editor.wide else bottom + chip.height() + px(4)
