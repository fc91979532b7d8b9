"""Strange clocks, languages, homes and masks: the same program, the same work-ups."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rls_workup.store import Store
from rls_workup.store.unlocking import open_unlocked
from tests.battery.figures import Told
from tests.battery.programs import ROOT

SAVE = """
import os, sys
from rls_workup.store import Summary
from rls_workup.store.unlocking import open_unlocked
store = open_unlocked(sys.argv[1])
base = store.read("w1").version if store.count() else 0
for number in range(base, base + 3):
    store.save("w1", number, '{"version":%d}' % (number + 1), Summary("in-progress", "İnci"), "me", "here")
assert [row.id for row in store.page("inci").rows] == ["w1"]
assert store.check() == []
"""
# The night in which 2 to 3 o'clock comes twice, twice; then a day earlier, then years on.
MOMENTS = (
    ("Europe/Berlin", "2026-10-25 01:59:58"),
    ("Europe/Berlin", "2026-10-25 02:00:02"),
    ("America/St_Johns", "2026-11-01 01:59:59"),
    ("Pacific/Kiritimati", "2026-10-24 12:00:00"),
    ("UTC", "2038-01-19 03:14:07"),
    ("UTC", "2020-01-01 00:00:00"),
)
LANGUAGES = ("tr_TR.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8", "C", "POSIX")
posix = pytest.mark.skipif(os.name == "nt", reason="as on POSIX")


def told(*words: str, env: dict[str, str], before: tuple[str, ...] = (), umask: int = 0o022) -> str:
    """What a command of the program says; it must end well and without a traceback."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "rls_workup", *words],
        cwd=ROOT,
        env={**{name: text for name, text in os.environ.items() if not name.startswith("XDG_")}, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        umask=umask,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def saved_into(path: Path) -> Store:
    subprocess.run([sys.executable, "-c", SAVE, str(path)], cwd=ROOT, check=True)
    return open_unlocked(path)


@posix
@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime (Debian: faketime) is not here")
def test_the_order_of_versions_is_not_the_clocks(tmp_path: Path, figures: Told) -> None:
    path = tmp_path / "workups.db"
    for zone, moment in MOMENTS:
        words = ["faketime", moment, sys.executable, "-c", SAVE, str(path)]
        subprocess.run(words, cwd=ROOT, env={**os.environ, "TZ": zone}, check=True)
    store = open_unlocked(path)
    versions = [revision.version for revision in store.revisions("w1")]
    assert versions == list(range(1, 3 * len(MOMENTS) + 1))
    assert store.read("w1").document == f'{{"version":{versions[-1]}}}'
    assert store.check() == []
    store.close()
    figures(
        f"the clock set {len(MOMENTS)} times: both hours of a change of time, days and years back and on",
        "order kept, history sound",
        f"{len(versions)} versions in order",
    )


@posix
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_the_system_changes_nothing(tmp_path: Path, language: str, figures: Told) -> None:
    path = tmp_path / "workups.db"
    saved_into(path).close()
    env = {"LANG": language, "LC_ALL": language, "TZ": "America/St_Johns", "HOME": str(tmp_path)}
    here = told(
        "--store", str(path), "worklist", "--json", env={**env, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    )
    assert told("--store", str(path), "worklist", "--json", "--search", "INCI", env=env) == here
    assert "İnci" in here or "\\u0130nci" in here
    figures("LANG = " + language, "the same worklist", "the same")


HOMES = ("plain", "with two spaces", "Übung – Zoë Ärztin", "x" * 200, "日本", 'o\'brien "quoted" $HOME;ls')


@posix
@pytest.mark.parametrize("home", HOMES)
def test_a_home_of_any_name_will_do(tmp_path: Path, home: str, figures: Told) -> None:
    (place := tmp_path / home).mkdir()
    told("worklist", env={"HOME": str(place)}, umask=0)
    made = [found for found in place.rglob("*") if found.name != "place"]
    open_to_others = [found for found in made if stat.S_IMODE(found.stat().st_mode) & 0o077]
    assert [found.name for found in made if found.name == "workups.db"]
    assert [found for found in open_to_others if found.name not in (".local", "share")] == []
    figures(
        f"HOME “{home[:20]}”, umask 000", "works, files private", f"{len(made)} files and folders, 0 open"
    )


@posix
def test_without_a_home_the_command_still_ends_well(tmp_path: Path, figures: Told) -> None:
    told("--store", str(tmp_path / "workups.db"), "worklist", env={"HOME": str(tmp_path / "none")})
    told("--store", str(tmp_path / "workups.db"), "worklist", before=("env", "-u", "HOME"), env={})
    figures("HOME missing", "works with --store", "works")
