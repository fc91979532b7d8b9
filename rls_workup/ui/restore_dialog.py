"""A backup beside the present store: what would be missing, before anybody restores it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from rls_workup.domain.dates import shown_moment
from rls_workup.store.restoring import Comparison, Missing
from rls_workup.ui import theme
from rls_workup.ui.plain import one_line, restyle
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.wrapped import WrappedLabel


class RestoreDialog(QDialog):
    """Restoring is a decision; where something would be missing, that has to be looked at first."""

    def __init__(self, parent: QWidget | None, comparison: Comparison) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore a backup")
        self.looked = TickBox("I have looked at what would be missing")
        self.buttons = QDialogButtonBox()
        self._accept = self.buttons.addButton("&Restore", QDialogButtonBox.ButtonRole.AcceptRole)
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
        kept = "The present store is kept under another name beside it; nothing is deleted."
        column.addWidget(WrappedLabel(kept, "hint"))
        column.addWidget(self.buttons)
        self.looked.toggled.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.resize(theme.current.em(44), theme.current.em(30 if comparison.missing else 14))
        self._look()

    def _look(self) -> None:
        self._accept.setEnabled(self.looked.isChecked() or not self._needed)


def backup_words(comparison: Comparison) -> str:
    """`The backup of 22-Nov-2026 10:42 holds 12 work-ups and is in order.`"""
    manifest = comparison.manifest
    count = "1 work-up" if manifest.workups == 1 else f"{manifest.workups} work-ups"
    return f"The backup of {local(manifest.made_at)} holds {count} and is in order."


def missing_words(comparison: Comparison) -> str:
    """What restoring would mean for the present store."""
    if comparison.live == "damaged":
        return "The present store cannot be read, so nobody can say what it has beyond that."
    if comparison.live == "absent":
        return "There is no store in its place."
    if not comparison.missing:
        return "The present store has nothing that the backup lacks."
    count = len(comparison.missing)
    some = "1 work-up" if count == 1 else f"{count} work-ups"
    return f"{some} of the present store would be missing or older:"


def _listed(missing: tuple[Missing, ...]) -> QPlainTextEdit:
    text = QPlainTextEdit("\n".join(_line(part) for part in missing))
    text.setReadOnly(True)
    text.setAccessibleName("What would be missing")
    return text


def _line(part: Missing) -> str:
    name = one_line(", ".join(word for word in (part.family_name, part.given_name) if word)) or "No name"
    back = f"back from version {part.version} to {part.kept}" if part.kept else "not in the backup"
    return f"{name} · last saved {local(part.updated_at)} · {back}"


def local(at: str) -> str:
    """A time of the store as local day and time."""
    return shown_moment(datetime.fromisoformat(at).astimezone())
