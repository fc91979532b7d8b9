"""A few screens look as they did: compared pixel by pixel with the pictures beside this file.

Meant to be another picture now? RENEW_PICTURES=1 writes them anew; look at what changed before it is committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication, QWidget
from screens import sample, settle

from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme, words
from rls_workup.ui.program import Program
from tests.ui.every_screen import Scene, View, views

PICTURES: Final = Path(__file__).parent / "pictures"
DAY: Final = date(2026, 11, 21)
ON: Final = "2026-11-12"


@pytest.fixture
def scene(begin_program: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A scene on a fixed day and at a fixed time, with a cursor that does not blink."""
    settings = tmp_path / "window.json"
    settings.write_text(json.dumps({"passphrase_later": True, "introduced": True, "older_left": "2026.11"}))
    monkeypatch.setattr("rls_workup.ui.worklist_model.saved_at", lambda _utc, _today: "14:32")
    program = begin_program(tmp_path / "store" / "workups.db", None, settings)
    monkeypatch.setattr(QApplication, "cursorFlashTime", staticmethod(lambda: 0))
    QApplication.setCursorFlashTime(0)
    window = program.window
    window.today = window.worklist._today = lambda: DAY
    window.resize(1280, 680)
    scene = Scene(program)
    scene.casework.show_workup(sample(), 0)
    return scene


def named(name: str) -> View:
    return next(view for view in views() if view.name == name)


def results(scene: Scene) -> QWidget:
    """The blood count: low, critically low, awaited and not entered."""
    workup = sample().answered("haemoglobin", Answer(62, unit="g/L", collected=ON))
    workup = workup.answered("rdw", Answer(None, State.PENDING, since=ON))
    scene.open(workup, changed=True)
    scene.casework.workup_screen.focus_item("haemoglobin")
    return scene.window


def shown(name: str) -> Callable[[Scene], QWidget]:
    return named(name).show


class Shot(NamedTuple):
    """What is shown, and how."""

    show: Callable[[Scene], QWidget]
    look: str = "light"
    percent: int = 100
    language: str = "en"
    size: tuple[int, int] = (1240, 640)


SHOTS: Final = {
    "worklist": Shot(shown("worklist")),
    "blood-tests": Shot(results),
    "blood-tests-dark": Shot(results, "dark"),
    "medicines": Shot(shown("work-up, medicines")),
    "findings": Shot(shown("work-up, findings")),
    "preview": Shot(shown("preview")),
    "examination-150-percent": Shot(shown("work-up, examination"), percent=150, size=(1024, 700)),
    "criteria-german": Shot(shown("work-up, criteria"), language="de"),
}


def picture_of(widget: QWidget) -> Image.Image:
    """What is shown, in sixteen shades of red and green and eight of blue, so that a picture is small."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    whole = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    sixteen = [shade & 0xF0 | shade >> 4 for shade in range(256)]
    eight = [(shade >> 5) * 0xFF // 7 for shade in range(256)]
    return whole.point([*sixteen, *sixteen, *eight])


def differences(got: Image.Image, known: Image.Image) -> str:
    """How many pixels differ and where; "" where none does."""
    if got.size != known.size:
        return f"{got.size} instead of {known.size}"
    marked = ImageChops.difference(got, known).convert("L").point(lambda shade: 255 if shade else 0)
    box = marked.getbbox()
    return f"{marked.histogram()[255]} pixels differ, within {box}" if box else ""


def taken(scene: Scene, shot: Shot) -> Image.Image:
    words.current.choose(shot.language)
    theme.current.choose(shot.look)
    theme.current.set_text_percent(shot.percent)
    scene.window.resize(*shot.size)
    settle()
    with scene.shown(View("", shot.show)) as widget:
        scene.window.status.show_state("saved", "14:32:07")
        scene.window.status.show_protocol("2026.11", "03-Sep-2026")
        settle()
        return picture_of(widget)


def test_they_look_as_they_did(scene: Scene, tmp_path: Path) -> None:
    told = []
    for name, shot in SHOTS.items():
        got, place = taken(scene, shot), PICTURES / f"{name}.png"
        if os.environ.get("RENEW_PICTURES"):
            got.quantize(256).save(place, optimize=True)
        known = Image.open(place).convert("RGB")
        if found := differences(got, known):
            got.save(tmp_path / f"{name}-got.png")
            ImageChops.difference(got, known).save(tmp_path / f"{name}-diff.png")
            told.append(f"{name}: {found}")
    assert not told, "\n".join([*told, f"See {tmp_path}, or renew: the docstring above says how."])


def test_a_difference_is_found_and_told_with_its_place() -> None:
    known = Image.new("RGB", (40, 30), "white")
    got = known.copy()
    assert differences(got, known) == ""
    got.paste((0, 0, 0), (10, 5, 14, 8))
    assert differences(got, known) == "12 pixels differ, within (10, 5, 14, 8)"
    assert differences(got.resize((20, 30)), known) == "(20, 30) instead of (40, 30)"
