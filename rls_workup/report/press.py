"""A paper from its blocks: body set into strips, strips onto pages, pages drawn between head and foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2s
from typing import NamedTuple

from rls_workup.errors import WorkupError
from rls_workup.report.blank_form import blank_form, blank_title
from rls_workup.report.blank_frame import BlankFrame
from rls_workup.report.closing_block import kept_as_entered, own_entries, unprintable_note
from rls_workup.report.filling import fillable
from rls_workup.report.frame import PageFrame
from rls_workup.report.handout import handout, handout_title
from rls_workup.report.handout_frame import HandoutFrame
from rls_workup.report.marks import Strip, Words
from rls_workup.report.pages import Page, add_columns, paginate
from rls_workup.report.pen import PAPERS, Pen
from rls_workup.report.reading import Sheet
from rls_workup.report.referral_letter import referral, referral_title
from rls_workup.report.workup_sheet import appendix, body

_LEFT, _TOP, _BOTTOM = 40.0, 24.0, 20.0
_GUTTER, _AIR = 20.0, 4.0
_LANGUAGES = {"en": "en-GB"}
_Blocks = Callable[[Sheet, float], list[Strip]]


def _nothing(_sheet: Sheet, _width: float) -> list[Strip]:
    return []


class Paper(NamedTuple):
    """One kind of paper: its title, its blocks, what follows them in two columns, its head and foot.

    `whole`: what has no place of its own on the paper is printed at the end.
    """

    title: Callable[[Sheet], str]
    body: _Blocks
    appendix: _Blocks = _nothing
    frame: type[PageFrame] = PageFrame
    whole: bool = False


def _workup_title(sheet: Sheet) -> str:
    return sheet.protocol.about.title


_LETTER = Paper(referral_title, referral)
_PAPERS: Mapping[str, Paper] = {
    "workup": Paper(_workup_title, body, appendix, whole=True),
    "referral": _LETTER,
    "referral_sleep": _LETTER,
    "referral_neurology": _LETTER,
    "handout": Paper(handout_title, handout, frame=HandoutFrame),
    "blank": Paper(blank_title, blank_form, frame=BlankFrame),
}


class Layout(NamedTuple):
    """A paper that is set but not drawn yet: its frame, its pages of strips, the width of its body."""

    frame: PageFrame
    pages: list[Page]
    width: float


def printed(sheet: Sheet) -> bytes:
    """The whole paper as PDF. Raises WorkupError where the kind or the paper is not known."""
    _check(sheet)
    layout = laid_out(sheet)
    language = sheet.protocol.language
    title = sheet.say("RLS workup sheet") if sheet.kind == "workup" else layout.frame.title
    pen = Pen(sheet.paper, title, _LEFT, _LANGUAGES.get(language, language))
    for number, page in enumerate(layout.pages):
        if sheet.sample:
            pen.watermark(sheet.say("SAMPLE"))
        pen.draw([*layout.frame.head(number, len(layout.pages)), *page], _TOP)
        pen.draw(layout.frame.foot(number), pen.height - _BOTTOM - layout.frame.foot_height(number))
        pen.end_page()
    return fillable(pen) if pen.entries else pen.finished()


def laid_out(sheet: Sheet) -> Layout:
    """The paper's pages as values."""
    sheet = replace(sheet, numbers={})
    paper_width, paper_height = PAPERS[sheet.paper]
    width = paper_width - 2 * _LEFT
    narrow = (width - _GUTTER) / 2
    kind = _PAPERS[sheet.kind]
    strips, more = kind.body(sheet, width), kind.appendix(sheet, narrow)
    frame = kind.frame(sheet, width, _check_code(sheet, [*strips, *more]), kind.title(sheet))
    more += kept_as_entered(sheet, [*frame.cut, *(own_entries(sheet) if kind.whole else ())], narrow)
    more += unprintable_note(sheet, [*frame.head(0, 1), *strips, *more], narrow)

    def room(number: int) -> float:
        return paper_height - _TOP - _BOTTOM - frame.height(number) - _AIR

    pages = paginate(strips, room)
    add_columns(pages, more, room, narrow + _GUTTER)
    return Layout(frame, pages, width)


def _check(sheet: Sheet) -> None:
    if sheet.kind not in _PAPERS:
        raise WorkupError(
            "There is no paper “{kind}”. Choose one of {known}.", kind=sheet.kind, known=", ".join(_PAPERS)
        )
    if sheet.paper not in PAPERS:
        raise WorkupError(
            "There is no paper size “{paper}”. Choose one of {known}.",
            paper=sheet.paper,
            known=", ".join(PAPERS),
        )


def _check_code(sheet: Sheet, strips: list[Strip]) -> str:
    """Eight signs that stand for the content: pages with different ones do not belong together."""
    text = "\n".join(mark.text for strip in strips for mark in strip.marks if isinstance(mark, Words))
    digest = blake2s(
        f"{sheet.workup.id}\n{sheet.revision}\n{text}".encode("utf-8", "backslashreplace"), digest_size=4
    )
    code = digest.hexdigest().upper()
    return f"{code[:4]}-{code[4:]}"
