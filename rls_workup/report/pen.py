"""Marks onto a reportlab canvas; the only module that knows how a page is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from rls_workup.report.drawable import by_face, drawable, is_drawable
from rls_workup.report.marks import Arrow, Box, Entry, Frame, Mark, Strip, Stroke, Words
from rls_workup.report.typeface import BOLD, REGULAR, SEMIBOLD, SPARE, advances

# Neither the environment nor a settings file may switch reportlab's evaluator or network on.
rl_config.trustedHosts = None
rl_config.trustedSchemes = []
rl_config.toColorCanUse = "rl_extended_literal_eval"
rl_config.useA85 = 0

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
_WATERMARK_GREY = 0.45


class Placed(NamedTuple):
    """A field on its page, from 0: left, bottom, right and top edge in points from the paper's lower left."""

    page: int
    edges: tuple[float, float, float, float]
    entry: Entry


class Pen:
    """Draws pages of one paper; `left` and `top` are where the body's own coordinates begin."""

    def __init__(self, paper: str, title: str, left: float, language: str = "en-GB") -> None:
        self.width, self.height = PAPERS[paper]
        self.left = left
        self._out = BytesIO()
        self._pages = 0
        self.entries: list[Placed] = []
        for face in (REGULAR, SEMIBOLD, BOLD):
            advances(face)
        self.canvas = Canvas(
            self._out,
            pagesize=(self.width, self.height),
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,
            lang=language,
            pdfVersion=(1, 5),
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("RLS Workup")

    def draw(self, strips: Iterable[Strip], top: float) -> None:
        """Draw stacked strips, the first one `top` points below the paper's upper edge."""
        y = self.height - top
        placed: list[tuple[Mark, float]] = []
        for strip in strips:
            placed += [(mark, y) for mark in strip.marks]
            y -= strip.height
        self._draw_lines(placed)
        self._draw_words([(mark, base) for mark, base in placed if isinstance(mark, Words)])

    def _draw_lines(self, placed: Sequence[tuple[Mark, float]]) -> None:
        for mark, base in placed:
            if isinstance(mark, Stroke):
                self.canvas.setLineWidth(mark.weight)
                self.canvas.line(self.left + mark.x, base - mark.y, self.left + mark.to_x, base - mark.to_y)
            elif isinstance(mark, Frame):
                self._frame(mark, base)
            elif isinstance(mark, Box):
                self._box(mark, base)
            elif isinstance(mark, Arrow):
                self._arrow(mark, base)
            elif isinstance(mark, Entry):
                left, top = self.left + mark.x, base - mark.y
                edges = (left, top - mark.height, left + mark.width, top)
                self.entries.append(Placed(self._pages, edges, mark))

    def _draw_words(self, placed: Sequence[tuple[Words, float]]) -> None:
        pencil = self.canvas.beginText()
        style, inverse = None, False
        for words, base in placed:
            if words.style != style:
                style = words.style
                pencil.setFont(style.face, style.size)
            if words.inverse != inverse:
                inverse = words.inverse
                pencil.setFillGray(1 if inverse else 0)
            pencil.setTextOrigin(self.left + words.x, base - words.y)
            for spare, text in by_face(words.text if is_drawable(words.text) else drawable(words.text)):
                if spare:
                    pencil.setFont(SPARE, words.style.size)
                pencil.textOut(text)
                if spare:
                    pencil.setFont(words.style.face, words.style.size)
        if inverse:
            pencil.setFillGray(0)
        self.canvas.drawText(pencil)

    def _frame(self, frame: Frame, base: float) -> None:
        self.canvas.setLineWidth(frame.weight)
        if frame.dashed:
            self.canvas.setDash(2.5, 2)
        corner = (self.left + frame.x, base - frame.y - frame.height)
        self.canvas.rect(*corner, frame.width, frame.height, stroke=1, fill=int(frame.filled))
        if frame.dashed:
            self.canvas.setDash()

    def _box(self, box: Box, base: float) -> None:
        x, y, size = self.left + box.x, base - box.y - box.size, box.size
        self.canvas.setLineWidth(0.8)
        self.canvas.rect(x, y, size, size, stroke=1, fill=0)
        if box.sign in ("tick", "cross"):
            self._path(_SIGNS[box.sign], x, y, size, 1.5)
        elif box.sign == "dots":
            for share in (0.25, 0.5, 0.75):
                self.canvas.circle(x + share * size, y + size / 2, size * 0.09, stroke=0, fill=1)

    def _arrow(self, arrow: Arrow, base: float) -> None:
        x, y = self.left + arrow.x, base - arrow.y
        self._path(_SIGNS["up" if arrow.up else "down"], x, y - 0.5, 7.5, 0.9)

    def _path(
        self, strokes: Sequence[Sequence[tuple[float, float]]], x: float, y: float, size: float, weight: float
    ) -> None:
        path: Any = self.canvas.beginPath()
        for stroke in strokes:
            path.moveTo(x + stroke[0][0] * size, y + stroke[0][1] * size)
            for across, up in stroke[1:]:
                path.lineTo(x + across * size, y + up * size)
        self.canvas.setLineWidth(weight)
        self.canvas.setLineCap(1)
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.canvas.setLineCap(0)

    def watermark(self, word: str) -> None:
        """A word in outline across the whole page, under everything else."""
        self.canvas.saveState()
        self.canvas.translate(self.width / 2, self.height / 2)
        self.canvas.rotate(54)
        pencil = self.canvas.beginText()
        pencil.setFont(BOLD, 150)
        pencil.setTextRenderMode(1)
        pencil.setStrokeGray(_WATERMARK_GREY)
        wide = sum(advances(BOLD)[letter] for letter in word) * 150
        pencil.setTextOrigin(-wide / 2, -52)
        pencil.textLine(word)
        self.canvas.setLineWidth(0.35)
        self.canvas.drawText(pencil)
        self.canvas.restoreState()

    def bookmark(self, title: str) -> None:
        """Name this page in the document's outline."""
        self.canvas.bookmarkPage(title)
        self.canvas.addOutlineEntry(title, title)

    def end_page(self) -> None:
        self._pages += 1
        self.canvas.showPage()

    def patch(self, width: float, height: float, strip: Strip) -> int:
        """Draw a strip on a page of its own that is no larger; the number of that page, from 0."""
        self.canvas.setPageSize((width, height))
        paper, self.height, self.left = (self.height, self.left), height, 0
        self.draw([strip], 0)
        self.height, self.left = paper
        self.end_page()
        return self._pages - 1

    def finished(self) -> bytes:
        """The whole document."""
        self.canvas.save()
        return self._out.getvalue()


_SIGNS: dict[str, Sequence[Sequence[tuple[float, float]]]] = {
    "tick": (((0.2, 0.5), (0.42, 0.25), (0.82, 0.78)),),
    "cross": (((0.22, 0.22), (0.78, 0.78)), ((0.22, 0.78), (0.78, 0.22))),
    "up": (((0.35, 0.0), (0.35, 1.0)), ((0.08, 0.66), (0.35, 1.0), (0.62, 0.66))),
    "down": (((0.35, 1.0), (0.35, 0.0)), ((0.08, 0.34), (0.35, 0.0), (0.62, 0.34))),
}
