"""Items as fields of a form: names, boxes, and known answers as they stand in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from report.paper_trial import trial_protocol

from rls_workup.domain import form_fields as form
from rls_workup.domain.workup import Answer, State


def item(name: str) -> Any:
    return trial_protocol().items[name]


def filled(name: str, answer: Answer) -> dict[str, str]:
    return form.filled(trial_protocol().reader, item(name), answer)


@pytest.mark.parametrize(
    ("name", "answer", "fields"),
    [
        ("urge_to_move", Answer("yes"), {"urge_to_move": "yes"}),
        (
            "urge_to_move",
            Answer(True, note="at night"),
            {"urge_to_move": "yes", "urge_to_move-note": "at night"},
        ),
        ("urge_to_move", Answer(None, State.DECLINED), {"urge_to_move": "state-declined"}),
        ("urge_to_move", Answer(None, State.PENDING), {}),
        (
            "ferritin",
            Answer(Decimal("38.50"), unit="ug/L", comparator="<", collected="2026-11-18"),
            {"ferritin": "<38.5", "ferritin-unit": "ug-2F-L", "ferritin-day": "18-Nov-2026"},
        ),
        ("ferritin", Answer(38), {}),
        ("ferritin", Answer("38", State.REJECTED, unit="ug/L"), {}),
        (
            "crp",
            Answer(None, State.PENDING, since="2026-11-18"),
            {"crp-state": "state-pending", "crp-day": "18-Nov-2026"},
        ),
        ("irls", Answer(Decimal("24.0")), {"irls": "24"}),
        ("own_words", Answer("a\nb", note="not on the form"), {"own_words": "a\nb"}),
        ("own_words", Answer("\ud800"), {}),
        (
            "sleep_referral",
            Answer(None, State.NOT_APPLICABLE),
            {"sleep_referral-state": "state-not_applicable"},
        ),
        ("medications", Answer([]), {"medications-none": "on"}),
        ("medications", Answer([{"months": 3}]), {}),
        ("medications", Answer([{"name": "A", "months": 3, "years": 1}]), {}),
        ("medications", Answer([{"name": "A", "dose": ["5", "mg"]}]), {}),
        (
            "medications",
            Answer(
                [
                    "A",
                    {
                        "name": "B",
                        "current": False,
                        "weeks_ago": Decimal("3.0"),
                        "over_the_counter": True,
                        "weeks": "2",
                    },
                    {"name": "C", "current": "yes", "note": Decimal("1e30")},
                ]
            ),
            {
                "medications-1-name": "A",
                "medications-2-name": "B",
                "medications-2-weeks_ago": "3",
                "medications-2-length": "2",
                "medications-2-span": "weeks",
                "medications-2-current": "stopped",
                "medications-2-over_the_counter": "on",
                "medications-3-name": "C",
                "medications-3-note": "1E+30",
                "medications-3-current": "now",
            },
        ),
    ],
)
def test_a_known_answer_stands_in_its_fields(name: str, answer: Answer, fields: dict[str, str]) -> None:
    assert filled(name, answer) == fields


def test_units_of_one_item_have_boxes_of_different_names() -> None:
    for known in trial_protocol().items.values():
        names = [form.option(unit) for unit in known.units]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("chosen", "state"),
    [("state-pending", State.PENDING), ("state-bogus", None), ("pending", None), ("", None)],
)
def test_a_state_is_never_taken_for_a_value(chosen: str, state: State | None) -> None:
    assert form.state_in(chosen) is state


def test_few_whole_numbers_are_boxes_and_many_are_written() -> None:
    short = item("irls").model_copy(
        update={
            "accepts": item("irls").accepts.model_copy(update={"lowest": Decimal(0), "highest": Decimal(3)})
        }
    )
    assert form.boxes_of(short) == ("0", "1", "2", "3")
    assert form.boxes_of(item("irls")) == ()
