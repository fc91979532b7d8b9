"""Strips onto pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rls_workup.report.marks import Strip, Words
from rls_workup.report.pages import add_columns, height_of, paginate
from rls_workup.report.typeface import BODY


def _named(name: str, height: float = 10, *, keep: bool = False, again: tuple[Strip, ...] = ()) -> Strip:
    return Strip(height, (Words(0, 8, name, BODY),), keep, again)


def _names(page: list[Strip]) -> list[str]:
    return [mark.text for strip in page for mark in strip.marks if isinstance(mark, Words)]


def test_a_heading_goes_to_the_next_page_with_what_follows_it() -> None:
    strips = [_named("a", 50), _named("head", 20, keep=True), _named("b", 40)]
    assert [_names(page) for page in paginate(strips, lambda _: 100)] == [["a"], ["head", "b"]]


def test_the_heads_of_a_table_come_again_on_the_next_page() -> None:
    head = _named("head", 10, keep=True)
    strips = [head, *(_named(name, 40, again=(head,)) for name in "abc")]
    assert [_names(page) for page in paginate(strips, lambda _: 100)] == [["head", "a", "b"], ["head", "c"]]


def test_the_first_page_may_have_less_room() -> None:
    strips = [_named(name, 40) for name in "abcd"]
    pages = paginate(strips, lambda number: 50 if number == 0 else 100)
    assert [_names(page) for page in pages] == [["a"], ["b", "c"], ["d"]]


def test_columns_are_even_on_the_last_page() -> None:
    pages = [[_named("main", 20)]]
    add_columns(pages, [_named(name) for name in "abcdef"], lambda _: 100, 50)
    assert len(pages) == 1
    columns = [(mark.x, mark.text) for mark in pages[0][1].marks if isinstance(mark, Words)]
    assert columns == [(0, "a"), (0, "b"), (0, "c"), (50, "d"), (50, "e"), (50, "f")]


@given(
    st.lists(st.tuples(st.floats(1, 60), st.booleans()), max_size=40),
    st.lists(st.floats(1, 60), max_size=40),
)
def test_every_strip_stands_once_and_no_page_overflows(
    main: list[tuple[float, bool]], more: list[float]
) -> None:
    strips = [_named(f"m{number}", height, keep=keep) for number, (height, keep) in enumerate(main)]
    later = [_named(f"n{number}", height) for number, height in enumerate(more)]
    pages = paginate(strips, lambda number: 80 if number == 0 else 100)
    add_columns(pages, later, lambda number: 80 if number == 0 else 100, 200)
    names = [name for page in pages for name in _names(page)]
    assert names == [f"m{number}" for number in range(len(main))] + [
        f"n{number}" for number in range(len(more))
    ]
    assert all(height_of(page) <= (80 if number == 0 else 100) + 1e-6 for number, page in enumerate(pages))
