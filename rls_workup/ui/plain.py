"""Text of people and files as it is: the one place where labels, tips and message boxes are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rls_workup.domain.text import visible as written_out

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

# `html.escape` would bring a table of all entities with it at the start.
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def visible(text: str) -> str:
    """`text` with every hidden or direction sign written out, `[U+202E]`; line breaks and tabs stay."""
    return written_out(text, keep="\n\t")


def one_line(text: str) -> str:
    """`visible` text for a single line: line breaks and runs of blanks become one blank."""
    return " ".join(visible(text).split())


def plain_label(
    text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label that shows `text` letter by letter; `role` is its place in the style sheet."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(visible(text))
    if role:
        label.setProperty("role", role)
    return label


def tip(text: str) -> str:
    """`text` for a tooltip, shown letter by letter."""
    return f"<qt>{visible(text).translate(_ESCAPED)}</qt>"


def give_tip(widget: QWidget, text: str) -> None:
    """A tooltip; who hears the window is told its words, where Qt would read out its markup."""
    widget.setToolTip(tip(text) if text else "")
    widget.setAccessibleDescription(visible(text))


def mnemonic_safe(text: str) -> str:
    """`text` for buttons, menus, tabs and group titles, where `&` would underline the next letter."""
    return visible(text).replace("&", "&&")


def plain_box(
    parent: QWidget | None, title: str, text: str, details: str = "", icon: QMessageBox.Icon | None = None
) -> QMessageBox:
    """A message box that shows its words letter by letter; the caller adds buttons and shows it."""
    from rls_workup.ui.message_box import MessageBox

    box = MessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(visible(text))
    box.setInformativeText(visible(details))
    box.setIcon(MessageBox.Icon.NoIcon if icon is None else icon)
    return box


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the style sheet asks for, and let it look again if any is new."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    # Before it is first shown, the style sheet has not looked yet.
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
