"""Hears from a Linux desktop that its screen was locked or that the computer goes to sleep."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_SAVERS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "mate", "cinnamon"))
_LOGIN = "org.freedesktop.login1"
_SESSIONS = "/org/freedesktop/login1/session/"


class ScreenLock(QObject):
    """`left` tells that nobody can see the screen any more. Elsewhere, and without D-Bus, it stays silent."""

    left = Signal()

    def listen(self) -> int:
        """Begin to listen; how many of the desktop's signals could be asked for."""
        if not sys.platform.startswith("linux"):
            return 0
        from PySide6.QtDBus import QDBusConnection

        heard = 0
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):  # else Qt would start a bus of its own
            bus = QDBusConnection.sessionBus()
            for name in _SAVERS:
                heard += _asked(bus, "", "", name, "ActiveChanged", self, SLOT("_turned(bool)"))
        system = QDBusConnection.systemBus()
        if system.isConnected():
            manager = ("/org/freedesktop/login1", f"{_LOGIN}.Manager")
            heard += _asked(system, _LOGIN, *manager, "PrepareForSleep", self, SLOT("_turned(bool)"))
            own = _SESSIONS + session_label(os.environ.get("XDG_SESSION_ID", ""))
            if own != _SESSIONS:
                heard += _asked(system, _LOGIN, own, f"{_LOGIN}.Session", "Lock", self, SLOT("_locked()"))
        return heard

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        if on:
            self.left.emit()

    @Slot()
    def _locked(self) -> None:
        self.left.emit()


def _asked(bus: object, *where: object) -> bool:
    return bool(bus.connect(*where))  # type: ignore[attr-defined]


def session_label(name: str) -> str:
    """The name of a session as logind writes it in a path: `2` is `_32`."""
    return "".join(
        letter if _is_plain(letter, first=at == 0) else f"_{ord(letter):02x}"
        for at, letter in enumerate(name)
    )


def _is_plain(sign: str, *, first: bool) -> bool:
    return sign.isascii() and sign.isalnum() and not (first and sign.isdigit())
