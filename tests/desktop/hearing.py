"""A person who hears the program: reads and works its window through AT-SPI alone, under the desktop's own Python.

`hearing.py PROGRAM…` starts the program, works with it and prints what was found as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Node = Any  # Atspi.Accessible
USED = {
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "combo box",
    "text",
    "entry",
    "password text",
    "list",
    "table",
    "tree",
    "menu item",
    "check menu item",
    "radio menu item",
    "menu",
    "progress bar",
}
FIELDS = {"text", "radio button"}
SEVERAL = {"table", "list", "tree", "tree table", "list box"}
PATIENCE = 20.0


class Hearer:
    """The program's window as it is told on the bus of the desktop."""

    def __init__(self) -> None:
        self.announced: list[str] = []
        Atspi.set_timeout(1000, 20_000)
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")
        self.app = self.wait(self._find_app, "the program on the bus")

    def _hear(self, event: Any) -> None:
        self.announced.append(str(event.any_data))

    def _find_app(self) -> Node | None:
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(at)
            if app is not None and app.get_name() == "rls-workup" and app.get_child_count():
                return app
        return None

    def wait(self, look: Callable[[], Any], what: str) -> Any:
        """What `look` finds, as soon as it does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.turn()
            try:
                found = look()
            except GLib.Error:  # it went away while we looked
                self.app.clear_cache()
                found = None
            if found:
                return found
            time.sleep(0.05)
        raise SystemExit(f"Not there: {what}.")

    def turn(self) -> None:
        """Take the events that came."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    # Finding

    def all(self) -> Iterator[Node]:
        """Everything that is on the screen, in the order in which it is told."""
        for at in range(self.app.get_child_count()):
            window = self.app.get_child_at_index(at)
            if window is not None:
                yield from _below(window)

    def find(self, name: str, *roles: str, begins: bool = False) -> Node:
        """The first one of this name that is on the screen."""

        def look() -> Node | None:
            for node in self.all():
                told = node.get_name() or ""
                if (told.startswith(name) if begins else told == name) and (
                    not roles or node.get_role_name() in roles
                ):
                    return node
            return None

        return self.wait(look, f"{' or '.join(roles)} “{name}”")

    def read(self, name: str) -> list[str]:
        """Name and description of what begins so; at once, since it may be drawn anew."""

        def look() -> list[str]:
            node = self.find(name, begins=True)
            told = [str(node.get_name()), str(node.get_description())]
            return told if all(told) else []

        return list(self.wait(look, name))

    def field(self, item: str) -> Node:
        """The field of an item, by its id."""

        def look() -> Node | None:
            fields = (node for node in self.all() if node.get_role_name() in FIELDS)
            return next((node for node in fields if node.get_accessible_id() == item), None)

        return self.wait(look, item)

    def sections(self) -> list[str]:
        """The titles of the sections of the open work-up."""
        pane = self.find("Sections")
        return [node.get_name().split(",")[0] for node in self.below(pane, "check box")]

    def open_section(self, title: str) -> None:
        """Bring a section to the front."""
        button = self.find(f"{title},", "check box", begins=True)
        self.press(button)
        self.wait(lambda: button.get_state_set().contains(Atspi.StateType.CHECKED), f"the section “{title}”")

    def answer(self, item: str, choice: str) -> list[str]:
        """Press a button of a question; its name and state as they are told afterwards."""
        bar = self.field(item).get_parent()
        button = next(one for one in self.below(bar, "radio button") if one.get_name() == choice)
        self.press(button)
        self.wait(lambda: button.get_state_set().contains(Atspi.StateType.CHECKED), f"{choice} to {item}")
        return [bar.get_name(), button.get_name(), button.get_description()]

    def focused(self) -> str:
        """The name of what has the focus."""

        def look() -> str:
            for node in self.all():
                if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return str(node.get_name())
            return ""

        return str(self.wait(look, "the focus"))

    def below(self, node: Node, role: str) -> list[Node]:
        return [one for one in _below(node) if one.get_role_name() == role]

    # Doing

    def press(self, node: Node) -> None:
        """Its first action: press, toggle, or choose from a menu."""
        with suppress(GLib.Error):  # a command that opens a dialog answers only when that is closed
            node.do_action(0)
        self.turn()

    def close(self) -> None:
        """Leave a dialog by the button that it has for that."""

        def look() -> Node | None:
            buttons = [node for node in self.all() if node.get_role_name() == "push button"]
            return next((node for node in buttons if node.get_name() in ("Close", "Cancel")), None)

        self.press(self.wait(look, "a way out of the dialog"))

    def command(self, words: str) -> None:
        """A command of the menu bar by its words."""

        def look() -> Node | None:
            for bar in self.all():
                if bar.get_role_name() == "menu bar":
                    return next((one for one in _everything(bar) if one.get_name() == words), None)
            return None

        self.press(self.wait(look, f"the command “{words}”"))

    def write(self, field: Node, text: str) -> None:
        """Put a text into a field, as dictation does."""
        field.set_text_contents(text)
        self.turn()

    # Judging

    def walk(self, where: str, pane: str = "") -> dict[str, Any]:
        """What there is on this screen or in one pane of it, and what is wrong with it."""
        self.app.clear_cache()
        return dict(self.wait(lambda: self._walked(where, pane), where))

    def _walked(self, where: str, pane: str) -> dict[str, Any]:
        count, wrong = 0, []
        for node in _below(self.find(pane)) if pane else self.all():
            role, name = node.get_role_name(), (node.get_name() or "").strip()
            states = node.get_state_set()
            focusable = states.contains(Atspi.StateType.FOCUSABLE)
            if role not in USED and not focusable:
                continue
            count += 1
            if not name:
                wrong.append(f"{where}: a {role} without a name in {_place(node)}")
            if focusable and not _has_size(node):
                wrong.append(f"{where}: {role} “{name}” has no size in {_place(node)}")
            if "<qt>" in name + (node.get_description() or ""):
                wrong.append(f"{where}: {role} “{name}” is told with its markup")
        return {"where": where, "count": count, "wrong": wrong}


