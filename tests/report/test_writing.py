"""A paper is put in its place whole, or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from report.paper_trial import sheet_of

from rls_workup.errors import CannotWrite
from rls_workup.report import put_file, write_sheet


def test_the_sheet_is_written_for_its_owner_only_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    out.write_bytes(b"old")
    out.chmod(0o644)
    write_sheet(out, sheet_of())
    assert out.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["sheet.pdf"]


def _folder(tmp_path: Path) -> Path:
    return tmp_path


def _pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def _no_name(_tmp_path: Path) -> Path:
    return Path("")


def _in_no_folder(tmp_path: Path) -> Path:
    return tmp_path / "absent" / "sheet.pdf"


def _in_a_file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("x")
    return tmp_path / "file" / "sheet.pdf"


def _name_too_long(tmp_path: Path) -> Path:
    return tmp_path / ("x" * 300 + ".pdf")


def _name_with_nul(tmp_path: Path) -> Path:
    return tmp_path / "sheet\0.pdf"


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (_folder, "is a folder"),
        (_pipe, "is not an ordinary file"),
        (_no_name, "is a folder"),
        (_in_no_folder, "does not exist"),
        (_in_a_file, "does not exist"),
        (_name_too_long, "cannot be written: file name too long"),
        (_name_with_nul, "cannot be written"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path: Path, place: Callable[[Path], Path], says: str
) -> None:
    with pytest.raises(CannotWrite, match=says):
        put_file(place(tmp_path), b"%PDF-")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite, match="permission denied"):
        put_file(tmp_path / "sheet.pdf", b"%PDF-")
    tmp_path.chmod(0o700)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A file-size limit stands for the full disk: the write stops half way, the old file stays."""
    out = tmp_path / "sheet.pdf"
    out.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        with pytest.raises(CannotWrite, match="untouched"):
            put_file(out, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert out.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["sheet.pdf"]
