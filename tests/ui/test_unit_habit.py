"""The unit offered for a test: what a person chose last, what the practice wants, the system, or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rls_workup.domain.protocol import Protocol
from rls_workup.protocols import load_protocol
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.settings import Settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    unit_habit.take(Settings())
    unit_habit.chosen.clear()


@pytest.fixture(scope="module")
def shipped() -> Protocol:
    return load_protocol()


@pytest.mark.parametrize(
    ("settings", "chosen", "expected"),
    [
        (Settings(), "", ""),
        (Settings(units="si"), "", "ug/L"),
        (Settings(units="conventional"), "", "ng/mL"),
        (Settings(units="furlongs"), "", ""),
        (Settings(units="si", units_of={"ferritin": "pmol/L"}), "", "pmol/L"),
        (Settings(units="si", units_of={"ferritin": "kg"}), "", "ug/L"),
        (Settings(units="si", units_of={"ferritin": "pmol/L"}), "ng/mL", "ng/mL"),
        (Settings(), "ng/mL", "ng/mL"),
    ],
)
def test_the_nearest_choice_wins(shipped: Protocol, settings: Settings, chosen: str, expected: str) -> None:
    ferritin = shipped.items["ferritin"]
    unit_habit.take(settings)
    unit_habit.chose(ferritin, chosen)
    assert unit_habit.usual_unit(ferritin) == expected


def test_another_choice_of_the_practice_counts_at_once(shipped: Protocol) -> None:
    ferritin = shipped.items["ferritin"]
    unit_habit.chose(ferritin, "pmol/L")
    assert unit_habit.take(Settings(units="si"))
    assert unit_habit.usual_unit(ferritin) == "ug/L"
    assert not unit_habit.take(Settings(units="si"))


def test_every_blood_test_with_several_units_has_a_usual_one_in_both_systems(shipped: Protocol) -> None:
    several = {
        item.id: set(item.unit_in)
        for item in shipped.items_of("blood_tests")
        if len(item.units) > 1 and item.kind == "quantity"
    }
    assert several
    assert {item: has for item, has in several.items() if has != {"si", "conventional"}} == {}
