"""Every command of the window: its menu, its words, its keys and the screens on which it can be used."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.words import say, told

WORKLIST: Final = "worklist"
WORKUP: Final = "workup"
PREVIEW: Final = "preview"
_ALL = (WORKLIST, WORKUP, PREVIEW)
_OPEN = (WORKUP, PREVIEW)
GUARDED: Final = ("passphrases", "lock")
"""What is done by whoever guards the window, not by the window."""
STORE_WIDE: Final = ("back_up", "restore", "verify")
"""What is done to the store as a whole."""


_GO: Final = word("&Go")
_VIEW: Final = word("&View")


class Command(NamedTuple):
    """One line of a menu; `name` is what the window is told."""

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    screens: tuple[str, ...] = _ALL
    separate: bool = False


COMMANDS: Final = (
    Command("new", word("&File"), word("&New work-up…"), ("Ctrl+N",)),
    Command("open_row", word("&File"), word("Open the &work-up"), (), (WORKLIST,)),
    Command("open_file", word("&File"), word("&Open file…"), ("Ctrl+O",)),
    Command("read_form", word("&File"), word("Read a &filled form…"), (), (WORKLIST, WORKUP)),
    Command("read_results", word("&File"), word("&Read results…"), ("Ctrl+R",), (WORKLIST, WORKUP)),
    Command("saved", word("&File"), word("When was this &saved?"), ("Ctrl+S",), _OPEN),
    Command("save_copy", word("&File"), word("Save a &copy as file…"), ("Ctrl+Shift+S",), _OPEN),
    Command("export", word("&File"), word("E&xport…"), (), _OPEN),
    Command("preview", word("&File"), word("&Preview and print"), ("Ctrl+P",), (WORKLIST, WORKUP), True),
    Command("write_sheets", word("&File"), word("Wri&te papers…"), ("Ctrl+Shift+P",), (WORKLIST,)),
    Command("print_sheets", word("&File"), word("Pr&int papers…"), (), (WORKLIST,)),
    Command("back_up", word("&File"), word("&Back up all work-ups…"), (), _ALL, True),
    Command("restore", word("&File"), word("&Restore a backup…"), (), _ALL),
    Command("verify", word("&File"), word("C&heck all work-ups"), (), _ALL),
    Command("settings", word("&File"), word("Settin&gs…"), ("Ctrl+,",), _ALL, True),
    Command("passphrases", word("&File"), word("Pass&phrases…"), (), _ALL),
    Command("lock", word("&File"), word("&Lock now"), ("Ctrl+L",), _ALL),
    Command("quit", word("&File"), word("&Quit"), ("Ctrl+Q",), _ALL, True),
    Command("undo", word("&Edit"), word("&Undo"), ("Ctrl+Z",), (WORKUP,)),
    Command("redo", word("&Edit"), word("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), (WORKUP,)),
    Command("copy_note", word("&Edit"), word("Copy n&ote"), ("Ctrl+Shift+C",), _OPEN, True),
    Command("paste_results", word("&Edit"), word("&Paste results"), ("Ctrl+V",), (WORKUP,)),
    Command("find", word("&Edit"), word("&Find…"), ("Ctrl+F",), (WORKLIST, WORKUP), True),
    Command("palette", word("&Edit"), word("Find &anything…"), ("Ctrl+K",)),
    Command("state", word("&Edit"), word("&State of this item…"), ("Ctrl+.",), (WORKUP,), True),
    Command("ordered", word("&Edit"), word("Or&dered today"), ("Ctrl+Shift+O",), (WORKUP,)),
    Command("larger", _VIEW, word("&Larger text"), ("Ctrl++", "Ctrl+=")),
    Command("smaller", _VIEW, word("&Smaller text"), ("Ctrl+-",)),
    Command("worklist", _GO, word("Back to the &worklist"), ("Ctrl+W",), _OPEN),
    Command("back", _GO, word("&Back"), ("Esc",), _OPEN),
    Command("next_unanswered", _GO, word("&Next unanswered"), ("F8",), (WORKUP,), True),
    Command("previous_unanswered", _GO, word("&Previous unanswered"), ("Shift+F8",), (WORKUP,)),
    Command("findings", _GO, word("&Findings"), ("F4",), (WORKUP,)),
    Command("next_pane", _GO, word("Next p&ane"), ("F6",), (WORKUP,)),
    Command("previous_pane", _GO, word("Previous pan&e"), ("Shift+F6",), (WORKUP,)),
    Command("edit_patient", word("&Patient"), word("&Edit patient and visit…"), ("Ctrl+E",), (WORKUP,)),
    Command("next_visit", word("&Patient"), word("New &visit of this patient"), (), (WORKLIST, WORKUP)),
    Command("sign", word("&Patient"), word("&Sign…"), (), (WORKUP,), True),
    Command("amend", word("&Patient"), word("A&mend…"), (), (WORKUP,)),
    Command("history", word("&Patient"), word("&History…"), ("Ctrl+H",), (WORKUP,)),
    Command("void", word("&Patient"), word("&Take off the worklist…"), (), (WORKLIST, WORKUP), True),
    Command("erase", word("&Patient"), word("E&rase for good…"), (), (WORKLIST, WORKUP)),
    Command("help", word("&Help"), word("&Help"), ("F1",)),
    Command("keys", word("&Help"), word("&Keyboard…"), ("Ctrl+?", "Ctrl+/")),
    Command("practice", word("&Help"), word("&Practice patients"), (), _ALL, True),
    Command("practice_off", word("&Help"), word("&Remove practice patients…")),
    Command("about", word("&Help"), word("&About RLS Workup"), (), _ALL, True),
)

LOOKS: Final = (
    ("system", word("As the &desktop")),
    ("light", word("&Light")),
    ("dark", word("&Dark")),
    ("contrast", word("&High contrast")),
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
        action = QAction(self)
        told(action.setText, command.words)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.triggered.connect(partial(self._tell, command.name))
        return action

    def _tell(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)

    def _section(self, number: int) -> QAction:
        action = QAction(self)
        told(action.setText, "Section &{number}", number=number)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(partial(self._tell_section, number))
        return action

    def _tell_section(self, number: int, _checked: bool = False) -> None:
        self.section_chosen.emit(number)

    def by_menu(self) -> list[tuple[str, str, QAction]]:
        """Every action with the words of its menu, and of the menu inside that where there is one."""
        own = [(_plain(say(command.menu)), "", self.actions[command.name]) for command in COMMANDS]
        return [
            *own,
            *((_plain(say(_VIEW)), say("Text size"), action) for action in self._sizes.actions()),
            *((_plain(say(_VIEW)), say("Colours"), action) for action in self._looks.actions()),
        ]

    def fill(self, bar: QMenuBar) -> None:
        """Put every command into its menu."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            if command.menu not in menus:
                menus[command.menu] = bar.addMenu("")
                told(menus[command.menu].setTitle, command.menu)
                told(menus[command.menu].setAccessibleName, command.menu, _plain)
            menu = menus[command.menu]
            if command.separate:
                menu.addSeparator()
            menu.addAction(self.actions[command.name])
        self._inner(menus[_GO], word("&Section")).addActions(self._sections)
        self._fill_view(menus[_VIEW])

    def _inner(self, menu: QMenu, words: str) -> QMenu:
        inner = menu.addMenu("")
        told(inner.setTitle, words)
        told(inner.setAccessibleName, words, _plain)
        return inner

    def _fill_view(self, menu: QMenu) -> None:
        sizes = self._inner(menu, word("&Text size"))
        for percent in theme.TEXT_PERCENTS:
            self._add(sizes, self._sizes, f"{percent} %", partial(self._tell_size, percent), percent)
        looks = self._inner(menu, word("&Colours"))
        for look, words in LOOKS:
            self._add(looks, self._looks, words, partial(self._tell_look, look), look)

    def _tell_size(self, percent: int, _checked: bool = False) -> None:
        self.text_size_chosen.emit(percent)

    def _tell_look(self, look: str, _checked: bool = False) -> None:
        self.look_chosen.emit(look)

    def _add(
        self, menu: QMenu, group: QActionGroup, words: str, chosen: partial[None], value: object
    ) -> None:
        action = menu.addAction("")
        told(action.setText, words)
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
