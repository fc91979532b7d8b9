"""One section of the work-up as cards, built when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from rls_workup.domain.earlier import Earlier
from rls_workup.domain.parts import Card as CardPart
from rls_workup.domain.parts import Section
from rls_workup.domain.workup import Answer
from rls_workup.ui import theme
from rls_workup.ui.card import Card
from rls_workup.ui.row import ItemRow
from rls_workup.ui.session import Session
from rls_workup.ui.words import told
from rls_workup.ui.wrapped import WrappedLabel


class Form(QScrollArea):
    """The open section. Answers go to the session; what the session then says comes back to every row."""

    section_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        told(self.setAccessibleName, "Form")
        self._session: Session | None = None
        self._pages: dict[str, Page] = {}
        self._earlier: Mapping[str, tuple[Earlier, ...]] = {}
        self.section = ""
        self.setMinimumHeight(1)  # a low window with large text gives the room to what stands above
        self.last_item = ""  # which had the focus last

    def show_session(self, session: Session, section: str = "") -> None:
        """Show another work-up, from this section or its first one."""
        self.clear()
        self._session = session
        session.changed.connect(self._changed)
        sections = [part.id for part in session.protocol.sections]
        self.show_section(section if section in sections else sections[0])

    def clear(self) -> None:
        """Let go of the work-up; what is being typed is told first."""
        self.commit()
        if self._session is not None:
            self._session.changed.disconnect(self._changed)
        self._session = None
        self.takeWidget()
        for page in self._pages.values():
            page.deleteLater()
        self._pages, self.section, self._earlier = {}, "", {}

    @property
    def earlier(self) -> Mapping[str, tuple[Earlier, ...]]:
        """Results of earlier visits, by item."""
        return self._earlier

    def show_earlier(self, earlier: Mapping[str, tuple[Earlier, ...]]) -> None:
        """Show results of earlier visits, by item."""
        self._earlier = earlier
        for page in self._pages.values():
            page.show_earlier(earlier)

    def commit(self) -> None:
        """Give what stands in the field being typed in."""
        focused = self.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    def commit_row(self) -> None:
        """Give what stands in the field in focus, and leave the focus there."""
        row = self.focused_row()
        if row is not None:
            row.commit()

    def show_section(self, section: str) -> None:
        """Bring a section to the front; built at its first time."""
        session = self._session
        if session is None or section == self.section:
            return
        self.commit()
        page = self._pages.get(section) or self._build(session, section)
        page.show_session(session)
        page.setDisabled(session.workup.closed)
        self.takeWidget()
        self.setWidget(page)
        page.show()
        self.verticalScrollBar().setValue(0)
        self.section = section
        self.section_shown.emit(section)

    def _build(self, session: Session, section: str) -> Page:
        model = next(part for part in session.protocol.sections if part.id == section)
        page = self._pages[section] = Page(session, model)
        page.show_earlier(self._earlier)
        for row in page.rows:
            row.edited.connect(partial(self._edited, row))
            row.typing.connect(partial(self._typing, row.item_id))
            row.move_on.connect(partial(self._move_on, row))
        return page

    @property
    def rows(self) -> list[ItemRow]:
        """The rows of the open section that are to be seen."""
        page = self._pages.get(self.section)
        return [row for row in page.rows if not row.isHidden()] if page else []

    def focus_item(self, item: str) -> None:
        """Open the item's section and put the focus into its field."""
        session = self._session
        if session is None or item not in session.protocol.items:
            return
        self.show_section(session.protocol.items[item].section)
        for row in self.rows:
            if row.item_id == item:
                self._focus(row)

    def focused_row(self) -> ItemRow | None:
        """The row in which the focus is."""
        focused = self.focusWidget()
        return next((row for row in self.rows if focused is not None and row.isAncestorOf(focused)), None)

    def take_focus(self, item: str = "") -> None:
        """The focus goes to this item if it is here, to where it was, or to the first unanswered row."""
        rows = self.rows
        named = next((row for row in rows if row.item_id == item), None)
        last = next((row for row in rows if row.item_id == self.last_item), None)
        row = named or self.focused_row() or last or next((row for row in rows if row.unanswered), None)
        if row is None and rows:
            row = rows[0]
        if row is not None:
            self._focus(row)

    def remember_focus(self) -> None:
        """Note which item has the focus now, so that it can return there."""
        row = self.focused_row()
        # While the form goes away, Qt hands the focus from row to row.
        if row is not None and row.isVisible():
            self.last_item = row.item_id

    def _focus(self, row: ItemRow) -> None:
        row.focus_editor()
        # The page lays itself out first where it has just been built.
        QTimer.singleShot(0, row, partial(self._bring_into_view, row))

    def _bring_into_view(self, row: ItemRow) -> None:
        page = self._pages.get(self.section)
        if page is None or not page.isAncestorOf(row):
            return
        if row is self.rows[0]:  # with the title of the section above it
            self.verticalScrollBar().setValue(0)
        # Of a row that is higher than the view, as a long list is, Qt would show the middle.
        focused = row.focusWidget() if row.height() > self.viewport().height() else None
        self.ensureWidgetVisible(focused or row, 0, theme.current.em(4))

    def _edited(self, row: ItemRow, answer: object) -> None:
        if self._session is not None and (answer is None or isinstance(answer, Answer)):
            self._session.answer(row.item_id, answer, resting=row.resting)

    def _typing(self, item: str, text: str) -> None:
        if self._session is not None:
            self._session.keep_typing(item, text)

    def _move_on(self, row: ItemRow) -> None:
        """To the next row that a person fills in; after the last one of a section, to the next section."""
        session, rows = self._session, self.rows
        after = rows[rows.index(row) + 1 :] if row in rows else []
        asked = next((one for one in after if not one.worked_out), None)
        if asked is not None:
            self._focus(asked)
        elif session is not None:
            sections = [section.id for section in session.protocol.sections]
            for section in sections[sections.index(self.section) + 1 :][:1]:
                self.show_section(section)
                if self.rows:
                    self._focus(self.rows[0])

    def _changed(self, item: str) -> None:
        page = self._pages.get(self.section)
        if page is None or self._session is None:
            return
        held = self.focused_row()
        page.show_session(self._session)
        if held is not None and held.isHidden():
            self._go_near(held, item)

    def _go_near(self, gone: ItemRow, changed: str) -> None:
        """The row in focus closed: to the row whose answer closed it, else to the nearest one before."""
        page = self._pages[self.section]
        before = page.rows[: page.rows.index(gone)]
        cause = [row for row in page.rows if row.item_id == changed]
        near = next((row for row in (*cause, *reversed(before), *self.rows) if not row.isHidden()), None)
        if near is not None:
            self._focus(near)

    def fit(self) -> None:
        """Build anew for another text size; the focus stays on its item."""
        session, section, earlier = self._session, self.section, self._earlier
        if session is None:
            return
        row = self.focused_row()
        self.clear()
        self._session, self._earlier = session, earlier
        session.changed.connect(self._changed)
        self.show_section(section)
        if row is not None:
            self.focus_item(row.item_id)


