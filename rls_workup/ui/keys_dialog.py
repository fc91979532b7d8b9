"""Who can open the store: users, their passphrases, the recovery sheet, what this computer remembers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.store.keyslots import check_of
from rls_workup.store.recovery import recovery_groups
from rls_workup.store.remembering import keyring_is_real
from rls_workup.store.unlocking import unlocked
from rls_workup.store.users import forget, remember, remove_user, set_passphrase
from rls_workup.ui import theme
from rls_workup.ui.access import Access
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.fitted import fit, growing
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.one_passphrase import OnePassphrase
from rls_workup.ui.plain import one_line, plain_label, restyle
from rls_workup.ui.recovery_out import print_pdf, save_pdf, sheet_pdf
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import said_of, say
from rls_workup.ui.wrapped import WrappedLabel

ABOUT = word("Each person has a passphrase of their own; their name stands beside what they enter.")


class KeysDialog(QDialog):
    """Every change is made at once; a fault is said below."""

    def __init__(self, parent: QWidget, access: Access, paper: str) -> None:
        super().__init__(parent)
        self._access, self._paper = access, paper
        self.setWindowTitle(say("Passphrases"))
        self.users = QVBoxLayout()
        self.add = _button(say("&Add a user…"))
        self.print_sheet, self.save_sheet = (
            _button(say("&Print recovery sheet…")),
            _button(say("&Save it as PDF…")),
        )
        self.remembers = TickBox(say("&Remember me on this computer"))
        self.told = plain_label("", "field-error", wrap=True)
        self._arrange()
        self.add.clicked.connect(self._add)
        self.print_sheet.clicked.connect(partial(self._sheet, lambda pdf: print_pdf(self, pdf, self._paper)))
        self.save_sheet.clicked.connect(partial(self._sheet, lambda pdf: save_pdf(self, pdf)))
        self.remembers.ticked.connect(self._remember)
        self._show()

    def _arrange(self) -> None:
        px = theme.current.px
        close = _button(say("&Close"))
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(16), px(16), px(16))
        outer.setSpacing(px(12))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), px(4), px(4), px(4))
        column.setSpacing(px(12))
        column.addWidget(WrappedLabel(say(ABOUT), "hint"))
        column.addLayout(self.users)
        column.addLayout(_row(self.add))
        column.addWidget(plain_label(say("If a passphrase is forgotten"), "label"))
        sheet = FlowLayout()
        for button in (self.print_sheet, self.save_sheet):
            sheet.addWidget(button)
        column.addLayout(sheet)
        column.addWidget(self.remembers)
        self._no_keyring = WrappedLabel(say("This computer has no keyring that could remember you."), "hint")
        column.addWidget(self._no_keyring)
        outer.addWidget(growing(inside, self.windowTitle()))
        outer.addWidget(self.told)
        outer.addLayout(_row(close, right=True))
        fit(self, 38)

    def _show(self) -> None:
        while (old := self.users.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        protection = self._access.protection()
        for user in protection.users:
            self.users.addWidget(self._user_row(user, alone=len(protection.users) == 1))
        real = keyring_is_real()
        self.remembers.setVisible(real)
        self._no_keyring.setVisible(not real)
        self.remembers.show_tick(protection.remembered is not None)

    def _user_row(self, user: str, *, alone: bool) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current.px(8))
        named = say("{name} (you)", name=user) if user == self._access.user else user
        row.addWidget(plain_label(one_line(named)), 1)
        change, remove = _button(say("Change passphrase…")), _button(say("Remove"))
        change.setAccessibleName(say("Change the passphrase of {user}", user=one_line(user)))
        remove.setAccessibleName(say("Remove {user}", user=one_line(user)))
        change.clicked.connect(partial(self._change, user))
        remove.clicked.connect(partial(self._remove, user))
        remove.setEnabled(not alone and user != self._access.user)
        row.addWidget(change)
        row.addWidget(remove)
        return box

    def _do(self, what: Callable[[], str]) -> None:
        try:
            done = what()
        except WorkupError as trouble:
            self._say(said_of(trouble), "field-error")
            return
        self._say(done, "hint")
        self._show()

    def _say(self, sentence: str, role: str) -> None:
        restyle(self.told, role=role)
        say_aloud(self.told, sentence)

    def _add(self) -> None:
        def added(user: str, _old: str, new: str) -> None:
            if user in self._access.users():
                raise WorkupError(say("“{user}” has a passphrase already. Give another name.", user=user))
            set_passphrase(self._access.where, self._key(), user, new)

        dialog = OnePassphrase(self, say("Add a user"), "", added)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._do(lambda: say("“{user}” can open the work-ups from now on.", user=dialog.new.user()))

    def _change(self, user: str) -> None:
        def changed(name: str, old: str, new: str) -> None:
            opening = unlocked(self._access.where, old, name)
            set_passphrase(self._access.where, opening.key or self._key(), name, new)

        dialog = OnePassphrase(self, say("Change the passphrase"), user, changed)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._do(lambda: say("The passphrase is changed."))

    def _remove(self, user: str) -> None:
        def removed() -> str:
            remove_user(self._access.where, user)
            return say("“{user}” can open the work-ups no more.", user=user)

        self._do(removed)

    def _sheet(self, out: Callable[[bytes], str]) -> None:
        key = self._key()
        self._do(lambda: out(sheet_pdf(recovery_groups(key), check_of(key), self._paper)))

    def _remember(self) -> None:
        def remembered() -> str:
            if self.remembers.isChecked():
                remember(self._access.where, self._key(), self._access.user)
                return say("This computer opens the work-ups for you when the program starts.")
            forget(self._access.where)
            return say("The passphrase is asked for at each start.")

        self._do(remembered)

    def _key(self) -> bytearray:
        key = self._access.key
        if key is None:
            raise WorkupError(say("The work-ups are locked. Unlock them first."))
        return key


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def _row(*buttons: QPushButton, right: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.current.px(8))
    if right:
        row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    if not right:
        row.addStretch(1)
    return row
