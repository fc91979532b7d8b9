"""What an earlier window kept while the server was away and the store then refused: shown until decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from rls_workup.domain.dates import shown_day
from rls_workup.errors import Conflict
from rls_workup.store import Outcome, Submission
from rls_workup.ui.notices import Notices
from rls_workup.ui.plain import one_line, plain_box


class LeftBehind(QObject):
    """One banner for each; nothing is merged, and nothing goes before the person has said so."""

    copy_asked = Signal(object)
    other_asked = Signal(str)
    dropped = Signal(object)

    def __init__(self, notices: Notices, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._notices, self._window = notices, window

    def show_left(self, outcome: object) -> None:
        """Show what became of a submission that was left behind."""
        if not isinstance(outcome, Outcome) or outcome.left is None:
            return
        left = outcome.left
        name = one_line(
            ", ".join(part for part in (left.summary.family_name, left.summary.given_name) if part)
        )
        why = (
            "the work-up was changed elsewhere since. Nothing was overwritten"
            if isinstance(outcome.trouble, Conflict)
            else f"the store refused it: {outcome.trouble}"
        )
        ways: list[tuple[str, Callable[[], object]]] = [
            ("Keep mine as a copy", partial(self.copy_asked.emit, left)),
            ("Show the other version", partial(self.other_asked.emit, left.workup_id)),
            ("Give mine up…", partial(self._ask, left)),
        ]
        self._notices.show_notice(
            _matter(left),
            "warn",
            f"Answers for {name or 'a work-up without a name'}, kept on this computer on "
            f"{_when(left.at)}, could not be added: {why}.",
            ways,
            stays=True,
        )

    def settled(self, left: Submission) -> None:
        """The person has decided about it."""
        self._notices.take_back(_matter(left))

    def _ask(self, left: Submission) -> None:
        box = plain_box(
            self._window,
            "Give up the kept answers",
            "The answers that were kept on this computer will be gone.",
            "The version that the practice's server has stays as it is.",
            QMessageBox.Icon.Warning,
        )
        stay = box.addButton("Keep them", QMessageBox.ButtonRole.RejectRole)
        gone = box.addButton("Give them up", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is gone:
            self.settled(left)
            self.dropped.emit(left)


def _when(utc: str) -> str:
    at = datetime.fromisoformat(utc).astimezone()
    return f"{shown_day(at.date())} at {at:%H:%M}"


def _matter(left: Submission) -> str:
    return f"left-{left.holder}-{left.workup_id}"
