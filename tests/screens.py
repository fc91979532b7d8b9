"""The work-up screen dressed as in the window, with the shipped sample patient."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from smallprotocol import TODAY

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.exchange.workup_file import read_workup
from rls_workup.protocols import load_protocol
from rls_workup.resources import folder
from rls_workup.ui import theme
from rls_workup.ui.session import Session
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.workup_screen import WorkupScreen


@cache
def shipped() -> Protocol:
    return load_protocol()


@cache
def sample() -> Workup:
    """The shipped sample patient, with one answer that cannot be read and one that is unusual."""
    workup = read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())
    unreadable = Answer(
        "12 pmol/mL", State.REJECTED, reason="Folate is not measured in “pmol/mL”. Choose another."
    )
    workup = workup.answered("folate", unreadable)
    return replace(workup.answered("crp", Answer(900, unit="mg/L")), sample=True)


class Host(QWidget):
    """A window that holds nothing but the screen, dressed like the program's own."""

    def __init__(self) -> None:
        super().__init__()
        self.screen = WorkupScreen()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.screen)
        self._dress()
        theme.current.changed.connect(self._dress)

    def _dress(self) -> None:
        QApplication.setFont(theme.current.font())
        QApplication.setPalette(theme.current.palette())
        self.setStyleSheet(style_sheet(theme.current))

    def show_workup(
        self, protocol: Protocol, workup: Workup, width: int = 1280, height: int = 720
    ) -> Session:
        session = Session(protocol, workup, lambda: TODAY, self)
        self.resize(width, height)
        self.show()
        self.screen.show_session(session)
        settle()
        return session


def settle() -> None:
    """Let the layouts come to rest."""
    for _turn in range(4):
        QApplication.processEvents()
