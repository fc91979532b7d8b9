"""The real program on a screen, worked with nothing but keys that go through X."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.desktop.screen import DESKTOP_PYTHON, lacking, on_a_screen, program

TYPING = Path(__file__).with_name("typing_keys.py")
KEYS_IN_90_SECONDS = 270  # three a second, a slow typist's pace


@pytest.mark.timeout(180)
def test_a_visit_is_typed_and_its_sheet_is_in_a_file(tmp_path: Path) -> None:
    if missing := lacking("xdotool"):
        pytest.skip(f"There is no screen with a keyboard here: {missing} not found.")
    out = tmp_path / "sheet.pdf"
    done = on_a_screen(tmp_path, DESKTOP_PYTHON, str(TYPING), str(out), *program(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    keys, status = (int(word) for word in done.stdout.split()[-2:])
    assert status == 0
    assert 60 < keys <= KEYS_IN_90_SECONDS
    assess = [*program(tmp_path)[:4], "assess", str(out), "--json"]
    here = {"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)}
    told = subprocess.run(assess, env=here, capture_output=True, text=True, check=True)
    found = {finding["id"] for finding in json.loads(told.stdout)["findings"]}
    assert "iron_oral_or_iv_consider" in found
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True)
    assert "BROWN, ann" in text.stdout
    for words in ("38", "13.4"):
        assert words in text.stdout
