"""Which scores are so short that their steps stand side by side as buttons."""

from __future__ import annotations

from rls_workup.domain.parts import Item

_MOST_STEPS = 4


def steps_of(item: Item) -> range:
    """The steps of a score that has at most four, else none."""
    limits = item.accepts
    if (
        item.kind != "score"
        or item.computed
        or limits is None
        or limits.highest - limits.lowest >= _MOST_STEPS
    ):
        return range(0)
    return range(int(limits.lowest), int(limits.highest) + 1)
