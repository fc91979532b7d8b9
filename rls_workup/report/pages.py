"""Strips onto pages: none is cut, those that belong together stay together, table heads come again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rls_workup.report.marks import Mark, Strip, moved

Page = list[Strip]
Room = Callable[[int], float]
_WORTHWHILE = 70.0  # less room than this at the foot of a page is left empty rather than begun


def paginate(strips: Sequence[Strip], room_on: Room) -> list[Page]:
    """The pages, each a list of strips. `room_on(number)` is the height of page `number`, from 0."""
    pages: list[Page] = [[]]
    used = 0.0
    for group in _groups(strips):
        if pages[-1] and used + height_of(group) > room_on(len(pages) - 1):
            pages.append([])
            used = 0.0
        for strip in group:
            if pages[-1] and used + strip.height > room_on(len(pages) - 1):
                pages.append([])
                used = 0.0
            first = [*strip.again, strip] if not pages[-1] else [strip]
            pages[-1] += first
            used += height_of(first)
    return pages


def add_columns(pages: list[Page], strips: Sequence[Strip], room_on: Room, column: float) -> None:
    """Set narrow strips in two columns from where the last page ends, even in height on the last one.

    `column` is the distance from the left edge of the first column to that of the second.
    """
    rest = list(_groups(strips))
    while rest:
        room = room_on(len(pages) - 1) - height_of(pages[-1])
        taken = _two_columns(rest, _even_height(rest, room))
        starved = taken is None or (taken[2] and room < _WORTHWHILE)
        if starved and pages[-1]:
            pages.append([])
            continue
        left, right, rest = taken or (rest[0], [], rest[1:])
        pages[-1].append(_beside(left, right, column))
        if rest:
            pages.append([])


_Groups = list[list[Strip]]


def _even_height(groups: _Groups, room: float) -> float:
    """The least height that holds all in two columns; the whole room where they do not fit."""
    half = sum(height_of(group) for group in groups) / 2
    for extra in range(0, 60, 4):
        fits = _two_columns(groups, half + extra) if half + extra <= room else None
        if fits and not fits[2]:
            return half + extra
    return room


def _two_columns(groups: _Groups, height: float) -> tuple[list[Strip], list[Strip], _Groups] | None:
    """Left column, right column and what is left over; None where not even the first group fits."""
    left, rest = _column(groups, height)
    right, rest = _column(rest, height)
    return (left, right, rest) if left else None


def _column(groups: _Groups, height: float) -> tuple[list[Strip], _Groups]:
    taken: list[Strip] = []
    used = 0.0
    for number, group in enumerate(groups):
        used += height_of(group)
        if used > height:
            return taken, groups[number:]
        taken += group
    return taken, []


def _beside(left: Sequence[Strip], right: Sequence[Strip], column: float) -> Strip:
    marks = [*stacked(left, 0), *stacked(right, column)]
    return Strip(max(height_of(left), height_of(right)), tuple(marks))


def stacked(strips: Sequence[Strip], right: float) -> Iterator[Mark]:
    """The marks of strips under each other, moved to the right."""
    down = 0.0
    for strip in strips:
        yield from (moved(mark, down, right) for mark in strip.marks)
        down += strip.height


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Runs of strips that end with the first one that need not be kept with the next."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def height_of(strips: Sequence[Strip]) -> float:
    """The height of stacked strips in points."""
    return sum(strip.height for strip in strips)
