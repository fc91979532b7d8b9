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
from rls_workup.ui.words import say


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
            say("the work-up was changed elsewhere since. Nothing was overwritten")
            if isinstance(outcome.trouble, Conflict)
            else say("the store refused it: {trouble}", trouble=outcome.trouble)
        )
        ways: list[tuple[str, Callable[[], object]]] = [
            (say("Keep mine as a copy"), partial(self.copy_asked.emit, left)),
            (say("Show the other version"), partial(self.other_asked.emit, left.workup_id)),
            (say("Give mine up…"), partial(self._ask, left)),
        ]
        self._notices.show_notice(
            _matter(left),
            "warn",
            say(
                "Answers for {name}, kept on this computer on {at}, could not be added: {why}.",
                name=name or say("a work-up without a name"),
                at=_when(left.at),
                why=why,
            ),
            ways,
            stays=True,
        )

    def settled(self, left: Submission) -> None:
        """The person has decided about it."""
        self._notices.take_back(_matter(left))

    def _ask(self, left: Submission) -> None:
        box = plain_box(
            self._window,
            say("Give up the kept answers"),
            say("The answers that were kept on this computer will be gone."),
            say("The version that the practice's server has stays as it is."),
            QMessageBox.Icon.Warning,
        )
        stay = box.addButton(say("Keep them"), QMessageBox.ButtonRole.RejectRole)
        gone = box.addButton(say("Give them up"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is gone:
            self.settled(left)
            self.dropped.emit(left)


def _when(utc: str) -> str:
    at = datetime.fromisoformat(utc).astimezone()
    return say("{date} at {time}", date=shown_day(at.date()), time=f"{at:%H:%M}")


def _matter(left: Submission) -> str:
    return f"left-{left.holder}-{left.workup_id}"
