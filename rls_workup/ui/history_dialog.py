"""The history of the open work-up: every change, any version to look at, one answer to take back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from rls_workup.domain.dates import shown_moment
from rls_workup.domain.wording import word
from rls_workup.errors import StoreTrouble
from rls_workup.store.accesses import OPEN, Access, accesses_to
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.history import Change, history_of
from rls_workup.ui.plain import one_line, restyle, tip
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework
    from rls_workup.ui.session import Session

SEEN = {
    "open": word("Opened"),
    "print": word("Printed"),
    "export": word("Exported"),
    "import": word("Taken in"),
    "purge": word("Erased"),
}


class HistoryDialog(QDialog):
    """Newest first. What the person takes back is an edit like any other: one version, and Undo knows it."""

    def __init__(self, casework: Casework, session: Session) -> None:
        super().__init__(casework.window)
        self._casework, self._session = casework, session
        self._changes = self._read()
        self._seen = accesses_to(casework.window.store.engine, session.workup.id)
        self.setWindowTitle(say("History"))
        self.list = _list()
        self.also_seen = TickBox(say("Show also who opened and printed it"))
        self.buttons = ButtonBox()
        self.look_at = self._button(say("&Look at this version"))
        self.take_back = self._button(say("&Take this answer back"))
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._arrange()
        self.list.currentItemChanged.connect(self._look)
        self.also_seen.toggled.connect(self._fill)
        self.look_at.clicked.connect(self._show_version)
        self.take_back.clicked.connect(self._take_back)
        self.buttons.rejected.connect(self.reject)
        self._fill()

    def _read(self) -> list[Change]:
        store = self._casework.window.store
        try:
            return history_of(store.revisions(self._session.workup.id), self._session.protocol)
        except (ValueError, LookupError, TypeError):
            raise StoreTrouble(
                say(
                    "The history of this work-up is damaged. "
                    "Its answers are as you see them; look in a backup."
                )
            ) from None

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        restyle(button, role="")
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(
            WrappedLabel(say("Nothing is ever overwritten: each change is a version of its own."), "hint")
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.also_seen)
        column.addWidget(self.buttons)
        fit(self, 60, 36)

    def _fill(self) -> None:
        self.list.clear()
        lines: list[tuple[str, QTreeWidgetItem]] = [
            (change.at, _change_line(change)) for change in self._changes
        ]
        if self.also_seen.isChecked():
            lines += [(access.at, _access_line(access)) for access in self._seen]
        newest_first = sorted(lines, key=lambda line: line[0])[::-1]
        self.list.addTopLevelItems([line for _, line in newest_first])
        if newest_first:
            self.list.setCurrentItem(newest_first[0][1])
        self._look()

    def _chosen(self) -> Change | None:
        line = self.list.currentItem()
        chosen = line.data(0, Qt.ItemDataRole.UserRole) if line is not None else None
        return chosen if isinstance(chosen, Change) else None

    def _look(self) -> None:
        change = self._chosen()
        self.look_at.setEnabled(change is not None)
        self.take_back.setEnabled(change is not None and self._can_take_back(change))

    def _can_take_back(self, change: Change) -> bool:
        session = self._session
        if not change.item or session.workup.closed:
            return False
        return session.accepted_answer(change.item) != change.before

    def _take_back(self) -> None:
        change = self._chosen()
        if change is not None and self._can_take_back(change):
            self._session.answer(change.item, change.before)
            self._casework.saving.flush()
            self._changes = self._read()
            self._fill()

    def _show_version(self) -> None:
        change = self._chosen()
        if change is not None:
            self._casework.paper.show_version(self._session.workup.id, change.version)
            self.accept()


def _list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(say("Changes, newest first"))
    tree.setHeaderLabels([say("When"), say("Who"), say("What")])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = tree.header()
    for column in (0, 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _change_line(change: Change) -> QTreeWidgetItem:
    line = QTreeWidgetItem([_when(change.at), _who(change.author, change.station), one_line(change.words)])
    line.setData(0, Qt.ItemDataRole.UserRole, change)
    line.setToolTip(2, tip(f"{line.text(2)} · {say('Version {version}', version=change.version)}"))
    return line


def _access_line(access: Access) -> QTreeWidgetItem:
    words = say(SEEN.get(access.what, access.what))
    detail = f", {access.detail.replace('_', ' ')}" if access.detail and access.what != OPEN else ""
    line = QTreeWidgetItem([_when(access.at), _who(access.author, access.station), one_line(words + detail)])
    line.setToolTip(2, tip(line.text(2)))
    return line


def _who(author: str, station: str) -> str:
    both = say("{name} on {computer}", name=author, computer=station)
    return one_line(both if author and station else author or station)


def _when(at: str) -> str:
    return shown_moment(datetime.fromisoformat(at).astimezone())
