"""A person at the keyboard of the whole window: every key goes where the focus is, and is counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rls_workup.ui.main_window import MainWindow

_NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Space": Qt.Key.Key_Space,
    "Down": Qt.Key.Key_Down,
    "Right": Qt.Key.Key_Right,
    "Esc": Qt.Key.Key_Escape,
    "F4": Qt.Key.Key_F4,
    "F6": Qt.Key.Key_F6,
    "F8": Qt.Key.Key_F8,
}


class Keyboard:
    """`press("n", "Enter", "Ctrl+Enter", "38 ug/L")`: names of keys, or text that is typed letter by letter.

    `count`: keys pressed so far; a chord such as Ctrl+1 or a capital counts as two.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.count = 0

    def press(self, *words: str) -> None:
        for word in words:
            name = word.removeprefix("Ctrl+")
            chord = name != word
            if name in _NAMED or chord:
                self._key(_NAMED.get(name) or Qt.Key(ord(name.upper())), chord=chord)
                self.count += 1 + chord
            else:
                for letter in word:
                    QTest.keyClick(self.target(), letter)
                    self.count += 1 + letter.isupper()
            # What is drawn anew throws the old away; between two keys the real loop lets go of it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _key(self, key: Qt.Key, *, chord: bool) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if chord else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.target(), key, modifier)

    def press_in_dialog(self, opening: str, *words: str) -> None:
        """Open a dialog by a key and type into it; returns when it is closed."""
        wrong: list[AssertionError] = []

        def type_into() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or dialog.focusWidget() is None:
                return
            timer.stop()
            try:
                self.press(*words)
            except AssertionError as trouble:
                wrong.append(trouble)
            if dialog.isVisible():
                wrong.append(AssertionError(f"{dialog.windowTitle()} is still open"))
                dialog.close()

        timer = QTimer()
        timer.timeout.connect(type_into)
        timer.start(10)
        self.press(opening)
        timer.stop()
        # Offscreen there is no desktop that brings the window to the front again.
        self.window.activateWindow()
        QApplication.processEvents()
        for trouble in wrong:
            raise trouble

    def target(self) -> QWidget:
        """Where the next key goes. A person would see a dead keyboard if there were none."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        window = QApplication.activeModalWidget() or self.window
        focused = window.focusWidget()
        assert focused is not None, "the focus is lost"
        assert focused.isVisible(), f"the focus is in {focused}, which nobody sees"
        return focused

    @property
    def item(self) -> str:
        """The item whose row has the focus, "" elsewhere."""
        assert self.window.casework is not None
        row = self.window.casework.workup_screen.form.focused_row()
        return row.item_id if row is not None else ""
