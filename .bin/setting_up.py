"""Sets up .venv with hash-checked packages, and what Debian must add; quick when nothing changed."""

from __future__ import annotations

import ctypes
import glob
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What the window's libraries are called, and the Debian package that brings each.
DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

# Debian keeps PostgreSQL's own programs out of PATH, and those of services out of that of most users.
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *glob.glob("/usr/lib/postgresql/*/bin")])


def set_up(which: str) -> None:
    """Makes .venv as resources/requirements/<which>.txt says; ends with a sentence if it cannot."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file runs before anything has checked
        sys.exit(f"RLS Workup needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = ROOT / "resources" / "requirements" / f"{which}.txt"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    done = VENV / f".set-up-{which}"
    if PYTHON.exists() and done.exists() and done.read_text() == digest:
        return
    print("Setting up; this takes about a minute the first time.", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    pip = [*_pip(), "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    _run_or_stop(
        [*pip, "--require-hashes", "--requirement", str(wanted)], "The packages could not be installed."
    )
    # A first start that has to compile takes more than twice as long.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "rls_workup")], check=True)
    done.write_text(digest)


def _pip() -> list[str]:
    # Debian's python3 can make an environment without pip only, so the pip outside installs into it.
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("ensurepip"):
        subprocess.run([str(PYTHON), "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
        return [str(PYTHON), "-m", "pip"]
    sys.exit("Python has no pip here. On Debian: apt-get install python3-pip")


def lacking_libraries(needed: Mapping[str, str]) -> list[str]:
    """The Debian packages whose shared library is not on this Linux machine."""
    return (
        [package for library, package in needed.items() if not _loads(library)]
        if sys.platform == "linux"
        else []
    )


def lacking_programs(needed: Mapping[str, str]) -> list[str]:
    """The Debian packages whose program is not on this machine."""
    return sorted({package for program, package in needed.items() if not shutil.which(program, path=PLACES)})


def lacking_files(needed: Mapping[str, str]) -> list[str]:
    """The Debian packages of whose files, each a pattern, none is on this machine."""
    return sorted({package for pattern, package in needed.items() if not glob.glob(pattern)})


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_debian(packages: Iterable[str]) -> bool:
    """Installs packages where this is root on Debian; says in a sentence what is missing where it is not."""
    names = sorted(packages)
    if not names:
        return True
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"These are missing here: {', '.join(names)}.", file=sys.stderr)
        print(f"On Debian or Ubuntu: sudo apt-get install {' '.join(names)}", file=sys.stderr)
        return False
    print(f"Installing {', '.join(names)}.", file=sys.stderr, flush=True)
    return _apt_get("update") and _apt_get("install", "-y", "--no-install-recommends", *names)


def _apt_get(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-qq", *words], env=quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode == 0


def program(*words: str, env: Mapping[str, str] | None = None) -> int:
    """Runs `rls-workup <words>` of this checkout in the current folder; its exit status."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    full = {**os.environ, **(env or {}), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    # -P: a file of the current folder must not stand in for a module.
    return subprocess.run([str(PYTHON), "-P", "-m", "rls_workup", *words], env=full, check=False).returncode


def _run_or_stop(command: list[str], sentence: str) -> None:
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"{sentence} The lines above say why; run this again when it is mended.")


if __name__ == "__main__":
    set_up(sys.argv[1])
