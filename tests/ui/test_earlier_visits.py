"""Earlier values beside today's, found without the window waiting: in words, and as a line in one ink."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot
from smallprotocol import small

from rls_workup.domain.earlier import Earlier
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.revisit import FOLLOWS
from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.program import Program
from rls_workup.ui.row import ItemRow
from rls_workup.ui.trend_line import TrendLine

BROWN = Patient("Brown", "Margaret", "1961-07-14", "female", "999 000")


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


def keep(casework: Casework, day: date, ferritin: int, patient: Patient = BROWN) -> Workup:
    """A visit that lies in the store."""
    workup = new_workup(casework.protocol, patient, day).answered(
        "ferritin", Answer(Decimal(ferritin), unit="ng/mL")
    )
    casework.show_workup(workup, 0)
    casework.saving.flush()
    return workup


def row_of(casework: Casework, item: str = "ferritin") -> ItemRow:
    casework.workup_screen.focus_item(item)
    return next(row for row in casework.workup_screen.form.rows if row.item_id == item)


def told(casework: Casework) -> str:
    lines = [line for line in row_of(casework).findChildren(TrendLine) if not line.isHidden()]
    return lines[0].accessibleName() if lines else ""


def test_the_visits_before_stand_beside_todays_value(casework: Casework, qtbot: QtBot) -> None:
    keep(casework, date(2025, 11, 2), 61)
    keep(casework, date(2026, 5, 20), 52)
    keep(casework, date(2026, 6, 1), 500, replace(BROWN, identifier="999 001"))
    with qtbot.waitSignal(casework.earlier.found):
        keep(casework, date(2026, 11, 20), 38)
    assert told(casework) == "Ferritin: Before: 20-May-2026 52 ng/mL · 02-Nov-2025 61 ng/mL"


def test_a_visit_that_is_followed_counts_without_a_number(casework: Casework, qtbot: QtBot) -> None:
    nameless = Patient("Brown")
    first = keep(casework, date(2026, 5, 20), 52, nameless)
    with qtbot.waitSignal(casework.earlier.found):
        casework.show_workup(
            replace(new_workup(casework.protocol, nameless, date(2026, 11, 20)), extra={FOLLOWS: first.id}), 0
        )
    assert told(casework) == "Ferritin: Before: 20-May-2026 52 ng/mL"


def test_a_link_in_a_circle_or_to_nowhere_ends(casework: Casework, qtbot: QtBot) -> None:
    for follows in ("nowhere", "own"):
        workup = new_workup(casework.protocol, BROWN, date(2026, 11, 20))
        linked = replace(workup, extra={FOLLOWS: workup.id if follows == "own" else follows})
        with qtbot.waitSignal(casework.earlier.found) as found:
            casework.show_workup(linked, 0)
        assert found.args == [linked.id, {}]
        assert told(casework) == ""


def test_another_work_up_shows_none_of_them(casework: Casework, qtbot: QtBot) -> None:
    keep(casework, date(2026, 5, 20), 52)
    with qtbot.waitSignal(casework.earlier.found):
        keep(casework, date(2026, 11, 20), 38)
    assert told(casework) != ""
    with qtbot.waitSignal(casework.earlier.found):
        keep(casework, date(2026, 11, 20), 70, replace(BROWN, identifier="5"))
    assert told(casework) == ""


@pytest.mark.parametrize(
    ("amounts", "now"),
    [([52], None), ([52], 38), ([52, 52], 52), ([61, 52, 47, 40, 39], 38), ([1, 90000], 2), ([0, 0], 0)],
)
def test_a_line_is_drawn_of_any_values(
    qtbot: QtBot, dressed: None, amounts: list[int], now: int | None
) -> None:
    line = TrendLine(small().items["ferritin"], small())
    qtbot.addWidget(line)
    line.resize(400, line.heightForWidth(400))
    earlier = [
        Earlier(date(2026, 1 + place, 1), Quantity(Decimal(amount), "ng/mL"))
        for place, amount in enumerate(amounts)
    ]
    line.show_values(earlier, None if now is None else Quantity(Decimal(now), "ng/mL"))
    picture = line.grab().toImage().convertToFormat(line.grab().toImage().Format.Format_Grayscale8)
    inks = {picture.pixelColor(x, y).lightness() for x in range(100) for y in range(picture.height())}
    assert max(inks) - min(inks) > 100, "it is seen without colour"
    more = len(amounts) - 3
    assert (f"and {more} more" in line.accessibleName()) is (more > 0)
