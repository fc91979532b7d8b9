"""The recovery sheet: the code of a store for the safe, with what it is for; no patient stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rls_workup.domain.dates import shown_day
from rls_workup.errors import WorkupError
from rls_workup.report.marks import Frame, Mark, Strip, Stroke, Words
from rls_workup.report.pen import PAPERS, Pen
from rls_workup.report.rows import row, text_cell
from rls_workup.report.typeface import BODY, BOLD, HEADING, NAME, SEMIBOLD, SMALL, STRONG, Style, width_of

_LEFT, _TOP = 56.0, 56.0
_GROUP = Style(BOLD, 20, 26)
_NUMBER = Style(SEMIBOLD, 8, 10)
_ACROSS = 4
_CELL_HEIGHT = 46.0

ABOUT = (
    "Whoever holds this sheet and the file of the store can read every work-up in it. Keep it where the "
    "practice keeps what nobody else may see, such as its safe. Do not photograph it and do not store it on "
    "a computer."
)
WHEN = (
    "You need it when every passphrase is forgotten, or when the keys file beside the store is lost or "
    "damaged. Without a passphrase and without this sheet nobody can open the store, and nobody can help."
)
HOW = (
    "Choose “Use the recovery sheet” where the program asks for the passphrase, or write: rls-workup keys "
    "recover YOUR-NAME. Capital or small letters do not matter. A slip is noticed, and the program says in "
    "which group."
)


def recovery_sheet(groups: Sequence[str], mark: str, made: date, paper: str = "a4") -> bytes:
    """The sheet as PDF. `groups`: the code; `mark`: by which the store is known. Raises WorkupError."""
    if paper not in PAPERS:
        raise WorkupError(
            "There is no paper size “{paper}”. Choose one of {known}.", paper=paper, known=", ".join(PAPERS)
        )
    pen = Pen(paper, "RLS Workup recovery sheet", _LEFT)
    pen.draw(_strips(groups, mark, made, PAPERS[paper][0] - 2 * _LEFT), _TOP)
    pen.end_page()
    return pen.finished()


def _strips(groups: Sequence[str], mark: str, made: date, width: float) -> list[Strip]:
    strips = row([text_cell(0, width, "Recovery sheet", NAME)], below=4)
    strips += row([text_cell(0, width, f"RLS Workup · keys {mark} · {shown_day(made)}", STRONG)], below=14)
    strips += row([text_cell(0, width, ABOUT, BODY)], below=14)
    strips += _code(groups, width)
    for title, text in (("When it is needed", WHEN), ("How it is used", HOW)):
        strips += row([text_cell(0, width, title, HEADING)], above=14, below=3)
        strips += row([text_cell(0, width, text, BODY)])
    strips += row([text_cell(0, width, "Where it is kept, and since when", HEADING)], above=14, below=24)
    return [*strips, Strip(4, (Stroke(0, 0, width, 0, 0.6),)), *_foot(width)]


def _code(groups: Sequence[str], width: float) -> list[Strip]:
    cell = width / _ACROSS
    lines = []
    for first in range(0, len(groups), _ACROSS):
        marks: list[Mark] = []
        for number, group in enumerate(groups[first : first + _ACROSS]):
            x = number * cell
            marks += [
                Frame(x, 0, cell, _CELL_HEIGHT, 0.8),
                Words(x + 6, 12, str(first + number + 1), _NUMBER),
                Words(x + (cell - width_of(group, _GROUP)) / 2, 33, group, _GROUP),
            ]
        lines.append(Strip(_CELL_HEIGHT, tuple(marks), keep=True))
    return lines


def _foot(width: float) -> list[Strip]:
    signs = "The signs are the letters A to Z and the digits 2 to 7; there is no 0, 1, 8 or 9."
    return row([text_cell(0, width, signs, SMALL)], above=14)
