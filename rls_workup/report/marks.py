"""What is put on paper, as values: words, strokes, frames, boxes, arrows; and strips of them.

Lengths are points; x runs right from the left edge of the body, y down from the top of the strip.
"""

from __future__ import annotations

from typing import NamedTuple

from rls_workup.report.typeface import Style

MILLIMETRE = 72 / 25.4
WRITING_LINE = 8 * MILLIMETRE
BOX = 8.5


class Words(NamedTuple):
    """One run of drawable text; y is its base line. `inverse` is white, for text on a filled frame."""

    x: float
    y: float
    text: str
    style: Style
    inverse: bool = False


class Stroke(NamedTuple):
    """A straight black line."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float = 0.5


class Frame(NamedTuple):
    """A rectangle, drawn or filled; dashed where it stands for something unfinished."""

    x: float
    y: float
    width: float
    height: float
    weight: float = 0.8
    filled: bool = False
    dashed: bool = False


class Box(NamedTuple):
    """A check box: empty, or with the sign `tick`, `cross` or `dots`; y is its top."""

    x: float
    y: float
    sign: str = ""
    size: float = BOX


class Arrow(NamedTuple):
    """An arrow beside a flag, standing on the base line y."""

    x: float
    y: float
    up: bool


class Entry(NamedTuple):
    """A field to be filled in, over what is drawn: a line, or with `option` one box of several.

    `says` is the question; `value` what is filled in already, the text or the chosen option. One that is
    `hidden` is not for people.
    """

    x: float
    y: float
    width: float
    height: float
    name: str
    says: str
    option: str = ""
    value: str = ""
    several_lines: bool = False
    hidden: bool = False


Mark = Words | Stroke | Frame | Box | Arrow | Entry


class Strip(NamedTuple):
    """A piece of a page that is never cut. `keep`: not the last one on a page.

    `again` is drawn once more above it where it comes first on a page (a table's heads).
    """

    height: float
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    again: tuple[Strip, ...] = ()


def moved(mark: Mark, down: float, right: float = 0) -> Mark:
    """The same mark, elsewhere."""
    if isinstance(mark, Stroke):
        return mark._replace(x=mark.x + right, to_x=mark.to_x + right, y=mark.y + down, to_y=mark.to_y + down)
    return mark._replace(x=mark.x + right, y=mark.y + down)
