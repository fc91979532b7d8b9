"""Which reading the practice wants first where sources disagree; the others are shown all the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rls_workup.domain.leading import leading_profile
from rls_workup.domain.parts import Dispute
from rls_workup.domain.protocol import Protocol
from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel


class LeadingChoices(QWidget):
    """A box for each dispute; nothing at all where the protocol has none. `made` tells all choices."""

    made = Signal(object)

    def __init__(self, protocol: Protocol | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        disputes = protocol.disputes.values() if protocol else ()
        self.boxes = {dispute.id: _box(protocol, dispute) for dispute in disputes if protocol}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(4))
        for dispute in disputes:
            column.addWidget(WrappedLabel(dispute.title, "label"))
            column.addWidget(self.boxes[dispute.id])
            column.addWidget(WrappedLabel(dispute.says, "hint"))
            column.addSpacing(theme.current.px(12))
            self.boxes[dispute.id].activated.connect(self._tell)
        # Never shown from here: without a parent it would open a window of its own.
        if not self.boxes:
            self.hide()

    def _tell(self, _at: int) -> None:
        self.made.emit(self.chosen())

    def chosen(self) -> dict[str, str]:
        """The practice's choices, by dispute; without those that leave it to the protocol."""
        made = {dispute: str(box.currentData()) for dispute, box in self.boxes.items()}
        return {dispute: profile for dispute, profile in made.items() if profile}


def _box(protocol: Protocol, dispute: Dispute) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(say("Read first: {title}", title=dispute.title))
    usual = dispute.profile(dispute.leads) or leading_profile(protocol, dispute)
    box.addItem(say("As the protocol has it ({title})", title=usual.title), "")
    for profile in dispute.profiles:
        box.addItem(profile.title, profile.id)
    box.setCurrentIndex(max(0, box.findData(protocol.chosen.get(dispute.id, ""))))
    return box
