"""Finds resources/, in a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

from pathlib import Path

from rls_workup.errors import WorkupError

_PLACES = (Path(__file__).parent / "_resources", Path(__file__).parent.parent / "resources")


def folder(*parts: str) -> Path:
    """A folder or file of the program's own resources. Raises WorkupError where the program is incomplete."""
    for place in _PLACES:
        if (found := place.joinpath(*parts)).exists():
            return found
    raise WorkupError(f"A part of the program is missing: resources/{'/'.join(parts)}. Install it again.")
