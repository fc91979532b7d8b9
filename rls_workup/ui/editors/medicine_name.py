"""The field for a medicine's name: completions by name and brand, and a list that is pasted into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rls_workup.domain.parts import Drug
from rls_workup.ui import theme
from rls_workup.ui.editors.line import Line
from rls_workup.ui.plain import one_line
from rls_workup.ui.words import say

_NAME = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# A pasted list must arrive whole, however long it is.
_LONGEST_PASTE = 200_000


def names_model(drugs: Iterable[Drug]) -> QStandardItemModel:
    """Every name of every drug: shown as `Losec – omeprazole`, taken as `Losec`."""
    names = {(name, drug.name) for drug in drugs for name in (drug.name, *drug.brands, *drug.also)}
    model = QStandardItemModel()
    for name, generic in sorted(names, key=lambda pair: (pair[0].casefold(), pair[1])):
        entry = QStandardItem(one_line(name if name == generic else f"{name} – {generic}"))
        entry.setData(name, _NAME)
        model.appendRow(entry)
    return model


class MedicineName(Line):
    """`picked`: a completion was taken; `pasted`: this text came at once and not letter by letter."""

    picked = Signal()
    pasted = Signal(str)

    def __init__(self, names: Callable[[], QStandardItemModel]) -> None:
        super().__init__("medicine", say("Medicine"), say("Name or brand"))
        self.setMaxLength(_LONGEST_PASTE)
        self._names = names
        self._list: QListView | None = None
        self.before = ""
        self.entered.connect(self._complete)
        self.textEdited.connect(self._edited)

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self.before = self.text()

    def _changed(self, text: str) -> None:
        if not self.choosing:  # what is only looked at stands in the field too
            super()._changed(text)

    @property
    def choosing(self) -> bool:
        """Whether completions are shown: what stands in the field may only be passed by on the way."""
        return self._list is not None and self._list.isVisible()

    def _edited(self, text: str) -> None:
        if len(text) > len(self.before) + 1:
            self.pasted.emit(text)
            # Qt offers completions once this is done; a pasted name needs none.
            QTimer.singleShot(0, self, self._put_completions_away)
        self.before = self.text()

    def _put_completions_away(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _complete(self) -> None:
        if self.completer() is not None:
            return
        completer = QCompleter(self._names(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionRole(_NAME)
        completer.activated.connect(self.picked)
        self.setCompleter(completer)
        self._list = QListView()
        completer.setPopup(self._list)
        self._list.setFont(self.font())
        self._list.setMinimumWidth(theme.current.em(24))
        self._list.setItemDelegate(FirstIsMarked(self._list))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self._take_completion():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_completion(self) -> bool:
        """Take the marked completion; a name that stands there whole needs none."""
        completer = self.completer()
        if completer is None or self._list is None or not self.choosing:
            return False
        marked = self._list.currentIndex()
        taken = marked if marked.isValid() else completer.completionModel().index(0, 0)
        name = str(taken.data(_NAME))
        self._list.hide()
        if not marked.isValid() and name.casefold() == self.text().strip().casefold():
            return False
        self.show_text(name)
        self.setModified(True)
        self.picked.emit()
        return True


class FirstIsMarked(QStyledItemDelegate):
    """Shows what Enter takes: the first completion, as long as no other one is chosen."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._list = view

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.row() == 0 and not self._list.currentIndex().isValid():
            option.state |= QStyle.StateFlag.State_Selected
