"""The README's second command: sets up, then checks style, types and floors, and runs all the tests."""

from __future__ import annotations

import os
import subprocess
import sys

from setting_up import (
    DRAWING,
    PYTHON,
    ROOT,
    SCREEN,
    install_debian,
    lacking_files,
    lacking_libraries,
    lacking_programs,
    set_up,
)

PROGRAMS = {
    "desktop-file-validate": "desktop-file-utils",
    "git": "git",
    "pdffonts": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "Xvfb": "xvfb",
    "initdb": "postgresql",
    "cupsd": "cups-daemon",
    "dbus-daemon": "dbus-daemon",
    "faketime": "faketime",
    "openbox": "openbox",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "fiu-run": "fiu-utils",
    "gcc": "gcc",
    "gencat": "libc6-dev",
}
# What a screen reader of the desktop stands on.
HEARING = {
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
}
CHECKS = (
    ("ruff", "check", "--quiet"),
    ("ruff", "format", "--check", "--quiet"),
    ("mypy", "--no-error-summary"),
    ("lint-imports", "--no-logo"),
)
WHOLE = ("-q", "-n", "2", "--cov", "--cov-report=")
COVERAGE = ("coverage", "report", "--include=rls_workup/domain/*", "--fail-under=100")


def main() -> int:
    """Runs the checks, then pytest with any further words given; 0 only where everything passed."""
    lacking = [*lacking_libraries(DRAWING | SCREEN), *lacking_programs(PROGRAMS), *lacking_files(HEARING)]
    if not install_debian(lacking):
        return 1
    set_up("test")
    failed = [" ".join(check) for check in CHECKS if _tool(*check)]
    words = sys.argv[1:]
    # Coverage is asked of the whole suite only: a part of it can never reach it.
    status = _tool("pytest", *(words or WHOLE))
    if not words and not status:
        failed += [" ".join(COVERAGE)] if _tool(*COVERAGE) else []
    for check in failed:
        print(f"Not clean: {check}", file=sys.stderr)
    return status or bool(failed)


def _tool(*words: str) -> int:
    """Runs a program of .venv in the checkout; its exit status."""
    env = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    env["PATH"] = os.pathsep.join([str(PYTHON.parent), env.get("PATH", "")])
    command = [str(PYTHON.parent / words[0]), *words[1:]]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
