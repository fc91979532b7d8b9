"""Banners above the page: what failed or waits for a decision, said calmly, never in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.ui import icons, theme
from rls_workup.ui.announcing import announce
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import mnemonic_safe, plain_label, restyle
from rls_workup.ui.scrolled import GivesWay
from rls_workup.ui.words import say

Choice = tuple[str, Callable[[], object]]

_PRESSING = ("critical", "warn")
_SIGNS = {"critical": "octagon-alert", "warn": "triangle-alert", "ok": "circle-check", "note": "info"}


class Notice(QFrame):
    """One banner: a sign, the words, what can be done about it, and a cross where it may be put away."""

    can_wait = False

    def __init__(
        self, tone: str, text: str, choices: Sequence[Choice], put_away: Callable[[], object] | None
    ) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        row = self._row = QHBoxLayout(self)
        self.tone, self._sign = tone, plain_label()
        row.addWidget(self._sign)
        self.words = plain_label(text, wrap=True)
        row.addWidget(self.words, 1)
        buttons = FlowLayout()
        for label, chosen in choices:
            buttons.addWidget(_button(label, chosen))
        if put_away is not None:
            buttons.addWidget(_button(say("Close"), put_away, role="flat"))
        row.addLayout(buttons)
        theme.current.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """The sign and the margins for the look and text size in use."""
        px, tone = theme.current.px, self.tone
        self._row.setContentsMargins(px(12), px(8), px(12), px(8))
        self._sign.setPixmap(icons.pixmap(_SIGNS.get(tone, "info"), "accent" if tone == "note" else tone))

    def say(self, text: str) -> None:
        self.words.setText(text)
        self.setAccessibleName(text)


def _button(label: str, chosen: Callable[[], object], role: str = "") -> QPushButton:
    button = QPushButton(mnemonic_safe(label))
    button.setAutoDefault(True)  # Enter presses it, as the space bar does
    restyle(button, role=role)
    button.clicked.connect(lambda _checked=False: chosen())
    return button


class Notices(GivesWay):
    """The banners now shown, at most one for each matter; on a low window they scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Notice] = {}
        self._at_work = False
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hold(inside)
        self.hide()

    def show_notice(
        self,
        matter: str,
        tone: str,
        text: str,
        choices: Sequence[Choice] = (),
        *,
        stays: bool = False,
        can_wait: bool = False,
    ) -> None:
        """Show a banner, in place of the one about the same matter. `stays`: only `take_back` removes it.

        `can_wait`: seen beside the worklist only, not while a patient is worked up. The newest stands on
        top, where a low window shows it too; above it only what is pressing.
        """
        self.take_back(matter)
        notice = Notice(tone, text, choices, None if stays else lambda: self.take_back(matter))
        notice.can_wait = can_wait
        pressing = sum(shown.tone in _PRESSING for shown in self._shown.values())
        self._shown[matter] = notice
        self._column.insertWidget(0 if tone in _PRESSING else pressing, notice)
        self._arrange()
        if not notice.isHidden():
            announce(notice, text, urgent=tone in _PRESSING)

    def attend(self, at_work: bool) -> None:
        """Whether a patient is being worked up now; what can wait is not shown then."""
        self._at_work = at_work
        self._arrange()

    def _arrange(self) -> None:
        for notice in self._shown.values():
            notice.setVisible(not (notice.can_wait and self._at_work))
        self.setVisible(any(not notice.isHidden() for notice in self._shown.values()))

    def say(self, matter: str, text: str) -> bool:
        """Other words on the banner about a matter; False where there is none."""
        notice = self._shown.get(matter)
        if notice is not None:
            notice.say(text)
        return notice is not None

    def take_back(self, matter: str) -> None:
        """Remove the banner about a matter; quietly nothing where there is none."""
        notice = self._shown.pop(matter, None)
        if notice is not None:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self._arrange()

    def text_about(self, matter: str) -> str:
        """The words now shown about a matter, "" where there are none."""
        notice = self._shown.get(matter)
        return notice.words.text() if notice else ""
