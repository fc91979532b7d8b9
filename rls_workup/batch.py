"""Many papers at once, on all cores: one that fails is named, and the others are written all the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from rls_workup.errors import Cancelled, Sentence, WorkupError
from rls_workup.papers import Order, Task, write_paper

WORTH_A_SECOND_CORE = 8
"""Papers below which starting further processes takes longer than it saves."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that was not written, and the sentence that says why."""

    task: Task
    why: Sentence


Told = Callable[[int, int], None]
"""Hears how many papers are done, of how many."""


def write_all(tasks: Sequence[Task], order: Order, told: Told, stopped: Callable[[], bool]) -> list[Failure]:
    """Write every paper; the failures, in the order of the papers.

    `stopped` is asked after each. Raises Cancelled with what was written until then kept.
    """
    failures: dict[int, Sentence] = {}
    for done, (number, why) in enumerate(_written(tasks, order), start=1):
        if why:
            failures[number] = why
        told(done, len(tasks))
        if done < len(tasks) and stopped():
            raise Cancelled(
                "Stopped after {done} of {count} papers. Those are written and stay.",
                done=done,
                count=len(tasks),
            )
    return [Failure(tasks[number], failures[number]) for number in sorted(failures)]


def _written(tasks: Sequence[Task], order: Order) -> Iterator[tuple[int, Sentence]]:
    """The number of each paper when it is done, with why it failed (""): not in order."""
    cores = min(os.cpu_count() or 1, len(tasks))
    if cores < 2 or len(tasks) < WORTH_A_SECOND_CORE:
        for number, task in enumerate(tasks):
            yield number, _write(task, order)
        return
    # Not forked: the window has threads, and a fork of them can hang.
    pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"))
    try:
        running = {pool.submit(_write, task, order): number for number, task in enumerate(tasks)}
        for future in as_completed(running):
            yield running[future], _outcome(future)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _outcome(future: Future[Sentence]) -> Sentence:
    try:
        return future.result()
    except BrokenExecutor:
        return Sentence("The part of the program that was writing it stopped. Write it by itself.")


def _write(task: Task, order: Order) -> Sentence:
    """Why the paper could not be written; "" where it was."""
    try:
        write_paper(task, order)
    except WorkupError as trouble:
        return trouble.sentence
    except Exception as trouble:  # noqa: BLE001  one work-up that nothing foresaw must not stop the others
        return Sentence(
            "It could not be written: an error inside the program ({kind}).", kind=type(trouble).__name__
        )
    return Sentence("")
