"""Text into lines of a given width: words of several styles, long words broken, in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rls_workup.report.drawable import drawable
from rls_workup.report.typeface import Style, advances, width_of


class Run(NamedTuple):
    """Text in one style, as given; it is made drawable when it is wrapped."""

    text: str
    style: Style


class Piece(NamedTuple):
    """Drawable text in one style, at x within its line."""

    x: float
    text: str
    style: Style


class Line(NamedTuple):
    """The pieces of one line, its width and the distance to the next."""

    pieces: tuple[Piece, ...]
    width: float
    leading: float


_Word = list[tuple[str, Style]]


def wrap(runs: Iterable[Run], width: float) -> list[Line]:
    """The lines of the runs; a line break in the text begins a new one. Spaces are folded."""
    setter = _Setter(width)
    leading = 0.0
    for word in _words(runs):
        if word is None:
            setter.end_line(leading)
            continue
        leading = max(style.leading for _, style in word)
        setter.add(word)
    setter.end_line(leading, last=True)
    return setter.lines


def _words(runs: Iterable[Run]) -> Iterator[_Word | None]:
    """Each word with its styles, glued across runs where no space parts them; None is a line break."""
    open_word: _Word = []
    for run in runs:
        for number, line in enumerate(drawable(run.text).split("\n")):
            if number:
                yield from ([open_word] if open_word else ())
                yield None
                open_word = []
            parts = line.split(" ")
            for place, part in enumerate(parts):
                if place and open_word:
                    yield open_word
                    open_word = []
                if part:
                    open_word.append((part, run.style))
    if open_word:
        yield open_word


class _Setter:
    """Sets words from left to right and starts a new line where one does not fit."""

    def __init__(self, width: float) -> None:
        self.room = width
        self.lines: list[Line] = []
        self._clear()

    def _clear(self) -> None:
        self.pieces: list[Piece] = []
        self.x = self.leading = 0.0

    def add(self, word: _Word) -> None:
        wide = sum(width_of(text, style) for text, style in word)
        gap = width_of(" ", word[0][1]) if self.pieces else 0.0
        if self.pieces and self.x + gap + wide > self.room:
            self.end_line(0)
            gap = 0.0
        if wide > self.room:
            for text, style in word:
                self._add_broken(text, style)
            return
        for text, style in word:
            self._put(text, style, gap)
            gap = 0.0

    def _put(self, text: str, style: Style, gap: float) -> None:
        self.leading = max(self.leading, style.leading)
        last = self.pieces[-1] if self.pieces else None
        wide = width_of(text, style)
        if last and last.style == style:
            self.pieces[-1] = last._replace(text=f"{last.text}{' ' if gap else ''}{text}")
        else:
            self.pieces.append(Piece(self.x + gap, text, style))
        self.x += gap + wide

    def _add_broken(self, text: str, style: Style) -> None:
        """A word wider than a line, cut wherever the line is full."""
        widths = advances(style.face)
        start, x = 0, self.x
        for place, character in enumerate(text):
            wide = widths[character] * style.size
            if x + wide > self.room and place > start:
                self._put(text[start:place], style, 0)
                self.end_line(0)
                start, x = place, 0.0
            x += wide
        self._put(text[start:], style, 0)

    def end_line(self, leading: float, *, last: bool = False) -> None:
        if self.pieces or not last:
            self.lines.append(Line(tuple(self.pieces), self.x, self.leading or leading))
        self._clear()


def height_of(lines: Sequence[Line]) -> float:
    """The height of stacked lines in points."""
    return sum(line.leading for line in lines)
