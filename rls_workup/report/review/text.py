"""The protocol for review as plain text, for a terminal or an editor."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import visible
from rls_workup.report.review.parts import Chapter, Entry, Fact
from rls_workup.report.review.whole import review_of

_WIDTH = 100


def review_text(protocol: Protocol) -> str:
    """The whole protocol, each entry with a box to tick."""
    return visible("\n".join(_lines(protocol)), keep="\n") + "\n"


def _lines(protocol: Protocol) -> Iterator[str]:
    review = review_of(protocol)
    yield from (review.title, "=" * len(review.title), "")
    for fact in review.about:
        yield from _fact(fact, "")
    yield ""
    for line in review.reading:
        yield from _wrapped(line)
    yield from ("", "Contents", "")
    yield from (f"{number:3}  {chapter.title}" for number, chapter in enumerate(review.chapters, 1))
    for number, chapter in enumerate(review.chapters, 1):
        yield from _chapter(number, chapter)
    yield from ("", "", "Reviewed by: ______________________________   Date: ____________________")
    yield "Signature:   ______________________________   Next review: _____________"


def _chapter(number: int, chapter: Chapter) -> Iterator[str]:
    title = f"{number}  {chapter.title}"
    yield from ("", "", title, "=" * len(title))
    yield from _wrapped(chapter.hint)
    for group in chapter.groups:
        yield ""
        if group.title:
            yield from (group.title, "-" * len(group.title))
        yield from _wrapped(group.hint)
        for entry in group.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    name = f" [{entry.id}]" if entry.id else ""
    own = " (this practice’s own)" if entry.own else ""
    yield from _wrapped(f"{entry.title}{name}{own}", "[ ] ", "    ")
    for fact in entry.facts:
        yield from _fact(fact, "    ")


def _fact(fact: Fact, indent: str) -> Iterator[str]:
    yield from _wrapped(fact.says, f"{indent}{fact.label + ':':<15} ", f"{indent}{'':15} ")


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
