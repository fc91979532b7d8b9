"""Earlier visits on the sheet: values with their days, converted for the line, nothing where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from report.paper_trial import HALF, page_texts, sheet_of
from report.test_web_page import Reader

from rls_workup.domain.earlier import Earlier
from rls_workup.domain.quantity import Quantity
from rls_workup.report import Sheet, page_bytes
from rls_workup.report.earlier_block import earlier_visits
from rls_workup.report.marks import Stroke
from rls_workup.report.press import printed


def visited(*results: tuple[date, str, str]) -> Sheet:
    earlier = tuple(Earlier(day, Quantity(Decimal(amount), unit)) for day, amount, unit in results)
    return replace(sheet_of(HALF), earlier={"ferritin": earlier})


def test_earlier_results_stand_with_their_days_and_units() -> None:
    sheet = visited((date(2025, 11, 3), "20", "ng/mL"), (date(2026, 5, 4), "29.5", "ug/L"))
    said = " ".join(page_texts(printed(sheet)))
    assert "Earlier visits the line ends today" in said
    assert "03-Nov-2025 20 ng/mL · 04-May-2026 29.5 µg/L" in said
    page = Reader(page_bytes(sheet))
    assert any(text.startswith("Earlier visits: Ferritin: 03-Nov-2025 20") for text in page.of("p"))


def test_the_line_rises_with_the_results_and_shows_the_cut_off() -> None:
    sheet = visited((date(2025, 11, 3), "20", "ng/mL"), (date(2026, 5, 4), "29", "ug/L"))
    items = [sheet.protocol.items["ferritin"]]
    strokes = [
        mark
        for strip in earlier_visits(sheet, items, 500)
        for mark in strip.marks
        if isinstance(mark, Stroke)
    ]
    path = [stroke for stroke in strokes if stroke.weight == 1.0]
    assert [stroke.to_y < stroke.y for stroke in path] == [
        True,
        True,
    ]  # 20, 29 and 38 today: upwards on paper
    dashes = {stroke.y for stroke in strokes if stroke.weight == 0.4}
    assert dashes
    assert min(dashes) < min(stroke.to_y for stroke in path)  # the cut-off of 75 lies above them all


def test_only_the_last_four_are_shown() -> None:
    sheet = visited(*((date(2020 + year, 1, 1), str(20 + year), "ng/mL") for year in range(6)))
    said = " ".join(page_texts(printed(sheet)))
    assert "01-Jan-2022 22 ng/mL" in said
    assert "01-Jan-2021" not in said


def test_without_earlier_visits_nothing_is_said_of_them() -> None:
    assert "Earlier visits" not in " ".join(page_texts(printed(sheet_of(HALF))))
