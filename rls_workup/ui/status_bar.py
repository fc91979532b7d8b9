"""The line at the bottom: saved or not, what is awaited, which protocol."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar, QWidget

from rls_workup.ui import theme
from rls_workup.ui.plain import give_tip, plain_label, restyle
from rls_workup.ui.words import awaited_words, say, told


class StatusBar(QStatusBar):
    """Five labels; nothing here is clicked."""

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
        help_key = plain_label()
        told(help_key.setText, "F1 Help")
        self.addPermanentWidget(help_key)
        theme.current.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as the text size in use needs."""
        self.setFixedHeight(theme.current.em(1.8))

    def show_state(self, kind: str, text: str) -> None:
        """`kind` saved, saving, kept, trouble or "" ; trouble is white on red, its words in full as a tip."""
        restyle(self.state, tone={"trouble": "critical", "kept": "warn"}.get(kind, ""))
        short = text if kind != "trouble" else say("NOT SAVED")
        self.state.setText(short)
        self.state.setVisible(bool(short))
        give_tip(self.state, text if kind == "trouble" else "")
        self.state.setAccessibleDescription(text)

    def show_awaited(self, count: int) -> None:
        """How many results are awaited; nothing where none is."""
        self.awaited.setText(awaited_words(count) if count else "")

    def show_protocol(self, version: str, reviewed: str) -> None:
        """Version of the protocol and the day it was last reviewed."""
        self.protocol.setText(
            say("Protocol {version} · reviewed {reviewed}", version=version, reviewed=reviewed)
        )

    def show_protection(self, words: str) -> None:
        """Who can read the store, where that is not plain."""
        self.protection.setText(words)
        self.protection.setVisible(bool(words))
