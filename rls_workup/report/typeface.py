"""The three fonts of the paper, parsed once, and the styles that the sheets are set in."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from rls_workup.resources import folder

REGULAR, SEMIBOLD, BOLD = "Inter-Regular", "Inter-SemiBold", "Inter-Bold"
_FACES = (REGULAR, SEMIBOLD, BOLD)
SMALLEST = 7.0

Advances = dict[str, float]


class Style(NamedTuple):
    """A face, its size and the distance between lines, in points."""

    face: str
    size: float
    leading: float


NAME = Style(BOLD, 15, 18)
TITLE = Style(BOLD, 9, 12)
HEADING = Style(BOLD, 11, 13.5)
BODY = Style(REGULAR, 9.5, 11.8)
STRONG = Style(SEMIBOLD, 9.5, 11.8)
HEAVY = Style(BOLD, 9.5, 11.8)
REMARK = Style(REGULAR, 9, 11)
COMPACT = Style(REGULAR, 8.5, 10.6)
COMPACT_STRONG = Style(SEMIBOLD, 8.5, 10.6)
SMALL = Style(REGULAR, 7.5, 9.4)
SMALL_STRONG = Style(SEMIBOLD, 7.5, 9.4)
TINY = Style(REGULAR, 7, 8.6)
TINY_STRONG = Style(SEMIBOLD, 7, 8.6)


@cache
def advances(face: str) -> Advances:
    """How far each character of a face moves on, as a share of its size. Parses and registers the font."""
    font = TTFont(face, str(folder("fonts") / f"{face}.ttf"))
    pdfmetrics.registerFont(font)
    default = font.face.defaultWidth
    return {chr(code): font.face.charWidths.get(code, default) / 1000 for code in font.face.charToGlyph}


@cache
def repertoire() -> frozenset[str]:
    """The characters that every face can show and that stand for themselves when drawn."""
    common = set.intersection(*(set(advances(face)) for face in _FACES))
    return frozenset(character for character in common if _shows_itself(character))


def _shows_itself(character: str) -> bool:
    """Not controls, direction marks, private signs, loose accents or spaces of odd width."""
    if unicodedata.category(character)[0] in "CM":
        return False
    return character in " \u00a0" or not character.isspace()


def width_of(text: str, style: Style) -> float:
    """The width of drawable text in points."""
    return sum(map(advances(style.face).__getitem__, text)) * style.size
