"""Text into lines: nothing lost, nothing wider than the column, and quick however long it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rls_workup.report.drawable import drawable
from rls_workup.report.typeface import BODY, SMALL, STRONG, width_of
from rls_workup.report.wrapping import Line, Run, wrap

_STYLES = st.sampled_from([BODY, STRONG, SMALL])
_RUNS = st.lists(st.builds(Run, st.text(max_size=80), _STYLES), max_size=5)


def _texts(lines: list[Line]) -> list[str]:
    return ["|".join(piece.text for piece in line.pieces) for line in lines]


def test_words_go_to_the_next_line_where_they_do_not_fit() -> None:
    width = width_of("one two", BODY) + 0.1
    assert _texts(wrap([Run("one two three  four", BODY)], width)) == ["one two", "three", "four"]


def test_a_line_break_begins_a_line_and_an_empty_line_keeps_its_height() -> None:
    lines = wrap([Run("one\n\ntwo", BODY)], 200)
    assert _texts(lines) == ["one", "", "two"]
    assert lines[1].leading == BODY.leading


def test_runs_without_a_space_between_them_stay_together() -> None:
    width = width_of("ab cd", STRONG) + 0.1
    lines = wrap([Run("ab c", BODY), Run("d", STRONG), Run(", e", BODY)], width)
    assert _texts(lines) == ["ab c|d", ", e"] or _texts(lines) == ["ab", "c|d|, e"]
    assert not _texts(lines)[1].startswith("d")


def test_a_word_wider_than_the_column_is_broken() -> None:
    lines = wrap([Run("x" * 100, BODY)], 50)
    assert "".join(_texts(lines)) == "x" * 100
    assert all(line.width <= 50 for line in lines)


@given(_RUNS, st.floats(30, 400))
def test_no_character_is_lost_and_no_line_is_too_wide(runs: list[Run], width: float) -> None:
    lines = wrap(runs, width)
    said = "".join(piece.text for line in lines for piece in line.pieces)
    meant = "".join(drawable(run.text) for run in runs)
    assert said.replace(" ", "") == meant.replace(" ", "").replace("\n", "")
    assert all(line.width <= width + 1e-6 for line in lines)
    for line in lines:
        ends = [piece.x + width_of(piece.text, piece.style) for piece in line.pieces]
        assert all(end <= after.x + 1e-6 for end, after in zip(ends, line.pieces[1:], strict=False))
        assert not ends or abs(ends[-1] - line.width) < 1e-6


def test_a_megabyte_of_text_is_set() -> None:
    words = wrap([Run("word " * 100_000, BODY)], 500)
    solid = wrap([Run("x" * 500_000, BODY)], 500)
    assert sum(len(piece.text) for line in solid for piece in line.pieces) == 500_000
    assert sum(piece.text.count("word") for line in words for piece in line.pieces) == 100_000
