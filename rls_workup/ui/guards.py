"""What must hold before a window is opened: a Qt that works, its libraries, a screen, no core dumps."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from rls_workup.errors import WorkupError

PR_SET_DUMPABLE = 4
LIBRARIES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libglib2.0-0 libfontconfig1 "
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)


class NoWindow(WorkupError):
    """The window cannot be opened here; the subcommands work all the same."""


def refuse_bad_qt(qt: tuple[int, ...], python: tuple[int, ...]) -> None:
    """Raise NoWindow for the one release that ends the program after some hundred clicks."""
    if qt[:3] == (6, 12, 0) and python[:2] < (3, 12):
        raise NoWindow(
            "PySide6 6.12.0 stops without a word on Python older than 3.12, so the window was not opened. "
            'Install another one: pip install "PySide6-Essentials>=6.11.1,<6.12".'
        )


def refuse_no_screen(environment: Mapping[str, str], platform: str) -> None:
    """Raise NoWindow where there is no screen to open a window on."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if platform.startswith("linux") and not any(environment.get(name) for name in screens):
        raise NoWindow(
            "There is no screen to open the window on. Start the program from the desktop, "
            "or use a subcommand such as: rls-workup demo."
        )


def missing_libraries(reason: str) -> NoWindow:
    """The sentence for a system library that Qt needs and does not find."""
    name = reason.split(":", 1)[0].strip()
    found = f" ({name})" if ".so" in name else ""
    return NoWindow(
        f"Qt needs a system library that is not installed{found}. On Debian or Ubuntu, install them with: "
        f"sudo apt-get install {LIBRARIES}"
    )


def check_qt() -> None:
    """Import Qt and look at its version and its libraries. Raises NoWindow."""
    try:
        import PySide6.QtWidgets  # noqa: F401
        from PySide6 import __version_info__ as qt
        from PySide6.QtCore import QLibraryInfo
    except ImportError as trouble:
        raise missing_libraries(str(trouble)) from None
    refuse_bad_qt(tuple(part for part in qt if isinstance(part, int)), sys.version_info[:3])
    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    if sys.platform.startswith("linux") and _wants_x11(os.environ):
        load_x11(Path(plugins) / "platforms" / "libqxcb.so")


def _wants_x11(environment: Mapping[str, str]) -> bool:
    asked = environment.get("QT_QPA_PLATFORM", "")
    return asked.startswith("xcb") or (not asked and not environment.get("WAYLAND_DISPLAY"))


def load_x11(plugin: Path) -> None:
    """Load Qt's X11 part now: Qt itself would abort where a library is missing. Raises NoWindow."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as trouble:
        raise missing_libraries(str(trouble)) from None


def no_core_dumps() -> None:
    """Keep patient data out of the files that a crash would leave; quietly nothing where that is unknown."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        # A system that hands crashes to a collector does so whatever the limit is; this it respects.
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
