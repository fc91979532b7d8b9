"""The question who signs: name and role, and a plain word about what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open, in words ("" for nothing), and the items whose answers could not be accepted."""

    open: str
    unread: tuple[str, ...] = ()


class SignDialog(QDialog):
    """Signing is a decision: it cannot be done by accident, nor over what the program could not read."""

    def __init__(self, parent: QWidget, name: str, role: str, standing: Standing) -> None:
        super().__init__(parent)
        self._standing = standing
        self.setWindowTitle(say("Sign"))
        self.name_line = _line(name, say("Name"), say("Dr Ana Example"))
        self.role_line = _line(role, say("Role"), say("Neurologist"))
        self.as_it_stands = TickBox(say("I sign it as it stands"))
        self.buttons = ButtonBox()
        self._accept = self.buttons.addButton(say("&Sign"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self._accept, role="primary")
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._arrange()
        self.name_line.textChanged.connect(self._look)
        self.as_it_stands.toggled.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(theme.current.px(8))
        form.setHorizontalSpacing(theme.current.px(16))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(plain_label(say("Name"), role="label"), self.name_line)
        form.addRow(plain_label(say("Role"), role="label"), self.role_line)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addLayout(form)
        column.addWidget(WrappedLabel(open_words(self._standing), "field-error" if self._blocked else ""))
        column.addWidget(self.as_it_stands)
        self.as_it_stands.setVisible(bool(self._standing.open) and not self._blocked)
        closing = say("Once signed it takes no more answers. It can be amended later, with a reason.")
        column.addWidget(WrappedLabel(closing, "hint"))
        column.addWidget(self.buttons)
        fit(self, 36)

    @property
    def _blocked(self) -> bool:
        return bool(self._standing.unread)

    def _look(self) -> None:
        agreed = not self._standing.open or self.as_it_stands.isChecked()
        self._accept.setEnabled(bool(self.name()) and agreed and not self._blocked)

    def name(self) -> str:
        """Who signs."""
        return self.name_line.text().strip()

    def role(self) -> str:
        """In which role, "" where none is given."""
        return self.role_line.text().strip()


def open_words(standing: Standing) -> str:
    """What stands in the way of a signature, or is still open."""
    if standing.unread:
        named = ", ".join(standing.unread[:_SHOWN])
        beyond = len(standing.unread) - _SHOWN
        more = say(" and {count} more", count=beyond) if beyond > 0 else ""
        return say(
            "These answers are not accepted yet: {named}{more}. Correct them or take them back first.",
            named=named,
            more=more,
        )
    if standing.open:
        return say("Still open: {open}. The sheet says so.", open=standing.open)
    return say("Nothing is awaited and nothing is open.")


def _line(text: str, name: str, example: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setPlaceholderText(example)
    line.setMaxLength(120)
    return line
