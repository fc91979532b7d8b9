"""About: versions, intended use, sources and licences, with what a support mail needs to copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.about_parts import intended_use, licences, sources, versions
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import room_for
from rls_workup.ui.sectioned import Sectioned
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.store import Store


class About(QDialog):
    """A quiet page beside the work; its words can be marked and copied."""

    def __init__(self, parent: QWidget | None, protocol: Protocol, store: Store) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("About RLS Workup"))
        self.versions = versions(protocol, store)
        self.sections = Sectioned(say("Sections of About"))
        for title, lines in (
            (say("Versions"), self.versions),
            (say("Intended use"), intended_use(protocol)),
            (say("Sources"), sources(protocol)),
            (say("Licences"), licences(protocol)),
        ):
            self.sections.add(title, 8, _labels(lines), keys_scroll=True)
        buttons = ButtonBox()
        self.copy = buttons.addButton(say("&Copy for a support mail"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.addButton(say("C&lose"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.told = WrappedLabel("", "hint")
        px = theme.current.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.sections, 1)
        column.addWidget(self.told)
        column.addWidget(buttons)
        room = room_for(self)
        self.resize(min(theme.current.em(64), room.width()), min(theme.current.em(38), room.height()))
        self.sections.list.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.versions))
        self.told.say(say("Copied. It holds versions and the system, nothing of a patient."))


def show_about(parent: QWidget, protocol: Protocol, store: Store) -> About:
    """The page, shown; it blocks nothing."""
    page = About(parent, protocol, store)
    page.show()
    return page


def _labels(lines: Sequence[str]) -> list[QWidget]:
    labels: list[QWidget] = []
    for line in lines:
        label = WrappedLabel(line)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        labels.append(label)
    return labels
