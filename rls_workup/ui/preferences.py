"""The few choices about the window, the paper and the readings that come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.commands import LOOKS
from rls_workup.ui.leading_choices import LeadingChoices
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.scrolled import height_on_screen, scrolled
from rls_workup.ui.settings import Settings
from rls_workup.ui.words import SYSTEM, say, window_languages

LOCK_MINUTES = (1, 2, 5, 10, 15, 20, 30)
PAPERS = (("a4", "A4"), ("letter", word("Letter")))


class Preferences(QDialog):
    """Colours, text size, paper, the name printed on a sheet; and what the practice reads first."""

    def __init__(self, parent: QWidget, settings: Settings, protocol: Protocol | None = None) -> None:
        super().__init__(parent)
        self._before = settings
        self.setWindowTitle(say("Preferences"))
        looks = [(look, say(words).replace("&", "")) for look, words in LOOKS]
        sizes = [(percent, f"{percent} %") for percent in theme.TEXT_PERCENTS]
        spoken = [(SYSTEM, say("As the desktop")), *window_languages().items()]
        self.language = _choices(say("Language"), spoken, settings.language)
        of_papers = [("", say("As the window")), *window_languages().items()]
        self.paper_language = _choices(say("Language of the papers"), of_papers, settings.paper_language)
        self.look = _choices(say("Colours"), looks, settings.theme)
        self.size_box = _choices(say("Text size"), sizes, settings.text_percent)
        self.paper = _choices(say("Paper"), PAPERS, settings.paper)
        waits = [
            (minutes, say("1 minute") if minutes == 1 else say("{count} minutes", count=minutes))
            for minutes in LOCK_MINUTES
        ]
        self.lock_after = _choices(say("Lock when left alone for"), waits, settings.lock_minutes)
        self.printed_by = QLineEdit(settings.printed_by)
        self.printed_by.setAccessibleName(say("Name printed on the sheet"))
        self.printed_by.setMaxLength(80)
        self.second_backups = QLineEdit(settings.second_backups)
        self.second_backups.setAccessibleName(say("A second folder for backups"))
        self.second_backups.setPlaceholderText(say("None, or a folder on another drive"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.current.px(16))
        form.setVerticalSpacing(theme.current.px(8))
        for words, field in (
            (say("Language"), self.language),
            (say("Language of the papers"), self.paper_language),
            (say("Colours"), self.look),
            (say("Text size"), self.size_box),
            (say("Paper"), self.paper),
            (say("Printed by"), self.printed_by),
            (say("Lock after"), self.lock_after),
            (say("Copy backups to"), self.second_backups),
        ):
            form.addRow(plain_label(words, role="label"), field)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(say("&Take over"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(accept, role="primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(16))
        self.leading = LeadingChoices(protocol)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        edge = theme.current.px(4)  # the focus ring is drawn outside its field
        inner.setContentsMargins(edge, edge, theme.current.px(12), edge)
        inner.setSpacing(theme.current.px(20))
        inner.addLayout(form)
        inner.addWidget(self.leading)
        inner.addStretch(1)
        column.addWidget(scrolled(inside, say("Preferences")), 1)
        column.addWidget(buttons)
        wide = theme.current.em(34)
        self.setMinimumWidth(wide)
        taken = 3 * margin + buttons.sizeHint().height()
        self.resize(wide, height_on_screen(inside, wide - 2 * margin - theme.current.px(12), taken))

    def settings(self) -> Settings:
        """The choices as now made."""
        return replace(
            self._before,
            language=str(self.language.currentData()),
            paper_language=str(self.paper_language.currentData()),
            theme=str(self.look.currentData()),
            text_percent=int(self.size_box.currentData()),
            paper=str(self.paper.currentData()),
            lock_minutes=int(self.lock_after.currentData()),
            printed_by=self.printed_by.text().strip(),
            second_backups=self.second_backups.text().strip(),
        )


def _choices(name: str, offered: Sequence[tuple[object, str]], chosen: object) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for value, words in offered:
        box.addItem(say(words), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
