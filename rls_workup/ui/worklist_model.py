"""The rows of the worklist for Qt: fetched from the store a page at a time, their words made once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from rls_workup.domain.dates import shown_day
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.exchange.ages import Listing, aged
from rls_workup.store import Page, Row, Store
from rls_workup.store.wanted import Order, Wanted
from rls_workup.ui import icons
from rls_workup.ui.plain import one_line, tip
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import said_of, say

COLUMNS = (
    word("State"),
    word("Patient"),
    word("Number"),
    word("Born"),
    word("Next step"),
    word("Last saved"),
)
ORDERS = (Order.STATE, Order.NAME, Order.NUMBER, Order.BORN, Order.NEXT, Order.SAVED)
_A_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
Index = QModelIndex | QPersistentModelIndex


def state_of(row: Row) -> tuple[str, str, str]:
    """Sign, colour and word of a work-up's state; the word says it all without the others."""
    if row.status == "completed":
        return "circle-check", "ok", say("Completed")
    if row.status == "amended":
        return "pencil", "ok", say("Amended")
    if row.awaited:
        return "hourglass", "awaited", say("{count} awaited", count=row.awaited)
    return "circle-dashed", "not_entered", say("In progress")


def patient_name(family: str, given: str) -> str:
    """`BROWN, Margaret`; “No name” where nothing is recorded."""
    return one_line(", ".join(part for part in (family.upper(), given) if part.strip())) or say("No name")


def next_step(row: Row, today: date) -> str:
    """The next step with its age as of today."""
    listed = Listing(row.next_step, row.awaited, row.pending_since, row.recheck_due)
    return one_line(aged(listed, today, closed=row.status == "completed", wording=in_use.wording))


def saved_at(utc: str, today: date) -> str:
    """The local time of a save, with its day unless that is today."""
    try:
        at = datetime.fromisoformat(utc).astimezone()
    except ValueError:
        return utc
    return f"{at:%H:%M}" if at.date() == today else f"{shown_day(at.date())} {at:%H:%M}"


def _words(row: Row, today: date) -> tuple[str, ...]:
    name = patient_name(row.family_name, row.given_name)
    return (
        state_of(row)[2],
        say("SAMPLE · {name}", name=name) if row.sample else name,
        one_line(row.identifier),
        one_line(shown_date(row.date_of_birth)),
        next_step(row, today),
        saved_at(row.updated_at, today),
    )


class WorklistModel(QAbstractTableModel):
    """What is looked for in the store, in the order wanted; `failed` tells why there are no more rows."""

    failed = Signal(str)

    def __init__(self, store: Store, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._today = today
        self.wanted = Wanted()
        self._rows: list[Row] = []
        self._shown: list[tuple[str, ...]] = []
        self._signs: list[QIcon] = []
        self._place: tuple[str, str] | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}

    def look_for(self, wanted: Wanted, today: date) -> None:
        """Show the first page of what is looked for. Raises StoreTrouble; the rows stay as they were then."""
        self.show_page(wanted, self._store.listed(wanted), today)

    def show_page(self, wanted: Wanted, page: Page, today: date) -> None:
        """Show the first page of what was looked for."""
        self.beginResetModel()
        self.wanted, self._today = wanted, today
        self._rows, self._shown, self._signs = [], [], []
        self._icons.clear()
        self._take(page.rows)
        self._place = page.place
        self.endResetModel()

    def _take(self, rows: tuple[Row, ...]) -> None:
        self._rows += rows
        self._shown += [_words(row, self._today) for row in rows]
        self._signs += [self._sign(row) for row in rows]

    def dress(self) -> None:
        """Signs for the look and text size in use."""
        self._icons.clear()
        self._signs = [self._sign(row) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def _sign(self, row: Row) -> QIcon:
        sign, colour, _word = state_of(row)
        if (sign, colour) not in self._icons:
            self._icons[sign, colour] = icons.icon(sign, colour)
        return self._icons[sign, colour]

    def row_at(self, row: int) -> Row:
        """The work-up of a line."""
        return self._rows[row]

    def line_of(self, workup_id: str) -> int:
        """The line of a work-up among those fetched, -1 where it is none of them."""
        return next((line for line, row in enumerate(self._rows) if row.id == workup_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = 0) -> Any:
        # Qt asks seven times a cell; all but the words (0) and the sign (1) end here.
        if role > 1 and role != Qt.ItemDataRole.ToolTipRole:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._shown[index.row()][column])
        if role == 0:
            return self._shown[index.row()][column]
        return self._signs[index.row()] if column == 0 else None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return _A_ROW

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return say(COLUMNS[section]) if role == 0 and orientation == Qt.Orientation.Horizontal else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._place is not None

    def fetchMore(self, parent: Index) -> None:
        if self._place is None:
            return
        try:
            page = self._store.listed(self.wanted, self._place)
        except WorkupError as trouble:
            self._place = None  # else Qt asks again with every turn of the wheel
            self.failed.emit(said_of(trouble))
            return
        if page.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page.rows) - 1)
            self._take(page.rows)
            self.endInsertRows()
        self._place = page.place
