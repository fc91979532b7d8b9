"""The fonts of the paper, parsed once, and the styles that the sheets are set in."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from rls_workup.resources import folder

REGULAR, SEMIBOLD, BOLD = "Inter-Regular", "Inter-SemiBold", "Inter-Bold"
SPARE = "DroidSansFallbackFull"
"""What Chinese and Japanese are set in, whatever the style; parsed only where a text needs it."""
_FACES = (REGULAR, SEMIBOLD, BOLD)
_BLANKS = "\u115f\u1160\u3164\uffa0"  # Korean letters that stand for nothing and show nothing
SMALLEST = 7.0


class Advances(dict[str, float]):
    """How far each character of a face moves on; one that the face lacks is taken from the spare face."""

    def __missing__(self, character: str) -> float:
        return _parsed(SPARE)[character]


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
COMPACT = Style(REGULAR, 8.5, 10.6)
COMPACT_STRONG = Style(SEMIBOLD, 8.5, 10.6)
SMALL = Style(REGULAR, 7.5, 9.4)
SMALL_STRONG = Style(SEMIBOLD, 7.5, 9.4)
TINY = Style(REGULAR, 7, 8.6)
TINY_STRONG = Style(SEMIBOLD, 7, 8.6)

LARGE = Style(REGULAR, 12, 14.8)
LARGE_STRONG = Style(SEMIBOLD, 12, 14.8)
LARGE_HEADING = Style(BOLD, 14, 18)
LARGE_TITLE = Style(BOLD, 20, 25)


@cache
def advances(face: str) -> Advances:
    """How far each character of a face moves on, as a share of its size. Parses and registers the font."""
    return Advances(_parsed(face))


@cache
def _parsed(face: str) -> dict[str, float]:
    font = TTFont(face, str(folder("fonts") / f"{face}.ttf"))
    pdfmetrics.registerFont(font)
    default = font.face.defaultWidth
    return {chr(code): font.face.charWidths.get(code, default) / 1000 for code in font.face.charToGlyph}


def is_spare(character: str) -> bool:
    """Whether the spare face shows it: wide East Asian characters only, since they need no shaping."""
    if unicodedata.east_asian_width(character) not in "WF" or unicodedata.category(character)[0] in "CM":
        return False
    drawn = character in _parsed(SPARE) and character <= "\uffff"
    return drawn and not character.isspace() and character not in _BLANKS


@cache
def repertoire() -> frozenset[str]:
    """The characters that every face can show and that stand for themselves when drawn."""
    common = set.intersection(*(set(advances(face)) for face in _FACES))
    return frozenset(character for character in common if _shows_itself(character))


def _shows_itself(character: str) -> bool:
    """Not controls, direction marks, private signs, loose accents or spaces of odd width.

    Nor what lies beyond U+FFFF: reportlab draws it, but it would be copied out of the file as another sign.
    """
    if unicodedata.category(character)[0] in "CM" or character > "\uffff":
        return False
    return character in " \u00a0" or not character.isspace()


def width_of(text: str, style: Style) -> float:
    """The width of drawable text in points."""
    return sum(map(advances(style.face).__getitem__, text)) * style.size
