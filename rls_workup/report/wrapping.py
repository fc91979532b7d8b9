"""Text into lines of a given width: words of several styles, long words broken, in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rls_workup.report.drawable import drawable
from rls_workup.report.typeface import Style, advances


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


class _Part(NamedTuple):
    """A word, or the part of one that is in one style, with its width."""

    text: str
    style: Style
    width: float


def wrap(runs: Iterable[Run], width: float) -> list[Line]:
    """The lines of the runs; a line break in the text begins a new one. Spaces are folded."""
    setter = _Setter(width)
    leading = 0.0
    for word in _words(runs):
        if word:
            setter.add(word)
            leading = word[0].style.leading
        else:
            setter.end_line(leading)
    if setter.words:
        setter.end_line(leading)
    return setter.lines


def _words(runs: Iterable[Run]) -> Iterator[list[_Part]]:
    """Each word with its parts, glued across runs where no space parts them; an empty one is a line break."""
    glued: list[_Part] = []
    for text, style in runs:
        measure, size = advances(style.face).__getitem__, style.size
        for number, line in enumerate(drawable(text).split("\n")):
            if number:
                if glued:
                    yield glued
                yield []
                glued = []
            first, *others = line.split(" ")
            if first:
                glued.append(_Part(first, style, sum(map(measure, first)) * size))
            for word in others:
                if glued:
                    yield glued
                    glued = []
                if word:
                    glued.append(_Part(word, style, sum(map(measure, word)) * size))
    if glued:
        yield glued


class _Setter:
    """Sets words from left to right and starts a new line where one does not fit."""

    def __init__(self, width: float) -> None:
        self.room = width
        self.lines: list[Line] = []
        self._clear()

    def _clear(self) -> None:
        self.done: list[Piece] = []
        self.words: list[str] = []
        self.style: Style | None = None
        self.start = self.x = self.space = self.leading = 0.0

    def add(self, word: Sequence[_Part]) -> None:
        """Set a word, on the next line where there is no room on this one."""
        text, style, wide = word[0]
        if len(word) == 1 and style is self.style and self.x + self.space + wide <= self.room:
            self.words.append(text)
            self.x += self.space + wide
            return
        wide = sum(part.width for part in word)
        space = advances(style.face)[" "] * style.size if self.words else 0.0
        if self.words and self.x + space + wide > self.room:
            self.end_line(0)
            space = 0.0
        for part in word:
            if wide > self.room:
                self._break(part)
            else:
                self._put(part, space)
            space = 0.0

    def _put(self, part: _Part, space: float) -> None:
        if part.style != self.style:
            self._end_piece()
            self.style, self.start = part.style, self.x + space
            self.space = advances(part.style.face)[" "] * part.style.size
            self.leading = max(self.leading, part.style.leading)
            self.words.append(part.text)
        elif space:
            self.words.append(part.text)
        elif self.words:
            self.words[-1] += part.text
        else:
            self.words.append(part.text)
        self.x += space + part.width

    def _break(self, part: _Part) -> None:
        """A word wider than a line, cut wherever the line is full."""
        widths, style = advances(part.style.face), part.style
        start, x = 0, self.x
        for place, character in enumerate(part.text):
            wide = widths[character] * style.size
            if x + wide > self.room and (place > start or self.words):
                if place > start:
                    self._put(_Part(part.text[start:place], style, x - self.x), 0)
                self.end_line(0)
                start, x = place, 0.0
            x += wide
        self._put(_Part(part.text[start:], style, x - self.x), 0)

    def _end_piece(self) -> None:
        if self.words and self.style:
            self.done.append(Piece(self.start, " ".join(self.words), self.style))
        self.words = []

    def end_line(self, leading: float) -> None:
        """Close the line; an empty one is `leading` high."""
        self._end_piece()
        self.lines.append(Line(tuple(self.done), self.x, self.leading or leading))
        self._clear()
