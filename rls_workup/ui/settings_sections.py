"""The sections of the settings: which choices there are, and the sentence that goes with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from rls_workup.domain.wording import word
from rls_workup.exchange.typed_days import ASK, DAY_FIRST, MONTH_FIRST
from rls_workup.store.backups import folder_for
from rls_workup.ui import theme
from rls_workup.ui.commands import LOOKS
from rls_workup.ui.first_units import FirstUnits
from rls_workup.ui.leading_choices import LeadingChoices
from rls_workup.ui.paper_making import languages_of_papers
from rls_workup.ui.setting import ActSetting, ChoiceSetting, LineSetting, Setting, TickSetting
from rls_workup.ui.words import SYSTEM, say, window_languages

if TYPE_CHECKING:
    from pathlib import Path

    from rls_workup.domain.protocol import Protocol
    from rls_workup.ui.settings import Settings

LOCK_MINUTES: Final = (1, 2, 5, 10, 15, 20, 30)
PAPERS: Final = (("a4", "A4"), ("letter", word("Letter")))
LEADING: Final = "leading"
UNITS: Final = "units"
UNITS_OF: Final = "units_of"
ACTS: Final = ("passphrases", "back_up", "restore")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the sections are filled from. `practice` keeps the clinical readings, None where nothing does;
    `store` is the file of the work-ups, None where they are on a server."""

    settings: Settings
    protocol: Protocol | None
    practice: Path | None
    store: Path | None


Section = tuple[str, Sequence[Setting]]


def sections(shown: Shown) -> list[Section]:
    """The sections in their order, each with its settings."""
    return [
        (say("General"), _general(shown.settings)),
        (say("Language and region"), _language(shown.settings)),
        (say("Units"), _units(shown)),
        (say("Papers"), _papers(shown)),
        (say("Clinical reading"), _reading(shown)),
        (say("Security"), _security(shown.settings)),
        (say("Backups"), _backups(shown)),
    ]


def _general(settings: Settings) -> list[Setting]:
    looks = [(look, say(words).replace("&", "")) for look, words in LOOKS]
    sizes = [(percent, f"{percent} %") for percent in theme.TEXT_PERCENTS]
    return [
        ChoiceSetting(
            "theme",
            say("Colours"),
            say("High contrast has black words on white, and borders instead of shades."),
            looks,
            settings.theme,
        ),
        ChoiceSetting(
            "text_percent",
            say("Text size"),
            say("Everything grows with the words. Ctrl and + or − do the same."),
            sizes,
            settings.text_percent,
        ),
    ]


def _language(settings: Settings) -> list[Setting]:
    orders = [
        (ASK, say("Ask when it could be two days")),
        (DAY_FIRST, say("Day, month, year")),
        (MONTH_FIRST, say("Month, day, year")),
    ]
    return [
        ChoiceSetting(
            "language",
            say("Language of the window"),
            say("Everything on the screen changes at once, the open work-up too."),
            [(SYSTEM, say("As the desktop")), *window_languages().items()],
            settings.language,
        ),
        ChoiceSetting(
            "date_order",
            say("A typed date such as 3/4/2026 means"),
            say("Dates are always shown with the month as a word, 14-Aug-1980."),
            orders,
            settings.date_order,
        ),
    ]


def _units(shown: Shown) -> list[Setting]:
    settings = shown.settings
    system = ChoiceSetting(
        UNITS,
        say("Units shown first"),
        say("For a new value. A value keeps the unit it was entered in."),
        [
            ("", say("None: the one chosen last")),
            ("si", say("SI units (µmol/L, g/L)")),
            ("conventional", say("Conventional units (mg/dL, g/dL)")),
        ],
        settings.units,
    )
    if shown.protocol is None:
        return [system]
    boxes = FirstUnits(shown.protocol, settings.units, settings.units_of)
    single = Setting(
        UNITS_OF,
        say("Of single tests"),
        say("Where your laboratory reports in another unit."),
        boxes,
        many=True,
    )
    boxes.chosen.connect(lambda units: single.chosen.emit(UNITS_OF, units))
    return [system, single]


def _papers(shown: Shown) -> list[Setting]:
    settings = shown.settings
    languages = languages_of_papers(shown.practice)
    return [
        ChoiceSetting(
            "paper_language",
            say("Language of the papers"),
            say("Can be chosen for each paper in the preview as well."),
            [("", say("As the window")), *languages],
            settings.paper_language,
        ),
        ChoiceSetting(
            "paper",
            say("Paper"),
            say("The size that sheets, letters and forms are made for."),
            [(paper, say(words)) for paper, words in PAPERS],
            settings.paper,
        ),
        LineSetting(
            "printed_by",
            say("Name printed on the sheet"),
            say("Stands at the foot of each paper, and is offered when you sign."),
            settings.printed_by,
        ),
        TickSetting(
            "carries_data",
            say("A saved sheet carries the work-up’s data"),
            say("Whoever opens the PDF in this program then has all answers. Letters and handouts never do."),
            settings.carries_data,
        ),
    ]


def _reading(shown: Shown) -> list[Setting]:
    choices = LeadingChoices(shown.protocol if shown.practice else None)
    says = say("The other readings are shown all the same, and the sheet says which one came first.")
    if not choices.boxes:
        says = say("In this protocol there is nothing to choose.")
    setting = Setting(LEADING, say("Read first where sources disagree"), says, choices, many=True)
    choices.made.connect(lambda chosen: setting.chosen.emit(LEADING, chosen))
    return [setting]


def _security(settings: Settings) -> list[Setting]:
    waits = [
        (minutes, say("1 minute") if minutes == 1 else say("{count} minutes", count=minutes))
        for minutes in LOCK_MINUTES
    ]
    return [
        ChoiceSetting(
            "lock_minutes",
            say("Lock when left alone for"),
            say("What was typed is saved first. Ctrl+L locks at once."),
            waits,
            settings.lock_minutes,
        ),
        ActSetting(
            "passphrases",
            say("Passphrases"),
            say("Who can open the work-ups, and the recovery sheet for the safe."),
            say("&Passphrases…"),
        ),
    ]


def _backups(shown: Shown) -> list[Setting]:
    if shown.store is None:
        says = say("The work-ups are on a server; whoever looks after it makes the backups.")
        return [Setting("", say("Backups of the day"), says, QWidget())]
    browse = QPushButton(say("C&hoose…"))
    browse.setAutoDefault(False)
    second = LineSetting(
        "second_backups",
        say("A second folder for backups"),
        say("Each backup of the day is copied there. Best on another drive or computer."),
        shown.settings.second_backups,
        say("None"),
        browse,
    )
    browse.clicked.connect(lambda: _choose_folder(second))
    made = say(
        "Made at the start and the end of a day, into {folder}. Old ones are thinned out.",
        folder=folder_for(shown.store),
    )
    return [
        ActSetting("back_up", say("Backups of the day"), made, say("&Back up now…")),
        second,
        ActSetting(
            "restore",
            say("Take a backup back"),
            say("First says what would be missing; nothing is done before you agree."),
            say("&Restore a backup…"),
        ),
    ]


def _choose_folder(setting: LineSetting) -> None:
    chosen = QFileDialog.getExistingDirectory(
        setting, say("A second folder for backups"), setting.line.text()
    )
    if chosen:
        setting.line.setText(chosen)
        setting.commit()
