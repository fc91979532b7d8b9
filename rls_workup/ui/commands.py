"""Every command of the window: its menu, its words, its keys and the screens on which it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from rls_workup.ui import theme

WORKLIST: Final = "worklist"
WORKUP: Final = "workup"
PREVIEW: Final = "preview"
_ALL = (WORKLIST, WORKUP, PREVIEW)
_OPEN = (WORKUP, PREVIEW)
GUARDED: Final = ("passphrases", "lock")
"""What is done by whoever guards the window, not by the window."""
STORE_WIDE: Final = ("back_up", "restore", "verify")
"""What is done to the store as a whole."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a menu; `name` is what the window is told."""

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    screens: tuple[str, ...] = _ALL
    separate: bool = False


COMMANDS: Final = (
    Command("new", "&File", "&New work-up…", ("Ctrl+N",)),
    Command("open_row", "&File", "Open the &work-up", (), (WORKLIST,)),
    Command("open_file", "&File", "&Open file…", ("Ctrl+O",)),
    Command("read_form", "&File", "Read a &filled form…", (), (WORKLIST, WORKUP)),
    Command("saved", "&File", "When was this &saved?", ("Ctrl+S",), _OPEN),
    Command("save_copy", "&File", "Save a &copy as file…", ("Ctrl+Shift+S",), _OPEN),
    Command("preview", "&File", "&Preview and print", ("Ctrl+P",), (WORKLIST, WORKUP), True),
    Command("write_sheets", "&File", "Write shee&ts…", ("Ctrl+Shift+P",), (WORKLIST,)),
    Command("back_up", "&File", "&Back up all work-ups…", (), _ALL, True),
    Command("restore", "&File", "&Restore a backup…", (), _ALL),
    Command("verify", "&File", "C&heck all work-ups", (), _ALL),
    Command("settings", "&File", "Pre&ferences…", ("Ctrl+,",), _ALL, True),
    Command("passphrases", "&File", "Pass&phrases…", (), _ALL),
    Command("lock", "&File", "&Lock now", ("Ctrl+L",), _ALL),
    Command("quit", "&File", "&Quit", ("Ctrl+Q",), _ALL, True),
    Command("undo", "&Edit", "&Undo", ("Ctrl+Z",), (WORKUP,)),
    Command("redo", "&Edit", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), (WORKUP,)),
    Command("copy_note", "&Edit", "Copy n&ote", ("Ctrl+Shift+C",), _OPEN, True),
    Command("find", "&Edit", "&Find…", ("Ctrl+F",), (WORKLIST, WORKUP), True),
    Command("palette", "&Edit", "Find &anything…", ("Ctrl+K",)),
    Command("state", "&Edit", "&State of this item…", ("Ctrl+.",), (WORKUP,), True),
    Command("larger", "&View", "&Larger text", ("Ctrl++", "Ctrl+=")),
    Command("smaller", "&View", "&Smaller text", ("Ctrl+-",)),
    Command("worklist", "&Go", "Back to the &worklist", ("Ctrl+W",), _OPEN),
    Command("back", "&Go", "&Back", ("Esc",), _OPEN),
    Command("next_unanswered", "&Go", "&Next unanswered", ("F8",), (WORKUP,), True),
    Command("previous_unanswered", "&Go", "&Previous unanswered", ("Shift+F8",), (WORKUP,)),
    Command("findings", "&Go", "&Findings", ("F4",), (WORKUP,)),
    Command("next_pane", "&Go", "Next p&ane", ("F6",), (WORKUP,)),
    Command("previous_pane", "&Go", "Previous pan&e", ("Shift+F6",), (WORKUP,)),
    Command("edit_patient", "&Patient", "&Edit patient and visit…", ("Ctrl+E",), (WORKUP,)),
    Command("next_visit", "&Patient", "New &visit of this patient", (), (WORKLIST, WORKUP)),
    Command("sign", "&Patient", "&Sign…", (), (WORKUP,), True),
    Command("amend", "&Patient", "A&mend…", (), (WORKUP,)),
    Command("history", "&Patient", "&History…", ("Ctrl+H",), (WORKUP,)),
    Command("void", "&Patient", "&Take off the worklist…", (), (WORKLIST, WORKUP), True),
    Command("erase", "&Patient", "E&rase for good…", (), (WORKLIST, WORKUP)),
    Command("help", "&Help", "&Help", ("F1",)),
    Command("keys", "&Help", "&Keyboard…", ("Ctrl+?", "Ctrl+/")),
    Command("about", "&Help", "&About RLS Workup", (), _ALL, True),
)

