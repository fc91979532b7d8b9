"""Many papers at once: in one process and in several, with one that fails, and stopped half-way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rls_workup.batch import WORTH_A_SECOND_CORE, write_all
from rls_workup.errors import Cancelled
from rls_workup.papers import Order, Task
from rls_workup.resources import folder

SAMPLE = folder("sample", "brown-margaret.rlsworkup")
ORDER = Order(date(2026, 11, 22))


def tasks(out: Path, count: int) -> list[Task]:
    return [Task(SAMPLE, out / f"{number}.pdf") for number in range(count)]


@pytest.mark.parametrize("count", [2, WORTH_A_SECOND_CORE + 1])
def test_one_that_fails_is_named_and_the_others_are_written(tmp_path: Path, count: int) -> None:
    broken = tmp_path / "broken.rlsworkup"
    broken.write_text("{")
    told: list[tuple[int, int]] = []
    wanted = [Task(broken, tmp_path / "broken.pdf"), *tasks(tmp_path, count)]
    failures = write_all(wanted, ORDER, lambda done, of: told.append((done, of)), lambda: False)
    assert [(failure.task, "broken.rlsworkup cannot be read" in failure.why) for failure in failures] == [
        (wanted[0], True)
    ]
    assert told == [(done, count + 1) for done in range(1, count + 2)]
    papers = {path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert len(list(tmp_path.glob("*.pdf"))) == count
    assert len(papers) == 1


@pytest.mark.parametrize("count", [3, WORTH_A_SECOND_CORE + 4])
def test_stopped_it_says_what_is_written_and_leaves_nothing_half_made(tmp_path: Path, count: int) -> None:
    with pytest.raises(Cancelled, match=f"after 1 of {count} papers"):
        write_all(tasks(tmp_path, count), ORDER, lambda *_: None, lambda: True)
    names = {path.suffix for path in tmp_path.iterdir()}
    assert names == {".pdf"}
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in tmp_path.iterdir())


def test_a_document_of_the_store_is_written_like_a_file(tmp_path: Path) -> None:
    document = Task(SAMPLE.read_text(encoding="utf-8"), tmp_path / "document.pdf")
    assert (
        write_all([document, Task(SAMPLE, tmp_path / "file.pdf")], ORDER, lambda *_: None, lambda: False)
        == []
    )
    assert (tmp_path / "document.pdf").read_bytes() == (tmp_path / "file.pdf").read_bytes()


def test_the_papers_of_several_processes_are_those_of_one(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    write_all(tasks(tmp_path / "many", WORTH_A_SECOND_CORE), ORDER, lambda *_: None, lambda: False)
    write_all(tasks(tmp_path, 1), ORDER, lambda *_: None, lambda: False)
    assert {path.read_bytes() for path in (tmp_path / "many").iterdir()} == {
        (tmp_path / "0.pdf").read_bytes()
    }


def test_nothing_to_write_is_done_at_once() -> None:
    assert write_all([], ORDER, lambda *_: None, lambda: False) == []
