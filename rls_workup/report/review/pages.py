"""The protocol for review as PDF: contents, a box and room for the pen at every entry, a place to sign."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain.protocol import Protocol
from rls_workup.errors import WorkupError
from rls_workup.report.closing_block import signature
from rls_workup.report.marks import Box, Mark, Strip, Stroke, Words
from rls_workup.report.pages import Page, height_of, paginate
from rls_workup.report.pen import PAPERS, Pen
from rls_workup.report.review.parts import Chapter, Entry, Fact, Group, Review
from rls_workup.report.review.whole import review_of
from rls_workup.report.rows import Cell, gap, heading, row, text_cell
from rls_workup.report.typeface import (
    BODY,
    BOLD,
    COMPACT,
    COMPACT_STRONG,
    NAME,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
    TITLE,
    Style,
    width_of,
)
from rls_workup.report.wrapping import Run

CHAPTER = Style(BOLD, 13, 16)
_LEFT, _TOP, _BOTTOM = 40.0, 28.0, 24.0
_HEAD, _FOOT = 22.0, 14.0
_NOTES = 104.0  # room for the pen, right of the text
_INDENT, _LABEL = 16.0, 66.0
_QUIET = ("As written", "Source", "LOINC", "RxNorm", "Former id", "Evidence", "Also")


def review_bytes(protocol: Protocol, paper: str = "a4") -> bytes:
    """The whole protocol as PDF. Raises WorkupError for a paper that is not there."""
    if paper not in PAPERS:
        raise WorkupError(
            "There is no paper size “{paper}”. Choose one of {known}.", paper=paper, known=", ".join(PAPERS)
        )
    review = review_of(protocol)
    pen = Pen(paper, f"{review.title}: protocol for review", _LEFT)
    wide = pen.width - 2 * _LEFT
    pages = review_pages(review, wide, pen.height - _TOP - _BOTTOM - _HEAD - _FOOT)
    for number, page in enumerate(pages, 1):
        _draw(pen, review, page, f"Page {number} of {len(pages)}", wide)
    return pen.finished()


def review_pages(review: Review, wide: float, room: float) -> list[Page]:
    """The pages as strips; the contents are set twice, since the page numbers are known afterwards."""
    strips = [strip for number, part in _numbered(review) for strip in _chapter(number, part, wide)]
    body = paginate(strips, lambda _: room)
    front = paginate(_front(review, [0] * len(review.chapters), wide), lambda _: room)
    starts = [place for place, page in enumerate(body, len(front) + 1) for _ in _chapters_on(page)]
    _sign(body, wide, room)
    return [*paginate(_front(review, starts, wide), lambda _: room), *body]


def _chapters_on(page: Page) -> list[str]:
    """The titles of the chapters that begin on a page."""
    marks = [mark for strip in page for mark in strip.marks if isinstance(mark, Words)]
    return [mark.text for mark in marks if mark.style == CHAPTER]


def _numbered(review: Review) -> list[tuple[int, Chapter]]:
    return list(enumerate(review.chapters, 1))


def _draw(pen: Pen, review: Review, page: Page, number: str, wide: float) -> None:
    marks: list[Mark] = [
        Words(0, 9, review.title, TITLE),
        Words(wide - width_of(number, TITLE), 9, number, TITLE),
        Stroke(0, 14, wide, 14, 0.6),
    ]
    pen.draw([Strip(_HEAD, tuple(marks)), *page], _TOP)
    foot = (Stroke(0, 0, wide, 0, 0.4), Words(0, 10, review.foot, TINY))
    pen.draw([Strip(_FOOT, foot)], pen.height - _BOTTOM - _FOOT)
    for title in _chapters_on(page):
        pen.bookmark(title)
    pen.end_page()


def _front(review: Review, starts: Sequence[int], wide: float) -> list[Strip]:
    strips = row([text_cell(0, wide, review.title, NAME)], above=6, below=8)
    for fact in review.about:
        strips += _line(fact, 0, wide, 92)
    strips += heading("How to read and review this", wide)
    for line in review.reading:
        strips += row([text_cell(0, wide, line, COMPACT)], above=1, below=2)
    strips += heading("Contents", wide)
    for (number, chapter), page in zip(_numbered(review), starts, strict=True):
        cells = [
            text_cell(0, 20, str(number), BODY, right=True),
            text_cell(28, wide - 80, chapter.title, BODY),
            text_cell(wide - 46, 46, str(page), BODY, right=True),
        ]
        strips += row(cells, above=1.2, below=1.2, rule=(28, wide))
    strips += [gap(10), *heading("Reviewed by", wide)]
    return strips + signature(wide)


def _chapter(number: int, chapter: Chapter, wide: float) -> list[Strip]:
    text = wide - _NOTES
    strips = row([text_cell(0, text, f"{number}  {chapter.title}", CHAPTER)], above=14, below=4, keep=True)
    if chapter.hint:
        strips += row([text_cell(0, text, chapter.hint, COMPACT)], above=0, below=3, keep=True)
    for group in chapter.groups:
        strips += _group(group, text)
    return [strip._replace(marks=(*strip.marks, _margin(text, strip.height))) for strip in strips]


def _margin(text: float, height: float) -> Stroke:
    return Stroke(text + 10, 0, text + 10, height, 0.25)


def _group(group: Group, wide: float) -> list[Strip]:
    strips = heading(group.title, wide) if group.title else []
    if group.hint:
        strips += row([text_cell(0, wide, group.hint, COMPACT)], above=0, below=2, keep=True)
    for entry in group.entries:
        strips += _entry(entry, wide)
    return strips


def _entry(entry: Entry, wide: float) -> list[Strip]:
    runs = [Run(entry.title, STRONG)]
    if entry.id:
        runs.append(Run(f"  {entry.id}", SMALL))
    if entry.own:
        runs.append(Run("  this practice’s own", SMALL_STRONG))
    title = row(
        [Cell(_INDENT, wide - _INDENT, (runs,))],
        above=4.5,
        below=1,
        marks=(Box(0, 6),),
        keep=bool(entry.facts),
    )
    lines = [_line(fact, _INDENT, wide, _LABEL) for fact in entry.facts]
    kept = [strip._replace(keep=True) for line in lines[:2] for strip in line]
    rest = [strip for line in lines[2:] for strip in line]
    together = [*title, *kept, *rest]
    return [*together[:-1], together[-1]._replace(keep=False)]


def _line(fact: Fact, left: float, wide: float, label: float) -> list[Strip]:
    style = SMALL if fact.label in _QUIET else COMPACT
    cells = [
        text_cell(left, label - 6, fact.label, SMALL_STRONG),
        text_cell(left + label, wide - left - label, fact.says, style),
    ]
    return row(cells, above=0.4, below=0.4)


def _sign(pages: list[Page], wide: float, room: float) -> None:
    """The place to sign, on the last page where there is room."""
    strips = [
        *row([text_cell(0, wide, "The whole protocol was reviewed by", COMPACT_STRONG)], above=14),
        *signature(wide),
    ]
    if not pages or height_of(pages[-1]) + height_of(strips) > room:
        pages.append([])
    pages[-1] += strips
