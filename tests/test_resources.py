"""The program finds its own files wherever it stands, and says so when they are gone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from rls_workup import resources
from rls_workup.errors import WorkupError
from rls_workup.protocols import load_protocol


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place where the package might be installed."""
    place = tmp_path / "site" / "rls_workup"
    place.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(place / "resources.py"))
    return place


def shipped(folder: Path) -> Path:
    (folder / "protocol").mkdir(parents=True)
    return folder


def test_this_checkout_has_its_files() -> None:
    assert resources.folder("protocol").is_dir()
    assert resources.folder("fonts", "Inter-Regular.ttf").is_file()


def test_a_checkout_has_them_beside_the_package(package: Path) -> None:
    beside = shipped(package.parent / "resources")
    assert resources.folder("protocol") == beside / "protocol"


def test_an_installed_package_has_them_inside_and_ignores_a_stranger_beside_it(package: Path) -> None:
    shipped(package.parent / "resources")
    inside = shipped(package / "_resources")
    assert resources.folder("protocol") == inside / "protocol"


def test_a_frozen_program_has_them_where_it_was_unpacked(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    frozen = shipped(tmp_path / "frozen" / "resources")
    assert resources.folder("protocol") == frozen / "protocol"


@pytest.mark.parametrize("parts", [("protocol",), ("icons", "x.svg")])
def test_a_missing_part_is_one_sentence_that_names_it(package: Path, parts: tuple[str, ...]) -> None:
    with pytest.raises(WorkupError, match=f"resources/{'/'.join(parts)}. Install it again") as trouble:
        resources.folder(*parts)
    assert str(package) not in str(trouble.value)


def test_every_sign_can_be_tinted_and_every_section_s_sign_is_there() -> None:
    signs = {path.stem: path.read_text(encoding="utf-8") for path in resources.folder("icons").glob("*.svg")}
    assert [name for name, drawing in signs.items() if name != "app" and "currentColor" not in drawing] == []
    assert {section.icon for section in load_protocol().sections} <= signs.keys() | {""}


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold"])
def test_the_font_has_what_is_printed_and_figures_of_one_width(style: str) -> None:
    font = TTFont(f"Inter-{style}", str(resources.folder("fonts", f"Inter-{style}.ttf")))
    printed = "≤≥±×÷−≈≠µμ²³₁₂°·–—…•→←↑↓✓✗□½€ŁžüñßΩλЖя"
    assert [letter for letter in printed if ord(letter) not in font.face.charToGlyph] == []
    assert len({font.face.getCharWidth(ord(digit)) for digit in "0123456789"}) == 1
