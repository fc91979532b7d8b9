"""What a screen reader is told of a window: the accessibility tree as lines, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QWidget

Role = QAccessible.Role
Text = QAccessible.Text

USED = frozenset(
    {
        Role.Button,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.List,
        Role.Tree,
        Role.Table,
        Role.MenuItem,
        Role.PopupMenu,
        Role.ProgressBar,
        Role.Slider,
        Role.SpinBox,
        Role.PageTab,
        Role.Link,
    }
)
_SEVERAL = frozenset({Role.Table, Role.List, Role.Tree})  # their cells are the model's
_QT_OWN = frozenset({"qt_toolbar_ext_button", "qt_menubar_ext_button"})


@dataclass(frozen=True, slots=True)
class Told:
    """One object as it is told; `groups`: the names of what it lies in, from the outside."""

    role: QAccessible.Role
    name: str
    description: str
    value: str
    identifier: str
    focusable: bool
    groups: tuple[str, ...]
    widget: QWidget | None

    def __str__(self) -> str:
        kind = type(self.widget).__name__ if self.widget else "part"
        return f"{self.role.name} {self.name!r} ({kind}) in {' > '.join(self.groups[-2:]) or 'the window'}"


def told_of(root: QWidget) -> list[Told]:
    """Everything below a widget that is on the screen, in the order in which it is told."""
    top = QAccessible.queryAccessibleInterface(root)
    assert top is not None
    return list(_walk(top, ()))


def _walk(one: QAccessibleInterface, groups: tuple[str, ...]) -> Iterator[Told]:
    if one.state().invisible:
        return
    owner = one.object()
    widget = owner if isinstance(owner, QWidget) else None
    if widget is not None and widget.objectName() in _QT_OWN:
        return
    name = one.text(Text.Name)
    yield Told(
        one.role(),
        name.strip(),
        one.text(Text.Description).strip(),
        one.text(Text.Value),
        one.text(Text.Identifier),
        bool(one.state().focusable),
        groups,
        widget,
    )
    inside = (*groups, name.strip()) if name.strip() and one.role() not in USED else groups
    if one.role() in _SEVERAL:
        return
    for at in range(one.childCount()):
        child = one.child(at)
        if child is not None:
            yield from _walk(child, inside)


def faults(root: QWidget) -> list[str]:
    """All that a person who hears the window would stumble over."""
    lines = told_of(root)
    found = [f"no name: {line}" for line in lines if _needs_name(line) and not line.name]
    found += [f"no word for what is chosen: {line}" for line in lines if _is_unnamed_box(line)]
    found += [f"markup: {line}" for line in lines if "<qt>" in line.name + line.description]
    found += [f"twice in one group: {line}" for line in _twice(lines)]
    return found


def _needs_name(line: Told) -> bool:
    return line.role in USED or line.focusable


def _is_unnamed_box(line: Told) -> bool:
    # On Linux the name of a box is what is chosen in it; which choice it is has to be told beside it.
    return isinstance(line.widget, QComboBox) and not line.description


def _twice(lines: list[Told]) -> list[Told]:
    seen: set[tuple[object, ...]] = set()
    again: list[Told] = []
    for line in lines:
        if line.role not in USED or not line.name or line.role is Role.ComboBox:
            continue
        key = (line.groups, line.role, line.name)
        if key in seen:
            again.append(line)
        seen.add(key)
    return again
