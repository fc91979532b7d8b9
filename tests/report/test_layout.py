"""How the sheet is set: nothing too small, nothing over the edge, lines high enough to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from report.paper_trial import HALF, WHOLE, sheet_of

from rls_workup.report.marks import MILLIMETRE, WRITING_LINE, Box, Strip, Stroke, Words
from rls_workup.report.pages import height_of
from rls_workup.report.pen import PAPERS
from rls_workup.report.press import Layout, laid_out
from rls_workup.report.typeface import SMALLEST, width_of

_LONG = {**HALF, "own_words": "worms " * 4000, "gait": {"value": "ataxic", "note": "x" * 3000}}
_ODD = {
    "ferritin": "y" * 500,
    "medications": [{"name": "z" * 900, "dose": "q " * 900}],
    "urge_to_move": "?" * 99,
}
_ALL = [{}, HALF, WHOLE, _LONG, _ODD]


def _strips(layout: Layout) -> Iterator[Strip]:
    for number, page in enumerate(layout.pages):
        yield from (*layout.frame.head(number, len(layout.pages)), *page, *layout.frame.foot(number))


def _body_words(layout: Layout) -> Iterator[str]:
    for page in layout.pages:
        yield from (mark.text for strip in page for mark in strip.marks if isinstance(mark, Words))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("answers", _ALL)
def test_words_are_large_enough_and_stay_on_the_paper(answers: dict[str, Any], paper: str) -> None:
    layout = laid_out(sheet_of(answers, paper=paper))
    found = [mark for strip in _strips(layout) for mark in strip.marks if isinstance(mark, Words)]
    assert len(found) > 50
    for words in found:
        assert words.style.size >= SMALLEST
        assert words.x >= -0.01
        assert words.x + width_of(words.text, words.style) <= layout.width + 1


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("answers", _ALL)
def test_no_page_is_fuller_than_it_has_room(answers: dict[str, Any], paper: str) -> None:
    layout = laid_out(sheet_of(answers, paper=paper))
    height = PAPERS[paper][1]
    for number, page in enumerate(layout.pages):
        assert height_of(page) + layout.frame.height(number) < height - 30


def test_the_body_of_a_half_complete_sheet_is_one_leaf() -> None:
    assert len(laid_out(sheet_of(HALF)).pages) <= 2


def test_every_line_to_write_on_is_at_least_8_mm_high() -> None:
    layout = laid_out(sheet_of({}))
    written = [strip for strip in _strips(layout) if any(_is_writing_line(mark) for mark in strip.marks)]
    assert len(written) >= 5
    assert all(strip.height >= 8 * MILLIMETRE for strip in written)


def _is_writing_line(mark: object) -> bool:
    """A line within a strip, neither a rule across the page nor a frame's."""
    return isinstance(mark, Stroke) and mark.y == mark.to_y and WRITING_LINE - 8 < mark.y < WRITING_LINE - 1


def test_boxes_say_by_their_shape_what_was_found() -> None:
    layout = laid_out(
        sheet_of({"vibration": "normal", "gait": "ataxic", "sleep_referral": {"state": "ordered"}})
    )
    signs = [mark.sign for strip in _strips(layout) for mark in strip.marks if isinstance(mark, Box)]
    key, found = signs[:4], signs[4:]
    assert key == ["tick", "cross", "dots", ""]
    assert found[:4] == ["tick", "cross", "", "dots"]


def test_an_answer_longer_than_a_page_is_printed_whole() -> None:
    layout = laid_out(sheet_of(_LONG))
    said = " ".join(_body_words(layout))
    assert said.count("worms") == 4000
    assert sum(len(run) for run in re.findall(r"x{5,}", said)) == 3000


def test_identity_that_does_not_fit_its_box_is_printed_whole_at_the_end() -> None:
    layout = laid_out(sheet_of(HALF, patient={"family_name": "Ab9 " * 5000, "identifier": "7" * 900}))
    said = " ".join(_body_words(layout))
    end = said[said.index("Kept as entered") :].replace(" ", "")
    assert end.count("Ab9") == 5000
    assert "7" * 900 in end
    assert height_of(layout.frame.head(0, 1)) < 110
