"""A pasted list of medicines as lines: name, dose, route and duration where certain, the rest untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from rls_workup.domain.medicines import Named, Pharmacy
from rls_workup.exchange.medication_words import (
    BULLET,
    CLAIMS,
    GOES_ON,
    HEADING,
    LABEL,
    NEXT_AFTER_DOSE,
    NOT_TAKEN,
    OF_THE_PAST,
    SPANS,
)
from rls_workup.exchange.since import months_since

_LINE_END = re.compile(r"(?:\r\n|[\n\r\v\f\u0085\u2028\u2029])")
_AND = re.compile(r"\s+(?:and|und|plus)\s+|\s*[+&]\s*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d]")
_NAME_END = re.compile(r"\s*[,;(]")
_NUMBERED = re.compile(r"\s+\d{1,2}[.)]\s+(?=[^\W\d])")
_EDGES = " \t,;:()[]-–—\u00a0"

_NAME_EDGES = " \t,;:-–—\u00a0"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: `name`, `dose`, `route`, `length`, `stopped`, `over_the_counter` or `rest`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of the list. `before` + `parts` + `after` are its characters, every one of them.

    `heading`: it names no medicine but what follows. `doubtful`: it speaks of an allergy, or of not taking.
    """

    before: str
    parts: tuple[Part, ...]
    after: str
    duration: tuple[str, Decimal] | None = None
    weeks_ago: Decimal | None = None
    stopped: bool = False
    over_the_counter: bool = False
    heading: bool = False
    doubtful: bool = False

    @property
    def text(self) -> str:
        """Every character that the line came from."""
        return self.before + self.body + self.after

    @property
    def body(self) -> str:
        """The line without bullet, number and separator."""
        return "".join(part.text for part in self.parts)

    @property
    def name(self) -> str:
        """The name as written; the whole line where no name can be told apart."""
        return self._of("name") or self.body.strip()

    @property
    def rest(self) -> str:
        """What is neither name nor dose, route or a duration that could be counted."""
        uncounted = ("rest",) if self.duration else ("rest", "length")
        found = (part.text.strip(_EDGES + ".") for part in self.parts if part.kind in uncounted)
        return ", ".join(text for text in found if text)

    def _of(self, kind: str) -> str:
        edges = _NAME_EDGES if kind == "name" else _EDGES
        found = (part.text.strip(edges) for part in self.parts if part.kind == kind)
        return ", ".join(text for text in found if text)

    def medicine(self) -> dict[str, Any]:
        """The line as the work-up keeps it. What was counted from a date keeps its words in the note."""
        line: dict[str, Any] = {"name": self.name}
        line |= {key: text for key in ("dose", "route") if (text := self._of(key))}
        if self.duration:
            line[self.duration[0]] = self.duration[1]
        if self.over_the_counter:
            line["over_the_counter"] = True
        if self.stopped:
            line["current"] = False
        if self.weeks_ago is not None:
            line["weeks_ago"] = self.weeks_ago
        counted = [
            part.text.strip(_EDGES) for part in self.parts if part.kind == "length" and "since" in part.text
        ]
        note = ", ".join(words for words in (self.rest, *(counted if self.duration else ())) if words)
        return line | ({"note": note} if note else {})


def read_list(text: str, pharmacy: Pharmacy, visit: date) -> list[PastedLine]:
    """The lines of a pasted list, one for each medicine; their characters together are the text."""
    lines: list[PastedLine] = []
    heading = label = ""
    for before, body, after in _pieces(text, pharmacy):
        said = LABEL.match(body)
        label = said[0] if said else label
        line = _read(before, body, after, pharmacy, visit, f"{heading} {label}")
        heading = body if line.heading else heading
        label = "" if _LINE_END.search(after) else label
        lines.append(line)
    return lines


# Where one line ends and the next begins


def _pieces(text: str, pharmacy: Pharmacy) -> Iterator[tuple[str, str, str]]:
    """Before, body and after of each line; what holds no letter and no number goes to the line before it."""
    before, body, after = "", "", ""
    for piece, end in _split(text, pharmacy):
        if re.search(r"\w", piece) is None:
            before, after = (before, after + piece + end) if body else (before + piece + end, after)
            continue
        if body:
            yield before, body, after
            before = ""
        bullet = BULLET.match(piece)
        mark = bullet.end() if bullet and bullet.end() < len(piece) else 0
        trimmed = piece.rstrip()
        before, body, after = before + piece[:mark], trimmed[mark:], piece[len(trimmed) :] + end
        if not body:
            before, body = before[: len(before) - mark], trimmed
    if body or before:
        yield before, body, after


def _split(text: str, pharmacy: Pharmacy) -> Iterator[tuple[str, str]]:
    """Pieces of the text, each with the sign that ended it."""
    start = 0
    for end in _LINE_END.finditer(text):
        yield from _split_line(text[start : end.start()], end[0], pharmacy)
        start = end.end()
    yield from _split_line(text[start:], "", pharmacy)


def _split_line(line: str, end: str, pharmacy: Pharmacy) -> Iterator[tuple[str, str]]:
    named = pharmacy.named_in(line)
    start = 0
    for left, right in _cuts(line, named):
        if left >= start:
            yield line[start:left], line[left:right]
            start = right
    yield line[start:], end