LOOKS: Final = (
    ("system", "As the &desktop"),
    ("light", "&Light"),
    ("dark", "&Dark"),
    ("contrast", "&High contrast"),
)


class Commands(QObject):
    """The actions, made once; `chosen` tells the name of the one that was asked for."""

    chosen = Signal(str)
    section_chosen = Signal(int)
    look_chosen = Signal(str)
    text_size_chosen = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.actions = {command.name: self._action(command) for command in COMMANDS}
        self._sections = [self._section(number) for number in range(1, 10)]
        self._looks = QActionGroup(self)
        self._sizes = QActionGroup(self)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.words, self)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.triggered.connect(partial(self._tell, command.name))
        return action

    def _tell(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)

    def _section(self, number: int) -> QAction:
        action = QAction(f"Section &{number}", self)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(partial(self._tell_section, number))
        return action

    def _tell_section(self, number: int, _checked: bool = False) -> None:
        self.section_chosen.emit(number)

    def by_menu(self) -> list[tuple[str, str, QAction]]:
        """Every action with the words of its menu, and of the menu inside that where there is one."""
        own = [(_plain(command.menu), "", self.actions[command.name]) for command in COMMANDS]
        return [
            *own,
            *(("View", "Text size", action) for action in self._sizes.actions()),
            *(("View", "Colours", action) for action in self._looks.actions()),
        ]

    def fill(self, bar: QMenuBar) -> None:
        """Put every command into its menu."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.menu) or menus.setdefault(command.menu, bar.addMenu(command.menu))
            if command.separate:
                menu.addSeparator()
            menu.addAction(self.actions[command.name])
        menus["&Go"].addMenu("&Section").addActions(self._sections)
        self._fill_view(menus["&View"])

    def _fill_view(self, menu: QMenu) -> None:
        sizes = menu.addMenu("&Text size")
        for percent in theme.TEXT_PERCENTS:
            self._add(sizes, self._sizes, f"{percent} %", partial(self._tell_size, percent), percent)
        looks = menu.addMenu("&Colours")
        for look, words in LOOKS:
            self._add(looks, self._looks, words, partial(self._tell_look, look), look)

    def _tell_size(self, percent: int, _checked: bool = False) -> None:
        self.text_size_chosen.emit(percent)

    def _tell_look(self, look: str, _checked: bool = False) -> None:
        self.look_chosen.emit(look)

    def _add(
        self, menu: QMenu, group: QActionGroup, words: str, chosen: partial[None], value: object
    ) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setData(value)
        group.addAction(action)
        action.triggered.connect(chosen)

    def show_choices(self) -> None:
        """Mark the look and the text size in use."""
        for action in self._looks.actions():
            action.setChecked(action.data() == theme.current.choice)
        for action in self._sizes.actions():
            action.setChecked(action.data() == theme.current.text_percent)

    def enable_for(self, screen: str, *, can_undo: bool = False, can_redo: bool = False) -> None:
        """Only what can be used on this screen can be chosen."""
        for command in COMMANDS:
            self.actions[command.name].setEnabled(screen in command.screens)
        for action in self._sections:
            action.setEnabled(screen == WORKUP)
        self.actions["undo"].setEnabled(can_undo and screen == WORKUP)
        self.actions["redo"].setEnabled(can_redo and screen == WORKUP)


def _plain(words: str) -> str:
    return words.replace("&", "")
