"""About: versions to copy, and everything that stands in the program with its licence and its source."""

from __future__ import annotations

import getpass
import re
import tomllib
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from screens import shipped

from rls_workup import __version__
from rls_workup.ui.about import About
from rls_workup.ui.about_parts import packages
from rls_workup.ui.program import Program

PROJECT = Path(__file__).parent.parent.parent


def test_everything_is_told_and_the_versions_are_copied_without_a_patient_or_a_person(
    qtbot: QtBot, program: Program
) -> None:
    page = About(program.window, shipped(), program.window.store)
    page.show()
    words = "\n".join(label.text() for label in page.findChildren(QLabel))
    protocol = shipped()
    assert protocol.about.intended_use in words
    assert "no CE or UKCA mark" in words
    for notice in protocol.about.notices:
        assert notice in words
    for source in protocol.sources.values():
        assert f"[{source.id}] {source.cite}" in words
    for part in (
        "LOINC",
        "courtesy of the U.S. National Library of Medicine",
        "PHQ-9",
        "Inter 4.1",
        "Droid",
        "Lucide",
    ):
        assert part in words
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    for part in (f"RLS Workup {__version__}", protocol.about.version, "Python 3.", "Qt 6.", "SQLCipher 4."):
        assert part in copied
    assert f" {getpass.getuser()} " not in re.sub(r"\w*Workup\w*", "", copied)
    assert str(Path.home()) not in copied
    page.close()


def test_every_package_that_the_program_needs_is_there_with_its_licence() -> None:
    told = packages()
    needed = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[<>=! ;]", need)[0].casefold() for need in needed}
    assert {
        name for name in names if not any(line.casefold().startswith(f"{name} ") for line in told)
    } == set()
    assert [line for line in told if line.endswith(": –")] == []
