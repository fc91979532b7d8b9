"""What is known of a medicine, under its line: marks, words, and the answers to “did you mean …?”."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from rls_workup.ui.chip import Chip, Mark
from rls_workup.ui.editors.flow import Flow
from rls_workup.ui.plain import plain_label


class KnownOfIt(Flow):
    """The marks of a medicine, the words under them, and the answers to “did you mean …?”."""

    line_px = 22

    def __init__(self) -> None:
        super().__init__()
        self.chips = [Chip()]
        self.says = plain_label(role="hint", wrap=True)
        self.answers: list[QPushButton] = []
        self.add(self.chips[0])
        self.add(self.says, whole=True)
        self.says.hide()
        self.hide()

    def show_known(self, marks: tuple[Mark, ...], says: str) -> None:
        """Show these marks and words; nothing where there are none."""
        while len(self.chips) < len(marks):
            self.chips.append(Chip())
            self.add(self.chips[-1], at=len(self.chips) - 1)
        for at, chip in enumerate(self.chips):
            chip.show_mark(marks[at] if at < len(marks) else None)
        self.says.setText(says)
        self.says.setVisible(bool(says))
        self.setVisible(bool(marks or says))
        self.place_again()

    def show_answers(self, buttons: list[QPushButton]) -> None:
        """Put these buttons under the words, in place of those before."""
        for button in self.answers:
            self.take(button)
        self.answers = buttons
        for button in buttons:
            self.add(button)
            if self.isVisible():
                button.show()
        self.place_again()
