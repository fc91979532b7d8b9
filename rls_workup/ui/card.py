"""Items that belong together: a title, a hint, how many results are awaited, and a row an item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.row import ItemRow
from rls_workup.ui.session import Session
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel


class Card(QFrame):
    """One card of a section."""

    def __init__(self, title: str, hint: str, rows: Sequence[ItemRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows = tuple(rows)
        self._awaited = plain_label(role="chip", parent=self)
        restyle(self._awaited, tone="awaited")
        self._body = QVBoxLayout(self)
        self._above = QVBoxLayout()
        if title:
            self.setAccessibleName(title)
            self._above.addLayout(self._head(title))
        if hint:
            self._above.addWidget(WrappedLabel(hint, "hint"))
        if title or hint:
            self._body.addLayout(self._above)
        for row in self.rows:
            self._body.addWidget(row)
        self.fit()

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(WrappedLabel(title, "card-title"), 1)
        head.addWidget(self._awaited)
        return head

    def fit(self) -> None:
        """Margins for the text size in use."""
        px = theme.current.px
        self._body.setContentsMargins(px(20), px(16), px(20), px(16))
        self._body.setSpacing(px(12))
        self._above.setSpacing(px(2))
        self._above.setContentsMargins(px(4), 0, 0, 0)  # in line with the rows, which keep room for the ring

    def show_session(self, session: Session) -> None:
        """Each row's standing; items whose condition does not hold are put away with their answers."""
        assessment = session.assessment
        for row in self.rows:
            standing = assessment.standings[row.item_id]
            answer = session.answer_to(row.item_id)
            row.setVisible(standing.applies or answer is not None)
            about = assessment.findings_about(row.item_id)
            row.show_standing(standing, answer, about)
        awaited = sum(assessment.standings[row.item_id].awaited for row in self.rows)
        self._awaited.setText(say("{count} awaited", count=awaited))
        # Without a title there is no place for it.
        self._awaited.setVisible(awaited > 0 and bool(self.accessibleName()))
        self.setVisible(any(not row.isHidden() for row in self.rows))
