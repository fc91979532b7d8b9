"""What is asked once, in place: language, units shown first and paper, as this region suggests them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.wording import word
from rls_workup.ui import theme, words
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import restyle
from rls_workup.ui.region import A4, CONVENTIONAL, LETTER, SI, Usual, usual_here
from rls_workup.ui.settings import Settings
from rls_workup.ui.words import SYSTEM, say, told, window_languages
from rls_workup.ui.wrapped import WrappedLabel

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow

_ASKED: Final = {
    "language": word("Language of the window"),
    "units": word("Units shown first"),
    "paper": word("Paper"),
}
_UNITS: Final = (
    (SI, word("SI units (µmol/L, g/L)")),
    (CONVENTIONAL, word("Conventional units (mg/dL, g/dL)")),
)
_PAPERS: Final = ((A4, "A4"), (LETTER, word("Letter")))
Offered = Sequence[tuple[str, str]]


class FirstChoices(QFrame):
    """`taken` tells the settings that changed, by name: the language at once, all when they are kept.

    Units are a person's choice: what is suggested holds only once it is kept.
    """

    taken = Signal(dict)

    def __init__(self, settings: Settings, usual: Usual, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        told(self.setAccessibleName, "Asked once")
        self._boxes = {name: ChoiceBox() for name in _ASKED}
        for name, words_ in _ASKED.items():
            told(self._boxes[name].setAccessibleName, words_)
        self.keep = QPushButton()
        told(self.keep.setText, "&Keep these")
        restyle(self.keep, role="primary")
        self._column = QVBoxLayout(self)
        self._arrange()
        self._fill(
            {"language": settings.language, "units": settings.units or usual.units, "paper": usual.paper}
        )
        self._boxes["language"].activated.connect(self._speak)
        self.keep.clicked.connect(self._keep)
        theme.current.changed.connect(self.dress)
        words.current.changed.connect(self._fill_again)
        self.dress()

    def _arrange(self) -> None:
        title = WrappedLabel(role="label")
        self._column.addWidget(title)  # first: without a parent it would be shown as a window of its own
        told(title.say, "Asked once; Settings changes it at any time.")
        row = QWidget()
        flow = FlowLayout(row, gap=12, line_gap=8)
        for part in (*self._boxes.values(), self.keep):
            flow.addWidget(part)
        self._column.addWidget(row)

    def dress(self) -> None:
        """Lengths for the text size in use."""
        px = theme.current.px
        self._column.setContentsMargins(px(16), px(12), px(16), px(12))
        self._column.setSpacing(px(8))

    def chosen(self) -> dict[str, str]:
        """What is shown now, by the name of the setting."""
        return {name: str(box.currentData()) for name, box in self._boxes.items()}

    def choose(self, name: str, value: str) -> None:
        """As if the person chose it."""
        box = self._boxes[name]
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    def _fill(self, chosen: dict[str, str]) -> None:
        languages = [(SYSTEM, say("as the desktop")), *window_languages().items()]
        _offer(self._boxes["language"], word("Language: {value}"), languages, chosen["language"])
        _offer(self._boxes["units"], "{value}", _UNITS, chosen["units"])
        _offer(self._boxes["paper"], word("Paper: {value}"), _PAPERS, chosen["paper"])

    def _fill_again(self) -> None:
        self._fill(self.chosen())

    def _speak(self, _at: int) -> None:
        self.taken.emit({"language": self.chosen()["language"]})

    def _keep(self, _checked: bool = False) -> None:
        self.taken.emit({**self.chosen(), "introduced": True})


def _offer(box: ChoiceBox, words_: str, offered: Offered, chosen: str) -> None:
    box.clear()
    for value, shown in offered:
        box.addItem(say(words_, value=say(shown)), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def introduce(window: MainWindow) -> None:
    """Ask what was not asked yet, above the worklist; it takes no key and holds nothing up."""
    if window.settings.introduced:
        return
    panel = FirstChoices(window.settings, usual_here())

    def take(changed: dict[str, Any]) -> None:
        window.take_settings(replace(window.settings, **changed))
        if window.settings.introduced:
            window.worklist.take_focus()
            window.worklist.take_off_top()

    panel.taken.connect(take)
    window.worklist.put_on_top(panel)
