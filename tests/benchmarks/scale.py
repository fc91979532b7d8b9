"""How the store and the worklist bear very many work-ups; asserts nothing.

PYTHONPATH=. .venv/bin/python tests/benchmarks/scale.py [HOW MANY] [FOLDER TO KEEP THE STORE IN]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from many import document_of, family_names, fill

from rls_workup.exchange.workup_file import read_workup
from rls_workup.protocols import load_protocol
from rls_workup.resources import folder
from rls_workup.store import Store, Summary
from rls_workup.store.unlocking import open_unlocked

PREFIXES = 250


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def told(name: str, times: list[float]) -> None:
    times = sorted(times)
    p99 = times[int(len(times) * 0.99)] if len(times) > 1 else times[0]
    print(f"{name:<44} {median(times):9.2f} ms   p99 {p99:9.2f}   worst {times[-1]:9.2f}", flush=True)


def searches(chance: random.Random) -> list[str]:
    """What somebody types, key by key: beginnings of names, of numbers, two words, and what is not there."""
    names = [name.lower() for name in family_names(random.Random(20261122))]
    beginnings = [name[: chance.randint(1, len(name))] for name in chance.choices(names, k=PREFIXES - 60)]
    numbers = [str(chance.randrange(10_000_000, 17_000_000))[: chance.randint(1, 8)] for _ in range(30)]
    twice = [f"{chance.choice(names)[:3]} {chance.choice('ampjz')}" for _ in range(20)]
    return [*beginnings, *numbers, *twice, *(f"qx{number}" for number in range(10))]


def lists(store: Store, chance: random.Random) -> None:
    told("first page, the file just opened", [timed(store.page)])
    told("first page", [timed(store.page) for _ in range(200)])
    page, times = store.page(), []
    for _ in range(200):
        times.append(timed(lambda after=page.next: store.page(after=after)))
        page = store.page(after=page.next)
    told("next page", times)
    told("first page of those awaiting results", [timed(lambda: store.page(pending=True)) for _ in range(50)])
    asked = searches(chance)
    times = [timed(lambda text=text: store.page(text)) for text in asked]
    told("search, for each key", times)
    slowest = sorted(zip(times, asked, strict=True), reverse=True)[:5]
    print("   the slowest:", ", ".join(f"“{text}” {taken:.1f}" for taken, text in slowest), flush=True)


def documents(store: Store, chance: random.Random) -> None:
    rows = [*store.page(limit=1000).rows]
    ids = [row.id for row in chance.sample(rows, 300)]
    told("open one by its id", [timed(lambda one=one: store.read(one)) for one in ids])
    times = []
    for one in ids:
        kept = store.read(one)
        text = kept.document.replace('"yes"', '"no"', 1)
        summary = Summary("in-progress", "Changed", "Ana")
        times.append(
            timed(lambda k=kept, t=text, s=summary: store.save(k.id, k.version, t, s, "me", "here", "amend"))
        )
    told("save with its revision, to the commit", times)


def window(path: Path) -> None:
    """First paint of the worklist, and what it costs in memory."""
    from rls_workup.ui.program import Program

    before = resident()
    begin = time.perf_counter()
    program = Program(path, None, path.with_name("window.json"))
    program.window.show()
    program.app.processEvents()
    told("window made and painted", [(time.perf_counter() - begin) * 1000])
    model = program.window.worklist.model
    told(
        "a key in the search line, on the window's thread",
        [
            timed(lambda t=t: (program.window.worklist.search.setText(t), program.app.processEvents()))
            for t in searches(random.Random(1))[:100]
        ],
    )
    program.window.worklist.search.clear()
    print(f"   {model.rowCount()} rows fetched; {(resident() - before) / 1048576:.0f} MiB more", flush=True)


def resident() -> int:
    """Bytes of memory that this process holds."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        place = Path(sys.argv[2] if len(sys.argv) > 2 else name) / f"{count}.db"
        if not place.exists():
            protocol = load_protocol()
            sample = read_workup(folder("sample", "brown-margaret.rlsworkup"), protocol)
            took = timed(lambda: fill(place, count, document_of(sample)).close())
            print(
                f"{count} work-ups put in within {took / 1000:.0f} s; {place.stat().st_size / 2**30:.2f} GiB"
            )
        store = open_unlocked(place)
        chance = random.Random(7)
        lists(store, chance)
        documents(store, chance)
        store.close()
        window(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
