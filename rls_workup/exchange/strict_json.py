"""JSON read strictly: exact numbers, no name twice, bounded size and depth; one sentence when refused."""

from __future__ import annotations

import re
from typing import Any

import simplejson

from rls_workup.errors import UnreadableFile

LARGEST = 16 * 1024 * 1024
DEEPEST = 64
MOST_VALUES = 400_000
LONGEST_NUMBER = 1000
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_LONG_NUMBER = re.compile(rf"[0-9]{{{LONGEST_NUMBER},}}")


def read_json(data: bytes) -> Any:
    """The document, with numbers as int or Decimal. `NaN` and `Infinity` come back as their own text.

    Raises UnreadableFile with a sentence that quotes nothing of the content.
    """
    if len(data) > LARGEST:
        raise UnreadableFile("it is larger than a work-up can be (16 MiB)")
    text = _text(data)
    _check_shape(text)
    try:
        document = simplejson.loads(text, use_decimal=True, parse_constant=str, object_pairs_hook=_unique)
    except simplejson.JSONDecodeError as trouble:
        raise UnreadableFile(
            "it is no well-formed JSON (line {lineno}, column {colno})",
            lineno=trouble.lineno,
            colno=trouble.colno,
        ) from None
    except (ValueError, ArithmeticError):
        raise UnreadableFile("it holds a number that cannot be read") from None
    if "\\u" in text:
        _check_whole(document)
    return document


def write_json(document: Any) -> str:
    """The document as UTF-8 text, numbers exactly as held."""
    text: str = simplejson.dumps(document, use_decimal=True, ensure_ascii=False, indent=1)
    return text + "\n"


def compact_json(document: Any) -> str:
    """The document on one line, for the store."""
    text: str = simplejson.dumps(document, use_decimal=True, ensure_ascii=False, separators=(",", ":"))
    return text


def _text(data: bytes) -> str:
    if not data.strip():
        raise UnreadableFile("it is empty")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("it is no UTF-8 text") from None


def _check_shape(text: str) -> None:
    """Refuse what would cost memory or the stack, before anything is built."""
    bare = _STRING.sub('""', text)
    if sum(map(bare.count, "[]{},")) > MOST_VALUES:
        raise UnreadableFile("it holds more values than a work-up can")
    depth = 0
    for bracket in _NO_BRACKET.sub("", bare):
        depth += _STEP[bracket]
        if depth > DEEPEST:
            raise UnreadableFile("it is nested more than {deepest} deep", deepest=DEEPEST)
    if _LONG_NUMBER.search(bare):
        raise UnreadableFile(
            "it holds a number of more than {longest_number} digits", longest_number=LONGEST_NUMBER
        )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UnreadableFile(
                "it has “{name}” twice in one place, and nobody can tell which counts", name=_short(name)
            )
        found[name] = value
    return found


def _check_whole(document: Any) -> None:
    try:
        compact_json(document).encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableFile("it holds half a character (a lone surrogate), which no text can have") from None


def _short(name: str) -> str:
    return "".join(c if c.isalnum() or c in "_-." else "?" for c in name[:40])
