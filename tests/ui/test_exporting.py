"""*File, Export* writes the open work-up in the chosen format, and says that it is not encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program) -> Casework:
    casework = program.window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("Brown"), program.window.today())
    casework.show_workup(workup.answered("ferritin", Answer(38, unit="ug/L")), 0)
    return casework


@pytest.mark.parametrize(
    ("kind", "ending", "start"),
    [
        ("FHIR", ".fhir.json", "{"),
        ("Table", ".csv", "section,item"),
        ("Text", ".txt", "BROWN"),
        ("JSON", ".json", "{"),
    ],
)
def test_the_format_is_that_of_the_chosen_kind(
    casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, ending: str, start: str
) -> None:
    def asked(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        assert "Brown" not in name
        return str(tmp_path / "out"), next(each for each in kinds.split(";;") if each.startswith(kind))

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    casework.perform("export")
    assert (tmp_path / f"out{ending}").read_text("utf-8").startswith(start)
    assert "not encrypted" in casework.window.notices.text_about("told")


def test_nothing_is_written_where_the_person_thinks_better_of_it(
    casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    casework.perform("export")
    assert casework.window.notices.text_about("told") == ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "out"), ""))
    casework.perform("export")
    assert "does not exist" in casework.window.notices.text_about("told")
