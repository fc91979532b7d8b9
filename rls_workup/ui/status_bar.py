"""The line at the bottom: saved or not, what is awaited, which protocol."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from rls_workup.ui import theme
from rls_workup.ui.plain import give_tip, plain_label, restyle
from rls_workup.ui.words import awaited_words, say, told
from rls_workup.ui.words import current as in_use


class StatusBar(QStatusBar):
    """Five labels; nothing here is clicked. Where they have no room, the last ones stand in the tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = plain_label(role="state")
        self.awaited = plain_label()
        self.protection = plain_label()
        self.protocol = plain_label()
        told(self.state.setAccessibleName, "Saving")
        self.setSizeGripEnabled(False)
        self.addWidget(self.state)
        self.addWidget(self.awaited)
        self.addPermanentWidget(self.protection)
        self.addPermanentWidget(self.protocol)
        self._help_key = plain_label()
        told(self._help_key.setText, "F1 Help")
        self.addPermanentWidget(self._help_key)
        theme.current.changed.connect(self.fit)
        in_use.changed.connect(self._make_room)
        self.fit()

    def fit(self) -> None:
        """As high as the text size in use needs."""
        self.setFixedHeight(theme.current.em(1.8))
        self._make_room()

    def _make_room(self) -> None:
        """What says least goes first where the window is narrow."""
        shown = [label for label in (self.state, self.awaited) if label.text() and not label.isHidden()]
        room = self.width() - theme.current.em(1.5) - sum(_room_of(label) for label in shown)
        left_out: list[str] = []
        for label in (self.protection, self.protocol, self._help_key):
            room -= _room_of(label) if label.text() else 0
            label.setVisible(bool(label.text()) and room >= 0)
            if room < 0:
                left_out.append(label.text())
        give_tip(self, " · ".join(part for part in left_out if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """The labels give way, so they never make the window wider."""
        return QSize(0, super().minimumSizeHint().height())

    def show_state(self, kind: str, text: str) -> None:
        """`kind` saved, saving, kept, trouble or "" ; trouble is white on red, its words in full as a tip."""
        restyle(self.state, tone={"trouble": "critical", "kept": "warn"}.get(kind, ""))
        short = text if kind != "trouble" else say("NOT SAVED")
        self.state.setText(short)
        self.state.setVisible(bool(short))
        give_tip(self.state, text if kind == "trouble" else "")
        self.state.setAccessibleDescription(text)
        self._make_room()

    def show_awaited(self, count: int) -> None:
        """How many results are awaited; nothing where none is."""
        self.awaited.setText(awaited_words(count) if count else "")
        self._make_room()

    def show_protocol(self, version: str, reviewed: str) -> None:
        """Version of the protocol and the day it was last reviewed."""
        self.protocol.setText(
            say("Protocol {version} · reviewed {reviewed}", version=version, reviewed=reviewed)
        )
        self._make_room()

    def show_protection(self, words: str) -> None:
        """Who can read the store, where that is not plain."""
        self.protection.setText(words)
        self._make_room()


def _room_of(label: QLabel) -> int:
    return label.sizeHint().width() + 6  # that QStatusBar leaves between two
