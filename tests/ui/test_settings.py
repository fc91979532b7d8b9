"""The window's own choices: kept whole, read leniently, never about a patient."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.ui.settings import Settings, keep_settings, read_settings


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(
        theme="dark",
        text_percent=150,
        paper="letter",
        printed_by="Dr Ünal",
        geometry="01ff",
        units="si",
        units_of={"ferritin": "ug/L"},
        date_order="mdy",
        introduced=True,
    )
    assert keep_settings(tmp_path / "folder" / "window.json", chosen)
    assert read_settings(tmp_path / "folder" / "window.json") == (chosen, "")
    assert stat.S_IMODE((tmp_path / "folder" / "window.json").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["window.json"]


def test_without_a_file_the_usual_holds(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.json") == (Settings(), "")


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "\0" * 40, "[" * 100_000])
def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(damage)
    settings, told = read_settings(path)
    assert settings == Settings()
    assert "damaged" in told
    assert path.with_suffix(".damaged").read_text() == damage
    assert not path.exists()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{"theme": 3, "text_percent": "150"}', Settings()),
        ('{"text_percent": true}', Settings()),
        ('{"units_of": {"ferritin": 1}}', Settings()),
        ('{"units_of": []}', Settings()),
        ('{"theme": "dark", "unknown": 1}', Settings(theme="dark")),
    ],
)
def test_only_what_fits_is_taken(tmp_path: Path, written: str, expected: Settings) -> None:
    path = tmp_path / "window.json"
    path.write_text(written)
    assert read_settings(path) == (expected, "")


@given(st.binary(max_size=60))
def test_any_bytes_are_survived(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "window.json"
    path.write_bytes(content)
    settings, _told = read_settings(path)
    assert isinstance(settings, Settings)


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not keep_settings(tmp_path / "file" / "window.json", Settings())
