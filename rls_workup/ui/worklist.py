"""The worklist: all the work-ups, found as one types, opened with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.exchange.ages import RECHECK_SOON_DAYS
from rls_workup.store import Page, Row, Store
from rls_workup.store.station import who_and_where
from rls_workup.store.wanted import Only, Order, Wanted
from rls_workup.ui import icons, theme
from rls_workup.ui.filter_chips import FilterChips
from rls_workup.ui.looking import Looking
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.scrolled import GivesWay
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import said_of, say, told
from rls_workup.ui.worklist_model import COLUMNS, ORDERS, WorklistModel

_WIDTHS_EM = (9, 17, 10, 9, 0, 11)
_ROOMY_EM = 50  # on a narrower window every column gives way
_LIST_EM = 15  # the least height that the list, its chips and search need
LARGE_BYTES = 64 * 2**20  # of a store; some 8,000 work-ups, which are searched within 10 ms
_SEARCHED = word("No work-up matches what you look for. Search finds names, numbers, states and next steps.")
_EMPTY = {
    Only.ALL: word("There are no work-ups yet. Every answer of the first one is saved as you give it."),
    Only.AWAITING: word("No work-up waits for a result."),
    Only.RECHECK: word("No recheck is due within {days} days."),
    Only.IN_PROGRESS: word("No work-up is in progress."),
    Only.COMPLETED: word("No work-up is completed yet."),
    Only.MINE: word("No work-up was last saved by you."),
    Only.PRACTICE: word("No practice patients are in the worklist. Help, Practice patients puts them there."),
    Only.THESE: word("No work-up of the notice is in the worklist any more."),
}
# On a narrow window these columns go first, each below so many em.
_GO_BELOW_EM = ((word("Number"), 72), (word("Last saved"), 66), (word("Born"), 54))


class Worklist(QWidget):
    """`opened` tells the id of the work-up to open; `by` is whose work-ups are “mine”.

    `failed` tells why the store could not be read, `listed` that it could.
    """

    opened = Signal(str)
    new_asked = Signal()
    practice_asked = Signal()
    failed = Signal(str)
    listed = Signal()

    def __init__(self, store: Store, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._today = today
        self._store = store
        self.model = WorklistModel(store, today(), self)
        self.large_bytes = LARGE_BYTES
        self.looking = Looking(store.another, self)
        self.looking.found.connect(self._found)
        self.search = _search_line()
        self.chips = FilterChips()
        self.by = who_and_where()[0]
        self.row_actions: Sequence[QAction] = ()
        self._only, self._order, self._backward = Only.ALL, Order.SAVED, True
        self._these: tuple[str, ...] = ()
        self._panel: GivesWay | None = None
        self.table = _table(self.model)
        told(self.table.setAccessibleName, "Work-ups")
        self._nothing = plain_label(role="muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._begin = QPushButton()
        told(self._begin.setText, "Begin a &new work-up")
        restyle(self._begin, role="primary")
        self._try = QPushButton()
        told(self._try.setText, "&Try practice patients")
        restyle(self._try, role="flat")
        self._body = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._arrange()
        self.model.failed.connect(self.failed)
        self.search.textChanged.connect(self.reload)
        self.chips.chosen.connect(self._choose_only)
        header = self.table.horizontalHeader()
        header.sectionClicked.connect(self._sort_by_column)
        self.table.activated.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        for button in (self._begin, self._try):
            button.setAutoDefault(True)  # Enter presses it, as the space bar does
        self._begin.clicked.connect(self.new_asked)
        self._try.clicked.connect(self.practice_asked)
        self.search.installEventFilter(self)
        theme.current.changed.connect(self.dress)
        in_use.changed.connect(self._make_room)
        # Later, when the headings have their new letters.
        theme.current.changed.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        self.dress()

    def _arrange(self) -> None:
        title = plain_label(role="title")
        told(title.setText, "Worklist")
        self._top.addWidget(title)
        self._top.addStretch(1)
        self._top.addWidget(self.search, 100)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.addLayout(self._top)
        self._head.addWidget(self.chips)
        above = GivesWay()  # with large text in a low window, the list keeps some room
        above.hold(head)
        self._column.addWidget(above)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty_page())
        self._column.addWidget(self._body, 1)

    def _empty_page(self) -> QWidget:
        page, row = QWidget(), QHBoxLayout()
        # Else it takes its height from the list above it, also where it is not shown.
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addWidget(self._nothing)
        row.addStretch(1)
        row.addWidget(self._begin)
        row.addWidget(self._try)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        return page

    def put_on_top(self, panel: QWidget) -> None:
        """Show something above the list, as long as the list has room below it."""
        self._panel = GivesWay()
        self._panel.hold(panel)
        self._column.insertWidget(0, self._panel)
        self._make_room()

    def take_off_top(self) -> None:
        """Show nothing above the list any more."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None

    def dress(self) -> None:
        """Lengths and signs for the look and text size in use."""
        em, px = theme.current.em, theme.current.px
        self._column.setContentsMargins(px(24), px(12), px(24), px(16))
        self._column.setSpacing(px(12))
        self._head.setContentsMargins(0, px(4), 0, px(4))  # room for the focus ring
        self._head.setSpacing(px(12))
        self._top.setSpacing(px(16))
        self.search.setMinimumWidth(em(16))
        self.search.setMaximumWidth(em(27))
        self.table.setMinimumHeight(em(2))
        self.table.verticalHeader().setDefaultSectionSize(px(40))
        self.table.setIconSize(QSize(em(1.2), em(1.2)))
        self._make_room()
        self.model.dress()
        for action in self.search.actions():
            action.setIcon(icons.icon("search", "muted"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self._panel is not None:
            taken = self._panel.sizeHint().height()
            self._panel.setVisible(self.height() - taken > theme.current.em(_LIST_EM))
        header = self.table.horizontalHeader()
        share = min(1.0, self.width() / theme.current.em(_ROOMY_EM))
        for at, width in enumerate(_WIDTHS_EM):
            if width:  # the others are as wide as what is left
                wide = round(theme.current.em(width) * share)
                self.table.setColumnWidth(at, max(wide, header.sectionSizeHint(at)))
        for column, least in _GO_BELOW_EM:
            self.table.setColumnHidden(COLUMNS.index(column), self.width() < theme.current.em(least))

    def put_above(self, line: QWidget) -> None:
        """A line about the marked rows, right above them."""
        self._head.addWidget(line)

    def take_focus(self) -> None:
        """The rows, or the button to begin where there are none."""
        (self.table if self.model.rowCount() else self._begin).setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Look again; the chosen line stays chosen."""
        wanted = self._wanted()
        self.looking.forget()
        if wanted.search.strip() and self._is_large():
            self.looking.ask(wanted)
            return
        chosen = self.chosen()
        try:
            self.model.look_for(wanted, self._today())
            self._offer_practice()
        except WorkupError as trouble:
            self.failed.emit(said_of(trouble))
            return
        self.listed.emit()
        self._choose_again(chosen)

    def _offer_practice(self) -> None:
        if not self.search.text():  # not at every key
            rows = self._store.listed(Wanted(only=Only.PRACTICE), limit=1).rows
            self.chips.offer(Only.PRACTICE, bool(rows) or self._only is Only.PRACTICE)

    def list_only(self, only: Only) -> None:
        """List these, read anew also where they are listed already."""
        if self._only is only:
            self.reload()
        self.chips.choose(only)

    def show_these(self, ids: Sequence[str]) -> None:
        """List the work-ups of these ids only, the ones that a notice tells of."""
        self._these = tuple(ids)
        self.chips.offer(Only.THESE, True)
        self.search.clear()
        self.list_only(Only.THESE)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_large(self) -> bool:
        """Whether looking for a word that nobody has takes so long that the window would stand still."""
        path = self._store.path
        return path is not None and path.exists() and path.stat().st_size > self.large_bytes

    def _found(self, wanted: Wanted, result: object) -> None:
        if wanted != self._wanted():
            return
        if isinstance(result, Page):
            chosen = self.chosen()
            self.model.show_page(wanted, result, self._today())
            self._choose_again(chosen)
            self.listed.emit()
        elif isinstance(result, WorkupError):
            self.failed.emit(said_of(result))

    def _choose_again(self, chosen: Row | None) -> None:
        self._choose(max(0, self.model.line_of(chosen.id) if chosen else 0))
        self._say_when_empty()

    def _wanted(self) -> Wanted:
        until = (self._today() + timedelta(days=RECHECK_SOON_DAYS)).isoformat()
        these = self._these if self._only is Only.THESE else ()
        return Wanted(self.search.text(), self._only, self._order, self._backward, self.by, until, these)

    def _choose_only(self, only: Only) -> None:
        self._only = only
        if only is not Only.THESE:
            self.chips.offer(Only.THESE, False)
        # Of those that wait, the one that waits longest is looked for.
        ages = only in (Only.AWAITING, Only.RECHECK)
        self.sort_by(Order.NEXT if ages else Order.SAVED, backward=not ages)

    def _sort_by_column(self, column: int) -> None:
        order = ORDERS[column]
        again = order is self._order
        self.sort_by(order, backward=not self._backward if again else order is Order.SAVED)

    def sort_by(self, order: Order, *, backward: bool = False) -> None:
        """Show the rows in this order; the header says so."""
        self._order, self._backward = order, backward
        down = Qt.SortOrder.DescendingOrder if backward else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(ORDERS.index(order), down)
        self.reload()

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu_for_row()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def menu_for_row(self) -> QMenu:
        """What can be done with the chosen rows, and how the list is sorted."""
        menu = QMenu(self)
        menu.setAccessibleName(say("Chosen work-ups"))
        menu.addActions(list(self.row_actions))
        menu.addSeparator()
        sorts, group = menu.addMenu(say("&Sort by")), QActionGroup(menu)
        for column, order in zip(COLUMNS, ORDERS, strict=True):
            action = sorts.addAction(say(column))
            action.setCheckable(True)
            action.setChecked(order is self._order)
            group.addAction(action)
            action.triggered.connect(partial(self._sort_by_action, ORDERS.index(order)))
        return menu

    def _sort_by_action(self, column: int, _checked: bool = False) -> None:
        self._sort_by_column(column)

    def _choose(self, line: int) -> None:
        if line < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(line, 0))

    def _say_when_empty(self) -> None:
        empty = self.model.rowCount() == 0
        if not empty and (self._begin.hasFocus() or self._try.hasFocus()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._body.setCurrentIndex(1 if empty else 0)
        if not empty:
            return
        searched = bool(self.search.text().strip())
        self._nothing.setText(say(_SEARCHED if searched else _EMPTY[self._only], days=RECHECK_SOON_DAYS))
        for button in (self._begin, self._try):
            button.setVisible(not searched and self._only is Only.ALL)

    def chosen(self) -> Row | None:
        """The work-up of the chosen line."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def chosen_rows(self) -> list[Row]:
        """The work-ups of all the lines that are marked, from top to bottom."""
        lines = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.row_at(line) for line in lines]

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.row_at(index.row()).id)

    def start_search(self) -> None:
        """Put the cursor into the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line, the arrow goes down to the rows and Enter opens the chosen one."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.table.currentIndex())
            return True
        return False


def _search_line() -> QLineEdit:
    line = QLineEdit()
    told(line.setPlaceholderText, "Search name, number or state")
    told(line.setAccessibleName, "Search work-ups")
    line.setClearButtonEnabled(True)
    for clearing in line.findChildren(QToolButton):
        told(clearing.setAccessibleName, "Clear the search")
    line.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
    for sign in line.findChildren(QToolButton):
        if not sign.accessibleName():
            told(sign.setAccessibleName, "Search")
    return line


class RowTable(QTableView):
    """Rows that can be pulled away; `dragged` tells when."""

    dragged = Signal()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        self.dragged.emit()


def _table(model: WorklistModel) -> RowTable:
    table = RowTable()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setDragEnabled(True)
    table.setShowGrid(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setSortIndicator(ORDERS.index(Order.SAVED), Qt.SortOrder.DescendingOrder)
    header.setSectionResizeMode(COLUMNS.index(word("Next step")), QHeaderView.ResizeMode.Stretch)
    return table