def _below(node: Node) -> Iterator[Node]:
    """A node and all that it shows."""
    states = node.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING) or not states.contains(Atspi.StateType.VISIBLE):
        return
    yield node
    if node.get_role_name() in SEVERAL:
        return
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield from _below(child)


def _everything(node: Node) -> Iterator[Node]:
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield child
            yield from _everything(child)


def _place(node: Node) -> str:
    names = []
    parent = node.get_parent()
    while parent is not None and len(names) < 3:
        names.append(parent.get_name() or parent.get_role_name())
        parent = parent.get_parent()
    return " < ".join(names)


def _has_size(node: Node) -> bool:
    box = node.get_extents(Atspi.CoordType.SCREEN)
    return bool(box.width > 0 and box.height > 0)


def work(hearer: Hearer) -> dict[str, Any]:
    """A visit from the list and back to it: the patient, two questions, a ferritin, what it means, what is missing."""
    walks = [hearer.walk("worklist")]
    hearer.command("New work-up…")
    hearer.write(hearer.find("Family name", "text"), "Brown")
    hearer.write(hearer.find("Date of birth", "text"), "14-Jul-1961")
    hearer.press(hearer.find("Female"))
    walks.append(hearer.walk("new work-up"))
    hearer.press(hearer.find("Begin", "push button"))
    sections = hearer.sections()
    for section in sections:
        hearer.open_section(section)
        walks.append(hearer.walk(section, "" if section == sections[0] else "Form"))
    hearer.open_section("Criteria")
    answered = [hearer.answer(item, "Yes") for item in ("urge_to_move", "worse_at_rest")]
    hearer.open_section("Blood tests")
    hearer.write(hearer.field("ferritin"), "20 ug/L")
    finding = hearer.read("Caution: Iron low")
    told = hearer.field("ferritin").get_description()
    missing = [
        node.get_name() for node in hearer.below(hearer.find("Still missing, by decision"), "push button")
    ]
    hearer.press(hearer.find(missing[0]))
    focused = hearer.focused()
    hearer.answer("saddle_numbness", "Yes")
    hearer.wait(lambda: hearer.announced, "an alert that is announced")
    hearer.command("Preview and print")
    hearer.find("Page 1 of", begins=True)
    walks.append(hearer.walk("preview"))
    hearer.command("Back")
    hearer.find("Still missing, by decision")
    hearer.command("Settings…")
    walks.append(hearer.walk("settings"))
    hearer.close()
    hearer.command("Back to the worklist")
    table = hearer.find("Work-ups", "table")
    hearer.app.clear_cache()
    back = " ".join(str(cell.get_name()) for cell in _everything(table))
    return {
        "walks": walks,
        "sections": sections,
        "answered": answered,
        "ferritin": told,
        "finding": finding,
        "missing": missing,
        "focused": focused,
        "announced": hearer.announced,
        "back": back,
    }


def main() -> None:
    # Without a window manager no window has the focus.
    running = [subprocess.Popen(["openbox"]), subprocess.Popen(sys.argv[1:])]
    try:
        print(json.dumps(work(Hearer())))
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait(20)


if __name__ == "__main__":
    main()
