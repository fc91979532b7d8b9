"""The page that asks for the passphrase, at the start and over a locked window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.wording import word
from rls_workup.ui import icons, theme
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import mnemonic_safe, plain_label, restyle
from rls_workup.ui.words import say, told

PATIENT_TRIES = 3  # wrong ones before a wait begins
LONGEST_WAIT = 30  # seconds
CAPS = word("Caps lock is on.")
NO_PASSPHRASE = word(
    "No passphrase is set, so whoever uses this computer account can unlock. Set one under File, Passphrases."
)


def wait_after(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones: 0, 0, 1, 2, 4 … 30."""
    return 0 if wrong < PATIENT_TRIES else min(2 ** (wrong - PATIENT_TRIES), LONGEST_WAIT)


class UnlockPage(QWidget):
    """`tried` brings passphrase and user; the owner answers with `welcome` or `refuse`."""

    tried = Signal(str, str)
    sheet_asked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wrong = 0
        self._left = 0
        self.sign = plain_label()
        self.title = plain_label(role="title", wrap=True)
        self.about = plain_label("", "muted", wrap=True)
        self.user = ChoiceBox()
        told(self.title.setText, title)
        told(self.user.setAccessibleName, "Name")
        self.passphrase = PassphraseLine("")
        told(self.passphrase.setAccessibleName, "Passphrase")
        told(self.passphrase.setPlaceholderText, "Passphrase")
        self.told = plain_label("", "field-error", wrap=True)
        self.unlock = QPushButton()
        told(self.unlock.setText, "&Unlock")
        restyle(self.unlock, role="primary")
        self.sheet = QPushButton()
        told(self.sheet.setText, "Use the recovery sheet…")
        restyle(self.sheet, role="link")
        for button in (self.unlock, self.sheet):
            button.setAutoDefault(False)  # in a dialog Enter would try the passphrase twice
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._arrange()
        self._connect()
        self.fit()

    def _arrange(self) -> None:
        self._column = QVBoxLayout()
        buttons = FlowLayout()
        for button in (self.unlock, self.sheet):
            buttons.addWidget(button)
        for part in (self.sign, self.title, self.about, self.user, self.passphrase, self.told):
            self._column.addWidget(part)
        self._column.addLayout(buttons)
        self._box = QWidget()
        self._box.setLayout(self._column)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        # Stretches, not an alignment: an aligned box gets the height of its words at another width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._box)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _connect(self) -> None:
        self.unlock.clicked.connect(self._try)
        self.passphrase.returnPressed.connect(self._try)
        self.passphrase.caps.connect(self._show_caps)
        self.passphrase.textEdited.connect(self._typing)
        self.sheet.clicked.connect(self.sheet_asked)
        self._countdown.timeout.connect(self._tick)
        theme.current.changed.connect(self.fit)

    def fit(self) -> None:
        """Lengths and colours of the look in use."""
        self.sign.setPixmap(icons.pixmap("lock", "accent", 2.2))
        self._box.setFixedWidth(theme.current.em(28))
        self._column.setSpacing(theme.current.px(12))

    def ask(self, users: Sequence[str], last: str, told: str = "") -> None:
        """Ask one of these users; nobody has a passphrase where there are none."""
        self.user.clear()
        self.user.addItems([mnemonic_safe(user) for user in users])
        self.user.setVisible(len(users) > 1)
        self.user.setCurrentIndex(max(0, list(users).index(last) if last in users else 0))
        self._users = tuple(users)
        for part in (self.passphrase, self.sheet):
            part.setVisible(bool(users))
        self.unlock.setAutoDefault(not users)  # Enter presses it where no line takes Enter
        self.about.setText(told if users else f"{told} {say(NO_PASSPHRASE)}".strip())
        self.about.setVisible(bool(self.about.text()))
        self._say("")
        self.passphrase.clear()
        (self.passphrase if users else self.unlock).setFocus()

    def welcome(self) -> None:
        """The passphrase was right: nothing of it stays here."""
        self._wrong = 0
        self.passphrase.clear()
        self._say("")

    def refuse(self, sentence: str, *, wrong: bool = True) -> None:
        """Say at once what is wrong; after some wrong ones the next try has to wait a little."""
        self.passphrase.clear()
        self._say(sentence)
        if wrong:
            self._wrong += 1
            self._left = wait_after(self._wrong)
        if self._left:
            self._allow(False)
            self._show_wait()
            self._countdown.start()
        else:
            self.passphrase.setFocus()

    def _try(self) -> None:
        if self.unlock.isEnabled():
            self.tried.emit(self.passphrase.text(), self._chosen())

    def _chosen(self) -> str:
        at = self.user.currentIndex()
        return self._users[at] if 0 <= at < len(self._users) else ""

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._show_wait()
            return
        self._countdown.stop()
        self._allow(True)
        self._say(say("You can try again."))
        self.passphrase.setFocus()

    def _show_wait(self) -> None:
        wrong = say("This passphrase is not the right one.")
        if self._left == 1:
            wait = say("Try again in 1 second.")
        else:
            wait = say("Try again in {count} seconds.", count=self._left)
        self._say(f"{wrong} {wait}")

    def _allow(self, allowed: bool) -> None:
        for part in (self.unlock, self.passphrase):
            part.setEnabled(allowed)

    def _show_caps(self, on: bool) -> None:
        if on:
            self._say(say(CAPS), "field-warning")
        elif self.told.text() == say(CAPS):
            self._say("")

    def _typing(self) -> None:
        if self.told.text() != say(CAPS):
            self._say("")

    def _say(self, sentence: str, role: str = "field-error") -> None:
        restyle(self.told, role=role)
        say_aloud(self.told, sentence)
        # Always there, so that nothing moves when something is said.
        _keep_room(self.told)


def _keep_room(label: QLabel) -> None:
    label.setMinimumHeight(label.fontMetrics().height() * 2)
