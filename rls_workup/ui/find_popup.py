"""Find an item by a few letters of its question, and go there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rls_workup.domain.drug_names import fold_name
from rls_workup.domain.protocol import Protocol
from rls_workup.ui import theme
from rls_workup.ui.plain import one_line

_MOST = 12


class FindPopup(QFrame):
    """A line to type in and the items that match; Enter goes to the marked one, Escape closes."""

    chosen = Signal(str)

    def __init__(self, protocol: Protocol, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._names = {item.id: _searched(protocol, item.id) for item in protocol.items.values()}
        self._protocol = protocol
        self._line = QLineEdit()
        self._line.setPlaceholderText("Find an item, for example ferritin")
        self._line.setAccessibleName("Find an item")
        self._line.textChanged.connect(self._search)
        self._line.returnPressed.connect(self._take)
        self._line.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("Items found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.addWidget(self._line)
        column.addWidget(self._list)
        self._search("")

    def show_over(self, widget: QWidget) -> None:
        """Open at the top of a widget, with the focus in the line."""
        self.setFixedWidth(min(theme.current.em(32), widget.width()))
        self.move(widget.mapToGlobal(QPoint((widget.width() - self.width()) // 2, theme.current.px(8))))
        self.show()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                last = self._list.count() - 1
                self._list.setCurrentRow(min(max(self._list.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        words = fold_name(text).split()
        found = [item for item, name in self._names.items() if all(word in name for word in words)]
        self._list.clear()
        for item in found[:_MOST]:
            entry = QListWidgetItem(one_line(self._protocol.items[item].asks))
            entry.setData(Qt.ItemDataRole.UserRole, item)
            self._list.addItem(entry)
        self._list.setCurrentRow(0)

    def _take(self, _entry: QListWidgetItem | None = None) -> None:
        chosen = [str(entry.data(Qt.ItemDataRole.UserRole)) for entry in self._list.selectedItems()]
        if chosen:
            self.close()
            self.chosen.emit(chosen[0])


def _searched(protocol: Protocol, item: str) -> str:
    part = protocol.items[item]
    section = next((section.title for section in protocol.sections if section.id == part.section), "")
    return fold_name(f"{part.label} {part.asks} {item.replace('_', ' ')} {section}")
