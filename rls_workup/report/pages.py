"""Strips onto pages: none is cut, those that belong together stay together, table heads come again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rls_workup.report.marks import Strip

Page = list[Strip]


def paginate(strips: Sequence[Strip], room_on: Callable[[int], float]) -> list[Page]:
    """The pages, each a list of strips. `room_on(number)` is the height of page `number`, from 0."""
    pages: list[Page] = [[]]
    used = 0.0
    for group in _groups(strips):
        height = _height(group)
        if pages[-1] and used + height > room_on(len(pages) - 1):
            pages.append([])
            used = 0.0
        for strip in group:
            if pages[-1] and used + strip.height > room_on(len(pages) - 1):
                pages.append([])
                used = 0.0
            first = [*strip.again, strip] if not pages[-1] else [strip]
            pages[-1] += first
            used += _height(first)
    return pages


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


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height for strip in strips)
