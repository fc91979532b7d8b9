"""The running program: Qt set up once, one window on one store, and every way in which it can end."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from rls_workup import __version__
from rls_workup.resources import folder
from rls_workup.ui import theme, typed_dates, words
from rls_workup.ui.entrance import entered
from rls_workup.ui.first_paint import FirstPaint
from rls_workup.ui.guard import Guard
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.protocol_loading import ProtocolLoading
from rls_workup.ui.settings import Settings, default_path, keep_settings, read_settings
from rls_workup.ui.sweeping import Sweeping
from rls_workup.ui.trouble import Trouble

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

    from rls_workup.ui.attending import Attending
    from rls_workup.ui.keeping import Keeping

SOON_MS = 1000  # what is not needed for the first look at the worklist
STYLE = "Fusion"
FACES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")


def qt_application() -> QApplication:
    """The one application of this process, with the bundled type, made when there is none yet."""
    there = QCoreApplication.instance()
    if isinstance(there, QApplication):
        app = there
        app.setStyle(STYLE)
    else:
        # Said on the command line, since a style that Qt hands to Python brings hundreds of enumerations.
        app = QApplication([*sys.argv[:1], "-style", STYLE])
    app.setApplicationName("rls-workup")
    app.setApplicationDisplayName("RLS Workup")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rls-workup")
    for face in FACES:
        QFontDatabase.addApplicationFont(str(folder("fonts", face)))
    return app


class Program:
    """Parts that live as long as the window."""

    def __init__(
        self,
        where: str | Path,
        protocol_dir: Path | None,
        settings_path: Path | None = None,
        practice_dir: Path | None = None,
    ) -> None:
        self._settings_path = settings_path or default_path()
        self.app = qt_application()
        settings, told = read_settings(self._settings_path)
        words.current.choose(settings.language)
        theme.current.choose(settings.theme)
        theme.current.set_text_percent(settings.text_percent)
        typed_dates.take(settings)
        self._dress()
        # Before the window listens: its style sheet takes what it does not name from the application.
        theme.current.changed.connect(self._dress)
        # Before the way in, where a backup or an older store is worked on in a thread of its own.
        self.sweeping = Sweeping()
        try:
            self.access = entered(where)
        except BaseException:
            self.sweeping.end()
            raise
        self.store = self.access.store
        self.trouble = Trouble()
        loading = ProtocolLoading(protocol_dir, self.store, practice_dir)
        self.window = MainWindow(self.store, loading, settings, self._keep)
        self.guard = Guard(self.window, self.access, self.app)
        self.window.store_asked.connect(self._keep_store)
        self._handed: list[Path] = []
        self.guard.unlocked_now.connect(self._take_handed)
        self._hurried = False
        self._attending: Attending | None = None
        if told:
            self.window.tell(told)

    @cached_property
    def keeping(self) -> Keeping:
        """Backups and restoring; not imported before the window is painted."""
        from rls_workup.ui.keeping import Keeping

        keeping = Keeping(self.window, self.access)
        self.guard.locked_now.connect(keeping.stop)
        return keeping

    def _begin_keeping(self) -> None:
        if not self.guard.locked:
            self.keeping.begin()

    def _keep_store(self, command: str) -> None:
        self.keeping.perform(command)

    def run(self, files: list[Path]) -> int:
        """Show the window and stay until it is closed; 0 when all that was typed is on disk, else 1."""
        self._catch_faults()
        FirstPaint(self.window, self._attend)
        self.window.show()
        self.window.activateWindow()
        self.window.begin(files)
        QTimer.singleShot(
            SOON_MS, self._attend
        )  # also where a window was never painted, such as a minimised one
        QTimer.singleShot(SOON_MS, self.guard.screen_lock.listen)
        QTimer.singleShot(SOON_MS, self._begin_keeping)
        try:
            self.app.exec()
            if not self._hurried:
                self.keeping.at_end()
        finally:
            done = self.end()
        return 0 if done else 1

    def connect_ends(self) -> None:
        """Faults, log-off and `kill` all save first."""
        self._catch_faults()
        self._attend()

    def _catch_faults(self) -> None:
        self.trouble.save = self.window.flush
        self.trouble.happened.connect(self.window.tell_fault)
        self.trouble.install()

    def _attend(self) -> None:
        if self._attending is not None:
            return
        from rls_workup.ui.attending import Attending

        self._attending = Attending(self.app, self.window, self._asked_to_end)
        self.guard.begin()
        self.app.commitDataRequest.connect(self._session_ends)
        self.app.aboutToQuit.connect(self.window.end)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def hand_over(self, files: list[Path]) -> None:
        """A second start: show the window, and take its files as soon as it is not locked."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()
        self._handed += files
        if not self.guard.locked:
            self._take_handed()

    def _take_handed(self) -> None:
        files, self._handed = self._handed, []
        self.window.take_files(files)

    def end(self) -> bool:
        """Save, and give back what this program took; True when all is on disk."""
        done = self.window.end()
        self.keeping.stop()
        self.guard.end()
        self.trouble.remove()
        theme.current.changed.disconnect(self._dress)
        if self._attending is not None:
            self._attending.end()
            self.app.commitDataRequest.disconnect(self._session_ends)
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._desktop_changed)
        self.access.lock()
        self.sweeping.end()
        return done

    def _asked_to_end(self) -> None:
        self._hurried = True
        self.window.end()
        self.app.exit(0)

    def _session_ends(self, _session: QSessionManager) -> None:
        self._hurried = True
        self.window.flush()

    def _desktop_changed(self) -> None:
        if theme.current.choice == "system":
            theme.current.changed.emit()

    def _dress(self) -> None:
        self.app.setPalette(theme.current.palette())
        self.app.setFont(theme.current.font())

    def _keep(self, settings: Settings) -> None:
        keep_settings(self._settings_path, settings)
