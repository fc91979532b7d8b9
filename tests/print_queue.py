"""A print server of the tests' own: CUPS in a temporary folder, reached by a socket; what it was sent stays to look at."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from ctypes import CDLL
from pathlib import Path

DESK, REFUSING, STOPPED = "desk", "refusing", "stopped"
_PRINTERS = """
<DefaultPrinter desk>
DeviceURI kept:/
State Idle
Accepting Yes
</DefaultPrinter>
<Printer refusing>
DeviceURI kept:/
State Idle
Accepting No
</Printer>
<Printer stopped>
DeviceURI kept:/
State Stopped
Accepting Yes
</Printer>
"""
_SETTINGS = """
Listen {folder}/socket
LogLevel info
Browsing No
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_PLACES = """
ServerRoot {folder}/root
ServerBin {folder}/programs
RequestRoot {folder}/spool
TempDir {folder}/tmp
StateDir {folder}/state
CacheDir {folder}/cache
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
"""
# As CUPS calls it: without words it is asked what it is, with five or six it prints.
_PRINTS = """#!/bin/sh
test -n "$6" || exit 0
cp "$6" {folder}/paper/$1.tmp && mv {folder}/paper/$1.tmp "{folder}/paper/$1 $3.pdf"
"""


def program() -> str | None:
    """Where CUPS's scheduler is; None where it is not installed (on Debian: apt-get install cups-daemon)."""
    return shutil.which("cupsd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


class PrintQueue:
    """A running scheduler with a printer that takes jobs, one that refuses them and one that is stopped."""

    def __init__(self) -> None:
        # Short, since the name of a socket may have no more than a hundred letters.
        self.folder = Path(tempfile.mkdtemp(prefix="cups", dir="/tmp"))
        self.folder.chmod(0o755)
        for name in ("root", "spool", "tmp", "state", "cache", "paper", "programs/backend"):
            (self.folder / name).mkdir(parents=True)
        self.socket = self.folder / "socket"
        (self.folder / "paper").chmod(0o777)
        (self.folder / "programs" / "daemon").symlink_to("/usr/lib/cups/daemon")
        self._put("root/printers.conf", _PRINTERS)
        self._put("root/cupsd.conf", _SETTINGS)
        self._put("root/cups-files.conf", _PLACES)
        self._put("programs/backend/kept", _PRINTS).chmod(0o755)
        words = ["-f", "-c", self.folder / "root/cupsd.conf", "-s", self.folder / "root/cups-files.conf"]
        self._running = subprocess.Popen([str(program()), *map(str, words)], stdin=subprocess.DEVNULL)
        self._wait_for(self.socket.exists)

    def _put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text.replace("{folder}", str(self.folder)))
        return path

    def _wait_for(self, there: Callable[[], bool], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not there():
            assert self._running.poll() is None, "CUPS ended"
            assert time.monotonic() < end, (self.folder / "error").read_text()
            time.sleep(0.02)

    def ask_here(self) -> None:
        """This thread, which may have asked another server before, asks this one."""
        CDLL("libcups.so.2").cupsSetServer(str(self.socket).encode())

    def papers(self, count: int = 1) -> list[Path]:
        """What came out of the printer, waited for; the name is the job's number and whose it was."""
        self._wait_for(lambda: len(list((self.folder / "paper").glob("*.pdf"))) >= count)
        return sorted((self.folder / "paper").glob("*.pdf"))

    def empty(self) -> None:
        """Take away what came out and what waits."""
        for path in [*(self.folder / "paper").glob("*"), *(self.folder / "spool").glob("d*")]:
            path.unlink()

    def queued(self) -> list[Path]:
        """The files of jobs that wait."""
        return sorted((self.folder / "spool").glob("d*"))

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self._running.send_signal(signal.SIGTERM)
        self._running.wait(10)
        CDLL("libcups.so.2").cupsSetServer(None)
        shutil.rmtree(self.folder)
