"""Text of people and files as it is: the one place where labels, tips and message boxes are made."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from rls_workup.domain.text import visible as written_out


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
    return f"<qt>{html.escape(visible(text))}</qt>"


def give_tip(widget: QWidget, text: str) -> None:
    """A tooltip; who hears the window is told its words, where Qt would read out its markup."""
    widget.setToolTip(tip(text) if text else "")
    widget.setAccessibleDescription(visible(text))


def mnemonic_safe(text: str) -> str:
    """`text` for buttons, menus, tabs and group titles, where `&` would underline the next letter."""
    return visible(text).replace("&", "&&")


class PlainBox(QMessageBox):
    """Its buttons are words only, as everywhere."""

    def showEvent(self, event: QShowEvent) -> None:
        for button in self.buttons():
            button.setIcon(QIcon())
        super().showEvent(event)


def plain_box(
    parent: QWidget | None, title: str, text: str, details: str = "", icon: QMessageBox.Icon | None = None
) -> QMessageBox:
    """A message box that shows its words letter by letter; the caller adds buttons and shows it."""
    box = PlainBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(visible(text))
    box.setInformativeText(visible(details))
    box.setIcon(QMessageBox.Icon.NoIcon if icon is None else icon)
    return box


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the style sheet asks for, and let it look again if any is new."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
