"""What is shipped: the pinned packages, the archives, the two commands, and nothing of this machine."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import rls_workup
from rls_workup.protocols import load_protocol

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
REQUIREMENTS = ROOT / "resources" / "requirements"

# What a requirement is called where it is imported.
IMPORTED_AS = {"pyside6-essentials": {"PySide6", "shiboken6"}}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(which: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{which}.txt").read_text(encoding="utf-8")
    return {
        normal(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }


def declared() -> set[str]:
    found = (re.match(r"[\w.-]+", line) for line in PROJECT["project"]["dependencies"])
    return {normal(match[0]) for match in found if match}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def imported() -> Iterator[str]:
    for path in (ROOT / "rls_workup").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_the_program_imports_only_what_it_asks_for() -> None:
    known = set(sys.stdlib_module_names) | {"rls_workup", "__future__"}
    names = set().union(*(IMPORTED_AS.get(name, {name}) for name in declared()))
    assert set(imported()) - known <= names


def test_every_package_is_pinned_and_the_tests_run_on_the_same_ones() -> None:
    run, test = pins("run"), pins("test")
    assert declared() <= run.keys()
    assert run.items() <= test.items()


@pytest.mark.parametrize("which", ["run", "test"])
def test_every_pin_has_a_hash_and_names_no_place(which: str) -> None:
    text = (REQUIREMENTS / f"{which}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(which))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|^-|file:|index-url|find-links", text, re.MULTILINE)


def test_the_qt_that_aborts_on_this_python_is_not_pinned() -> None:
    major, minor = map(int, pins("run")["pyside6-essentials"].split(".")[:2])
    assert (major, minor) < (6, 12)


def test_no_tracked_file_names_a_registry_or_this_machine() -> None:
    # Written in pieces, or this file would name them.
    words = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "deb." + "debian.org",
        "/wo" + "rk/",
    ]
    telling = re.compile("|".join(map(re.escape, words)).encode())
    assert [path for path in tracked() if telling.search(path.read_bytes())] == []


def test_the_top_of_the_repository_holds_only_what_it_should() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked()}
    wanted = {"rls_workup", "resources", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    assert {top for top in tops if not top.startswith(".")} <= wanted


def test_the_two_commands_of_the_readme_are_there_and_ci_runs_the_second() -> None:
    commands = re.findall(r"^    (python3 \.bin/(\w+\.py))$", README, re.MULTILINE)
    assert [script for _, script in commands] == ["start.py", "test.py"]
    assert all((ROOT / ".bin" / script).is_file() for _, script in commands)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(commands[1][0])


def test_the_readme_s_examples_are_a_protocol_that_loads(tmp_path: Path) -> None:
    test, choice = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "zinc.toml").write_text(test, encoding="utf-8")
    (tmp_path / "settings.toml").write_text(choice, encoding="utf-8")
    assert "zinc" in load_protocol(tmp_path).items


def test_the_readme_s_picture_and_licences_are_files() -> None:
    named = re.findall(r"[(`](resources/[\w./-]+\.\w+)[)`]", README)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_changelog_has_the_version_and_a_clinical_heading() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{rls_workup.__version__}]" in text
    assert "### Clinical" in text


def test_the_desktop_entry_is_valid() -> None:
    if not shutil.which("desktop-file-validate"):
        pytest.skip("desktop-file-validate is not installed")
    entry = str(ROOT / "resources" / "desktop" / "rls-workup.desktop")
    said = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive of this checkout and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
    build(ROOT, "sdist", out)
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        # Debian 12's own Python is older than the filter, newer ones insist on it.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(out)
    build(next(out.glob("rls_workup-*/")), "wheel", out)
    return out


def build(folder: Path, kind: str, out: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


def test_the_wheel_holds_the_program_its_resources_and_its_licences_only(archives: Path) -> None:
    with zipfile.ZipFile(next(archives.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    inside = {name.partition("rls_workup/_resources/")[2] for name in names}
    shipped = {
        str(path.relative_to(ROOT / "resources")) for path in tracked() if "resources" in path.parts[:-1]
    }
    shipped = {name for name in shipped if (ROOT / "resources" / name).is_file()}
    assert shipped <= inside
    assert {name.partition("/")[0] for name in names} == {"rls_workup", names[-1].partition("/")[0]}
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "OFL.txt", "LUCIDE-LICENSE.txt"}


def test_the_installed_program_writes_the_sample_sheet_without_qt(archives: Path, tmp_path: Path) -> None:
    place, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    wheel = str(next(archives.glob("*.whl")))
    subprocess.run([sys.executable, "-m", "installer", "--destdir", str(place), wheel], check=True)
    site = next(place.rglob("rls_workup/__init__.py")).parent.parent
    # Stands in for Qt, as on a machine where none of its libraries is.
    (site / "PySide6.py").write_text("raise ImportError('no Qt here')\n", encoding="utf-8")
    script = next(place.rglob("rls-workup"))
    packages = os.pathsep.join([str(site), sysconfig.get_path("purelib")])
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": packages, "HOME": str(tmp_path)}
    said = subprocess.run(
        [str(script), "demo"], cwd=empty, env=env, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert [path.read_bytes()[:5] for path in empty.iterdir()] == [b"%PDF-"]
    assert str(next(empty.iterdir()).name) in said.stdout + said.stderr
