"""What the protocol knows of one line of the medicines list, as marks and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.parts import Drug
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.spelling import Slip
from rls_workup.ui.chip import Mark
from rls_workup.ui.words import say


def not_listed() -> Mark:
    """The mark of what the protocol does not know."""
    return Mark("help", "not_entered", say("Not in the list: not checked"))


@dataclass(frozen=True, slots=True)
class Known:
    """The marks of a line, the words under it, and the slip that waits to be confirmed."""

    marks: tuple[Mark, ...]
    says: str
    slip: Slip | None = None

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        return ". ".join([*(mark.words for mark in self.marks), *([self.says] if self.says else [])])


def known_of(protocol: Protocol, taken: TakenDrug) -> Known:
    """What to show of a line."""
    if taken.trouble:
        return Known((Mark("triangle-alert", "critical", say("Not accepted")),), taken.trouble)
    marks = [mark for drug in taken.drugs for mark in _marks_of(protocol, taken, drug)]
    words = _words(protocol, taken)
    if taken.slips:
        says = "; ".join(part for part in (words, taken.slips[0].says(protocol.wording)) if part)
        return Known((*marks, Mark("help", "warn", say("Spelling to be confirmed"))), says, taken.slips[0])
    return Known(tuple(marks), words) if marks else Known((not_listed(),), "")


def _marks_of(protocol: Protocol, taken: TakenDrug, drug: Drug) -> Iterator[Mark]:
    """The drug's name, then a mark for each flag that has one."""
    flags = [flag for flag in drug.flags if taken.has(flag.kind)]
    meanings = protocol.flag_meanings
    warned = any(meanings[flag.kind].warns for flag in flags)
    yield Mark("pill" if flags else "check", "warn" if warned else "note", drug.name)
    for flag in flags:
        meaning = meanings[flag.kind]
        if meaning.chip:
            words = (
                say("{chip}, grade {grade}", chip=meaning.chip, grade=flag.grade)
                if flag.grade
                else meaning.chip
            )
            yield Mark("triangle-alert", "warn", words) if meaning.warns else Mark("info", "note", words)


def _words(protocol: Protocol, taken: TakenDrug) -> str:
    """The flags that have no mark of their own, and the usual alternatives."""
    kinds = dict.fromkeys(flag.kind for drug in taken.drugs for flag in drug.flags if taken.has(flag.kind))
    said = [protocol.flags[kind] for kind in kinds if not protocol.flag_meanings[kind].chip]
    others = dict.fromkeys(protocol.drugs[other].name for drug in taken.drugs for other in drug.alternatives)
    alternatives = [say("to consider instead: {names}", names=", ".join(others))] if others else []
    return "; ".join([*said, *alternatives])
