"""How fast the program is, each figure beside a plain reference in the same run; asserts nothing.

python3 .bin/measure.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count, cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
import sqlcipher3.dbapi2 as sqlcipher
from pairs import Pair, measured
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from rls_workup.domain.assessment import assess
from rls_workup.domain.workup import Answer, Workup
from rls_workup.exchange.workup_file import read_workup, workup_from_text, workup_text
from rls_workup.protocols import load_protocol
from rls_workup.report import sheet_bytes
from rls_workup.resources import folder
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.unlocking import open_unlocked

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
PROTOCOL = load_protocol()
SAMPLE = read_workup(folder("sample", "brown-margaret.rlsworkup"), PROTOCOL)


def every_item_answered() -> Workup:
    """The sample with an answer to each item that has a simple one."""
    simple = {"yes_no": "no", "score": "1", "number": "2", "text": "words"}
    answers = {item.id: Answer(simple[item.kind]) for item in PROTOCOL.items.values() if item.kind in simple}
    chosen = {item.id: Answer(item.choices[0].id) for item in PROTOCOL.items.values() if item.choices}
    measures = {
        item.id: Answer(
            str(item.accepts.usual[0] if item.accepts and item.accepts.usual else 50),
            unit=next(iter(item.units)),
        )
        for item in PROTOCOL.items.values()
        if item.kind == "quantity"
    }
    return replace(SAMPLE, answers={**answers, **chosen, **measures, **SAMPLE.answers})


def start(place: Path) -> Pair:
    store = open_unlocked(place / "start.db")
    document = workup_text(SAMPLE)
    for number in range(1000):
        store.save(
            f"w{number:04}", 0, document, Summary("in-progress", f"Name{number}"), "me", "here", "edit"
        )
    store.close()
    ours = [sys.executable, str(HERE / "our_window.py"), str(place / "start.db"), str(place / "window.json")]
    bare = [sys.executable, str(HERE / "bare_window.py")]
    return measured(
        "start to painted worklist, 1,000 work-ups",
        lambda: subprocess.run(ours, check=True),
        lambda: subprocess.run(bare, check=True),
        "bare PySide6 window",
        "1.25",
        rounds=15,
    )


def edits(place: Path) -> Iterator[Pair]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from rls_workup.ui.program import Program

    program = Program(place / "edit.db", None, place / "window.json")
    program.connect_ends()
    window = program.window
    window.resize(1280, 800)
    window.show()
    while window.ready() is None:
        program.app.processEvents()
    casework = window.casework
    assert casework is not None
    casework.show_workup(replace(SAMPLE, id="edit", sample=False), 0)
    session = casework.session
    assert session is not None
    casework.workup_screen.focus_item("ferritin")
    values = cycle(("38", "76", "400"))
    bare = QLineEdit()
    bare.show()
    landed: list[str] = []
    casework.saving.landed.connect(landed.append)

    def painted() -> None:
        session.answer("ferritin", Answer(next(values), unit="ug/L"))
        program.app.processEvents()

    def key() -> None:
        QTest.keyClicks(bare, "1")
        program.app.processEvents()

    def committed() -> None:
        before = len(landed)
        session.answer("ferritin", Answer(next(values), unit="ug/L"))
        casework.saving.flush()
        while len(landed) == before:
            program.app.processEvents()

    yield measured("edit to all panels painted", painted, key, "a key in a bare line edit", "5", rounds=60)
    yield measured(
        "edit through all panels to the commit", committed, key, "a key in a bare line edit", "-", rounds=60
    )
    program.end()


def assessing() -> Iterator[Pair]:
    full, rules = every_item_answered(), len(PROTOCOL.rules)
    text = workup_text(full)

    def reference() -> None:
        json.loads(text)

    def whole() -> None:
        assess(PROTOCOL, full, TODAY)

    yield measured(
        f"assess(), {len(full.answers)} answers, {rules} rules",
        whole,
        reference,
        "json.loads of the same work-up",
        f"{rules / 100:.1f} ms (1 ms a hundred rules)",
        rounds=100,
    )
    values = cycle([Answer(amount, unit="ug/L") for amount in ("38", "76", "400")])
    last = [assess(PROTOCOL, full, TODAY)]

    def edit() -> None:
        last[0] = assess(PROTOCOL, full.answered("ferritin", next(values)), TODAY, last[0])

    yield measured(
        "one edit of it, ferritin, from the one before",
        edit,
        whole,
        "the whole assessment",
        "0.5",
        rounds=100,
    )
    yield measured("the shipped protocol, loaded", load_protocol, reference, "json.loads", "-", rounds=5)


def papers() -> Pair:
    assessment = assess(PROTOCOL, SAMPLE, TODAY)
    pages = text_of(sheet_bytes(PROTOCOL, SAMPLE, assessment))
    pdfmetrics.registerFont(TTFont("Reference", str(folder("fonts", "Inter-Regular.ttf"))))

    def raw() -> bytes:
        out = BytesIO()
        canvas = Canvas(out, invariant=1, initialFontName="Reference")
        for page in pages:
            canvas.setFont("Reference", 8)
            for x, y, line in page:
                canvas.drawString(x, y, line)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return measured(
        f"the sheet, {len(pages)} pages",
        lambda: sheet_bytes(PROTOCOL, SAMPLE, assessment),
        raw,
        "raw canvas, same text",
        "1.5",
        rounds=30,
    )


def text_of(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """Every piece of text of each page, with its place."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        pages.append([(box[0], box[1], text.get_text_bounded(*box)) for box in boxes])
    document.close()
    return pages


def storing(place: Path) -> Iterator[Pair]:
    store: Store = open_store(place / "store.db")
    raw = sqlcipher.connect(str(place / "raw.db"), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL").fetchall()
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE workup(id TEXT PRIMARY KEY, document TEXT)")
    document = workup_text(SAMPLE)
    versions, numbers = count(), count()

    def save() -> None:
        changed = document.replace('"38"', f'"{next(numbers) % 90 + 10}"')
        store.save("w", next(versions), changed, Summary("in-progress", "Name"), "me", "here", "edit")

    def upsert() -> None:
        changed = document.replace('"38"', f'"{next(numbers) % 90 + 10}"')
        raw.execute(
            "INSERT INTO workup VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET document = excluded.document",
            ("w", changed),
        )

    yield measured(
        "save with its revision, to the commit", save, upsert, "raw upsert of the same bytes", "3", rounds=200
    )

    def open_stored() -> None:
        assess(PROTOCOL, workup_from_text(store.read("w").document, PROTOCOL), TODAY)

    def select() -> None:
        json.loads(raw.execute("SELECT document FROM workup WHERE id = 'w'").fetchone()[0])

    yield measured(
        "open: read, check, assess", open_stored, select, "raw select and json.loads", "4", rounds=60
    )
    store.close()
    raw.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        print(start(place), flush=True)
        for pair in (*assessing(), papers(), *storing(place), *edits(place)):
            print(pair, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
