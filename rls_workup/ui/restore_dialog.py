"""A backup beside the present store: what would be missing, before anybody restores it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from rls_workup.domain.dates import shown_moment
from rls_workup.store.restoring import Comparison, Missing
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.plain import one_line, restyle
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel


class RestoreDialog(QDialog):
    """Restoring is a decision; where something would be missing, that has to be looked at first."""

    def __init__(self, parent: QWidget | None, comparison: Comparison) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Restore a backup"))
        self.looked = TickBox(say("I have looked at what would be missing"))
        self.buttons = ButtonBox()
        self._accept = self.buttons.addButton(say("&Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self._accept, role="primary")
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        self._needed = bool(comparison.missing)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(backup_words(comparison), "label"))
        column.addWidget(WrappedLabel(missing_words(comparison)))
        if comparison.missing:
            column.addWidget(_listed(comparison.missing), 1)
            column.addWidget(self.looked)
        kept = say("The present store is kept under another name beside it; nothing is deleted.")
        column.addWidget(WrappedLabel(kept, "hint"))
        column.addWidget(self.buttons)
        self.looked.toggled.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        fit(self, 44, 30 if comparison.missing else 14)
        self._look()

    def _look(self) -> None:
        self._accept.setEnabled(self.looked.isChecked() or not self._needed)


def backup_words(comparison: Comparison) -> str:
    """`The backup of 22-Nov-2026 10:42 holds 12 work-ups and is in order.`"""
    manifest = comparison.manifest
    count = say("1 work-up") if manifest.workups == 1 else say("{count} work-ups", count=manifest.workups)
    return say(
        "The backup of {date} holds {count} and is in order.", date=local(manifest.made_at), count=count
    )


def missing_words(comparison: Comparison) -> str:
    """What restoring would mean for the present store."""
    if comparison.live == "damaged":
        return say("The present store cannot be read, so nobody can say what it has beyond that.")
    if comparison.live == "absent":
        return say("There is no store in its place.")
    if not comparison.missing:
        return say("The present store has nothing that the backup lacks.")
    count = len(comparison.missing)
    some = say("1 work-up") if count == 1 else say("{count} work-ups", count=count)
    return say("{some} of the present store would be missing or older:", some=some)


def _listed(missing: tuple[Missing, ...]) -> QPlainTextEdit:
    text = QPlainTextEdit("\n".join(_line(part) for part in missing))
    text.setReadOnly(True)
    text.setAccessibleName(say("What would be missing"))
    return text


def _line(part: Missing) -> str:
    name = one_line(", ".join(word for word in (part.family_name, part.given_name) if word)) or say("No name")
    back = (
        say("back from version {version} to {kept}", version=part.version, kept=part.kept)
        if part.kept
        else say("not in the backup")
    )
    return say("{name} · last saved {date} · {back}", name=name, date=local(part.updated_at), back=back)


def local(at: str) -> str:
    """A time of the store as local day and time."""
    return shown_moment(datetime.fromisoformat(at).astimezone())
