"""A name and a new passphrase, typed twice; what is still missing is said while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from rls_workup.domain.wording import word
from rls_workup.store.sealing import SHORTEST
from rls_workup.store.users import LONGEST_NAME, fault_of_passphrase
from rls_workup.ui import theme
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.words import said_of, say

ADVICE = word(
    "At least {shortest} characters. Four words that do not belong together are good and easy to type."
)


class NewPassphrase(QWidget):
    """`changed` tells that `is_right` may be another one now."""

    changed = Signal()

    def __init__(self, user: str, *, fixed: bool = False) -> None:
        super().__init__()
        self.name = QLineEdit(user)
        self.name.setAccessibleName(say("Name"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setReadOnly(fixed)
        self.first = PassphraseLine(say("New passphrase"))
        self.again = PassphraseLine(say("New passphrase once more"))
        self.told = plain_label(say(ADVICE, shortest=SHORTEST), "hint", wrap=True)
        form = QFormLayout()
        form.setVerticalSpacing(theme.current.px(8))
        form.setHorizontalSpacing(theme.current.px(16))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (say("Name"), self.name),
            (say("Passphrase"), self.first),
            (say("Once more"), self.again),
        ):
            form.addRow(plain_label(words, role="label"), field)
            field.textChanged.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(8))
        column.addLayout(form)
        column.addWidget(self.told)
        self.told.setMinimumHeight(self.told.fontMetrics().height() * 2)

    def _look(self) -> None:
        caps = self._fault()
        restyle(self.told, role="field-error" if caps else "hint")
        self.told.setText(
            caps or (say("Both are the same.") if self.is_right() else say(ADVICE, shortest=SHORTEST))
        )
        self.changed.emit()

    def _fault(self) -> str:
        if self.again.text() and not self.first.text().startswith(self.again.text()):
            return say("The two are not the same.")
        if self.again.text():
            return said_of(fault_of_passphrase(self.first.text()))
        return ""

    def is_right(self) -> bool:
        """Whether there is a name, and twice the same passphrase that is long enough."""
        passphrase = self.first.text()
        return bool(self.user()) and passphrase == self.again.text() and not fault_of_passphrase(passphrase)

    def user(self) -> str:
        """The name, without blanks around it."""
        return " ".join(self.name.text().split())

    def passphrase(self) -> str:
        """The passphrase as typed."""
        return self.first.text()
