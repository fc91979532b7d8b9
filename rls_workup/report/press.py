"""A paper from its blocks: body set into strips, strips onto pages, pages drawn between head and foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2s
from typing import NamedTuple

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.report.closing_block import kept_as_entered, unprintable_note
from rls_workup.report.frame import PageFrame
from rls_workup.report.marks import Strip, Words
from rls_workup.report.pages import Page, add_columns, paginate
from rls_workup.report.pen import PAPERS, Pen
from rls_workup.report.reading import Sheet
from rls_workup.report.workup_sheet import appendix, body

_LEFT, _TOP, _BOTTOM = 40.0, 24.0, 20.0
_GUTTER, _AIR = 20.0, 4.0
_TITLES = {"workup": word("RLS workup sheet")}
_LANGUAGES = {"en": "en-GB"}
_Blocks = Callable[[Sheet, float], list[Strip]]
_PAPERS: Mapping[str, tuple[_Blocks, _Blocks]] = {"workup": (body, appendix)}
_LATER = ("blank", "referral", "handout", "note")


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
    pen = Pen(sheet.paper, sheet.say(_TITLES[sheet.kind]), _LEFT, _LANGUAGES.get(language, language))
    for number, page in enumerate(layout.pages):
        if sheet.sample:
            pen.watermark(sheet.say("SAMPLE"))
        pen.draw([*layout.frame.head(number, len(layout.pages)), *page], _TOP)
        pen.draw(layout.frame.foot(number), pen.height - _BOTTOM - layout.frame.foot_height(number))
        pen.end_page()
    return pen.finished()


def laid_out(sheet: Sheet) -> Layout:
    """The paper's pages as values."""
    sheet = replace(sheet, numbers={})
    paper_width, paper_height = PAPERS[sheet.paper]
    width = paper_width - 2 * _LEFT
    narrow = (width - _GUTTER) / 2
    main, later = _PAPERS[sheet.kind]
    strips, more = main(sheet, width), later(sheet, narrow)
    frame = PageFrame(sheet, width, _check_code(sheet, [*strips, *more]))
    more += kept_as_entered(sheet, frame.cut, narrow)
    more += unprintable_note(sheet, [*frame.head(0, 1), *strips, *more], narrow)

    def room(number: int) -> float:
        return paper_height - _TOP - _BOTTOM - frame.height(number) - _AIR

    pages = paginate(strips, room)
    add_columns(pages, more, room, narrow + _GUTTER)
    return Layout(frame, pages, width)


def _check(sheet: Sheet) -> None:
    if sheet.kind in _LATER:
        raise WorkupError(f"The paper “{sheet.kind}” is not made yet. Choose workup.")
    if sheet.kind not in _PAPERS:
        raise WorkupError(f"There is no paper “{sheet.kind}”. Choose one of {', '.join(_PAPERS)}.")
    if sheet.paper not in PAPERS:
        raise WorkupError(f"There is no paper size “{sheet.paper}”. Choose one of {', '.join(PAPERS)}.")


def _check_code(sheet: Sheet, strips: list[Strip]) -> str:
    """Eight signs that stand for the content: pages with different ones do not belong together."""
    text = "\n".join(mark.text for strip in strips for mark in strip.marks if isinstance(mark, Words))
    digest = blake2s(
        f"{sheet.workup.id}\n{sheet.revision}\n{text}".encode("utf-8", "backslashreplace"), digest_size=4
    )
    code = digest.hexdigest().upper()
    return f"{code[:4]}-{code[4:]}"
