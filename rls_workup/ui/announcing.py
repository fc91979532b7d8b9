"""Words for whoever hears the window: said at once, wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel


def say_aloud(label: QLabel, sentence: str) -> None:
    """Show a sentence, such as what is wrong, and say it at once."""
    label.setText(sentence)
    announce(label, sentence, urgent=True)


def announce(about: QObject, words: str, *, urgent: bool = False) -> None:
    """Say the words through the screen reader; nothing where none runs. `urgent` interrupts it."""
    if not words:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(about, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
