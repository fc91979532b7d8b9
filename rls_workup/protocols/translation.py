"""A protocol in another language: every shown text replaced by its translation where that is valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from rls_workup.domain.medicines import Pharmacy
from rls_workup.domain.parts import SHOWN, Drug, Frozen
from rls_workup.domain.protocol import Protocol, Threshold, Worked
from rls_workup.domain.reading import Reader
from rls_workup.domain.respelling import Respelling
from rls_workup.domain.tokens import guess
from rls_workup.domain.wording import ENGLISH, Wording
from rls_workup.protocols.texts import TextPath, Texts

Part = TypeVar("Part", bound=Frozen)
Say = Callable[[TextPath, str], str]
_SLOT = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# Parts of parts, and what names them.
_INNER = {
    "choices": "id",
    "cards": "id",
    "flags": "kind",
    "profiles": "id",
    "computed": "",
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A protocol in another language, and a sentence for each text that is not rightly translated."""

    protocol: Protocol
    texts: int = 0
    stale: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


def translate(protocol: Protocol, texts: Texts, wording: Wording) -> Translation:
    """The protocol with its texts in this language; English stands in for what has no valid translation."""
    work = _Translator(texts)
    told = retold(protocol, work.say, wording)
    return Translation(
        replace(told, in_english=tuple(work.in_english)),
        len(work.asked),
        tuple(work.stale),
        tuple(work.untranslated),
        (*texts.mistakes, *work.mistakes, *work.left_over()),
    )


def respelt(protocol: Protocol, spelling: Respelling, wording: Wording) -> Protocol:
    """The protocol in another spelling of English; names of drugs stay as they are."""
    return retold(
        protocol, lambda path, text: text if _names_a_drug(path) else spelling.respelt(text), wording
    )


def _names_a_drug(path: TextPath) -> bool:
    return path[0] == "drugs" and path[-1] == "name"


@dataclass
class _Translator:
    """Says each text in the language, and notes what it cannot say."""

    texts: Texts
    asked: set[TextPath] = field(default_factory=set)
    in_english: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def say(self, path: TextPath, english: str) -> str:
        self.asked.add(path)
        name = ".".join(path)
        pair = self.texts.pairs.get(path)
        if pair is None or pair.empty:
            self.untranslated.append(f"{name} is not translated: “{english}”.")
        elif not pair.translates(english):
            where = self.texts.place(pair.file, path)
            self.stale.append(f"{where}: {name} is stale. The English is now “{english}”.")
        elif differs := _difference(english, pair.translation):
            where = self.texts.place(pair.file, path)
            self.mistakes.append(f"{where}: {name} has not the same {differs} as the English.")
        else:
            return pair.translation
        self.in_english.append(name)
        return english

    def left_over(self) -> Iterator[str]:
        """A sentence for each pair that translates nothing of the protocol."""
        known = {path[:end] for path in self.asked for end in range(len(path) + 1)}
        for path, pair in self.texts.pairs.items():
            if path not in self.asked:
                yield f"{self.texts.place(pair.file, path)}: {_wrong(path, known)}"


def _difference(english: str, translation: str) -> str:
    """What a translation has to keep and does not: the slots, the numbers (with point or comma)."""
    if set(_SLOT.findall(english)) != set(_SLOT.findall(translation)):
        return "{…}"
    return "" if _numbers(english) == _numbers(translation) else "numbers"


def _numbers(text: str) -> set[str]:
    return {number.replace(",", ".") for number in _NUMBER.findall(text)}


def _wrong(path: TextPath, known: set[TextPath]) -> str:
    end = next((end for end in range(1, len(path) + 1) if path[:end] not in known), 0)
    if not end:
        return f"{'.'.join(path)} is a table of texts, not a text."
    word, before = path[end - 1], path[: end - 1]
    there = sorted(other[-1] for other in known if len(other) == end and other[:-1] == before)
    return f"{'.'.join(path)}: the protocol has no “{word}” there{guess(word, there)}"


def retold(protocol: Protocol, say: Say, wording: Wording = ENGLISH) -> Protocol:
    """The protocol with each shown text as `say` gives it, from where it stands and the English."""
    about = _told(protocol.about, ("about",), say)
    sections = tuple(_told(section, ("sections", section.id), say) for section in protocol.sections)
    items = _all("items", protocol.items, say)
    facts = _all("facts", protocol.facts, say)
    terms = _all("terms", protocol.terms, say)
    rules = _all("rules", protocol.rules, say)
    decisions = tuple(_told(each, ("decisions", each.id), say) for each in protocol.decisions)
    flags = _all("flags", protocol.flag_meanings, say)
    drugs = {name: _told_drug(drug, say) for name, drug in protocol.drugs.items()}
    units = _all("units", protocol.units, say)
    return replace(
        protocol,
        about=about,
        sections=sections,
        items=items,
        facts=facts,
        terms=terms,
        rules=rules,
        decisions=decisions,
        flags={name: flag.says for name, flag in flags.items()},
        flag_meanings=flags,
        drugs=drugs,
        units=units,
        disputes=_all("disputes", protocol.disputes, say),
        computed={item: _worked(ways, items[item].computed) for item, ways in protocol.computed.items()},
        thresholds={
            item: tuple(Threshold(rules[each.rule.id], each.op, each.marks) for each in thresholds)
            for item, thresholds in protocol.thresholds.items()
        },
        reader=Reader(list(units.values()), Pharmacy(drugs.values(), wording), wording),
        wording=wording,
    )


def _all(table: str, parts: Mapping[str, Part], say: Say) -> dict[str, Part]:
    return {name: _told(part, (table, name), say) for name, part in parts.items()}


def _worked(ways: Iterable[Worked], told: Sequence[Any]) -> tuple[Worked, ...]:
    return tuple(replace(way, how=how) for way, how in zip(ways, told, strict=True))


def _told(part: Part, path: TextPath, say: Say) -> Part:
    changed: dict[str, Any] = {}
    for name in _shown(type(part)):
        if text := getattr(part, name):
            changed[name] = say((*path, name), text)
    for name in _INNER:
        if inner := getattr(part, name, ()):
            keys = _keys(name, inner)
            changed[name] = tuple(
                _inner(each, (*path, name, key), say) for each, key in zip(inner, keys, strict=True)
            )
    return part.model_copy(update=changed)


def _inner(part: Part, path: TextPath, say: Say) -> Part:
    """A part of a part; one with a single text stands there by its own name."""
    names = _shown(type(part))
    if len(names) > 1:
        return _told(part, path, say)
    text = getattr(part, names[0])
    return part.model_copy(update={names[0]: say(path, text)}) if text else part


def _keys(name: str, parts: Sequence[Any]) -> list[str]:
    """What the parts of a part are called: their ids; a number where they have none or share one."""
    keys: list[str] = []
    for number, part in enumerate(parts, 1):
        key = getattr(part, _INNER[name], "")
        keys.append(f"{key}_{number}" if key in keys else key or str(number))
    return keys


def _told_drug(drug: Drug, say: Say) -> Drug:
    """A drug under its name in the language; it is found by the English one too."""
    told = _told(drug, ("drugs", drug.id), say)
    return told if told.name == drug.name else told.model_copy(update={"also": (*told.also, drug.name)})


@cache
def _shown(kind: type[Frozen]) -> tuple[str, ...]:
    return tuple(name for name, about in kind.model_fields.items() if SHOWN in about.metadata)