def _cuts(line: str, named: list[Named]) -> list[tuple[int, int]]:
    """Where the separators between medicines stand."""
    signs = [*_signs(line), len(line)]
    cuts = [(at, at + 1) for at, stop in pairwise(signs) if _begins_another(line, at + 1, stop, named)]
    if re.match(r"\s*\d{1,2}[.)]\s", line):
        cuts += [(found.start(), found.start() + 1) for found in _NUMBERED.finditer(line)]
    for one, other in pairwise(named):
        if one.drugs != other.drugs and "(" not in line[one.stop : other.start]:
            cuts += _between(line, one.stop, other.start)
    return sorted(cuts)


def _between(line: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The word between two drugs, or the blank after the first one's dose, where the second line begins."""
    if word := _AND.search(line, start, stop):
        return [word.span()]
    dose = NEXT_AFTER_DOSE.search(line[start:stop])
    return [(start + dose.start(1), stop)] if dose else []


def _signs(line: str) -> Iterator[int]:
    """The semicolons and commas outside brackets; a comma between digits belongs to a number."""
    depth = 0
    closes = line.count(")")
    for at, sign in enumerate(line):
        if sign == "(" and closes:
            depth += 1
        elif sign == ")":
            depth, closes = max(0, depth - 1), closes - 1
        elif depth == 0 and (sign == ";" or (sign == "," and not _is_decimal(line, at))):
            yield at


def _is_decimal(line: str, at: int) -> bool:
    return line[max(0, at - 1) : at].isdigit() and line[at + 1 : at + 2].isdigit()


def _begins_another(line: str, at: int, stop: int, named: list[Named]) -> bool:
    """Whether another medicine begins here, rather than more about this one."""
    return any(at <= found.start < stop for found in named) or GOES_ON.match(line, at) is None


# What a line says


def _read(before: str, body: str, after: str, pharmacy: Pharmacy, visit: date, heading: str) -> PastedLine:
    named = pharmacy.named_in(body)
    if not body or (not named and HEADING.fullmatch(body)):
        return PastedLine(before, (Part("rest", body),), after, heading=True)
    label = LABEL.match(body)
    if label and named and named[0].start >= label.end():
        before, body = before + body[: label.end()], body[label.end() :]
        named = pharmacy.named_in(body)
    several = len({drug.id for found in named for drug in found.drugs}) > 1 and len(named) > 1
    claims = [] if several else _claims(body, named)
    doubtful = bool(NOT_TAKEN.search(f"{heading} {body}"))
    return PastedLine(
        before,
        _parts(body, claims, named),
        after,
        duration=_duration(claims, visit),
        weeks_ago=next((Decimal(m["ago"]) for kind, m in claims if kind == "stopped" and m["ago"]), None),
        stopped=any(kind == "stopped" for kind, _ in claims) or bool(OF_THE_PAST.search(heading)),
        over_the_counter=any(kind == "over_the_counter" for kind, _ in claims),
        doubtful=doubtful,
    )


def _claims(body: str, named: list[Named]) -> list[tuple[str, re.Match[str]]]:
    """What is certain of a line, in reading order, none of it overlapping, the names of drugs left alone."""
    taken = [(found.start, found.stop) for found in named]
    claims: list[tuple[str, re.Match[str]]] = []
    for kind, pattern in CLAIMS:
        for found in pattern.finditer(body):
            start, stop = found.span()
            if start < stop and all(stop <= first or start >= last for first, last in taken):
                taken.append((start, stop))
                claims.append((kind, found))
    return sorted(claims, key=lambda claim: claim[1].start())


def _parts(body: str, claims: list[tuple[str, re.Match[str]]], named: list[Named]) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = 0
    for kind, found in claims:
        parts += _unclaimed(body[at : found.start()])
        parts.append(Part(kind, found[0]))
        at = found.end()
    parts += _unclaimed(body[at:])
    return tuple(_with_name(parts, named))


def _unclaimed(text: str) -> list[Part]:
    return [Part("rest", text)] if text else []


def _with_name(parts: list[Part], named: list[Named]) -> list[Part]:
    """The stretch with the drugs' names, or else the first one with letters, up to a comma, is the name."""
    at = 0
    for place, part in enumerate(parts):
        last = max((found.stop for found in named if found.start < at + len(part.text)), default=0)
        if part.kind == "rest" and (last > at if named else _LETTER.search(part.text)):
            sign = _NAME_END.search(part.text, max(0, last - at))
            end = sign.start() if sign else len(part.text)
            return [
                *parts[:place],
                Part("name", part.text[:end]),
                *_unclaimed(part.text[end:]),
                *parts[place + 1 :],
            ]
        at += len(part.text)
    return parts


def _duration(claims: list[tuple[str, re.Match[str]]], visit: date) -> tuple[str, Decimal] | None:
    """How long, where the line says it once and it can be counted."""
    lengths = [found for kind, found in claims if kind == "length"]
    if len(lengths) != 1:
        return None
    said = lengths[0].groupdict()
    if said.get("count"):
        return SPANS[said["span"][0].lower()], Decimal(said["count"])
    months = months_since(lengths[0][0], visit)
    return None if months is None else ("months", months)