class Page(QWidget):
    """One section: title, hint, and its cards."""

    def __init__(self, session: Session, section: Section) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.cards = [self._card(session, section, card) for card in _cards_of(session, section)]
        self.rows = [row for card in self.cards for row in card.rows]
        px = theme.current.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(20), px(20), px(24))
        column.setSpacing(px(16))
        heads = [WrappedLabel(section.title, "title")]
        if section.hint:
            heads.append(WrappedLabel(section.hint, "hint"))
        above = QVBoxLayout()
        above.setSpacing(px(4))
        for head in heads:
            above.addWidget(head)
        column.addLayout(above)
        for head in reversed(heads):
            head.setParent(self)
            head.lower()  # read before the cards
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)

    def _card(self, session: Session, section: Section, card: CardPart) -> Card:
        items = [item for item in session.protocol.items_of(section.id) if item.card == card.id]
        rows = [ItemRow(item, session.protocol, session.today) for item in items]
        for row in rows:
            row.editor.visit_day = session.visit_day
        return Card(card.title, card.hint, rows, self)

    def show_earlier(self, earlier: Mapping[str, tuple[Earlier, ...]]) -> None:
        """Results of earlier visits, in the rows of their items."""
        for row in self.rows:
            row.show_earlier(earlier.get(row.item_id, ()))

    def show_session(self, session: Session) -> None:
        """What the session says now, in every row."""
        for card in self.cards:
            card.show_session(session)


def _cards_of(session: Session, section: Section) -> list[CardPart]:
    """The section's cards; items without one stand together in a first card without a title."""
    loose = any(not item.card for item in session.protocol.items_of(section.id))
    return [CardPart.model_construct(id="", title="", hint=""), *section.cards] if loose else [*section.cards]
