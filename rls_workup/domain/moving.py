"""A work-up moved from one protocol to another: no answer is dropped; which findings come, go or change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rls_workup.domain.assessment import assess
from rls_workup.domain.comparison import Difference, compared
from rls_workup.domain.finding import Finding
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State, Workup


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a work-up would change. `kept` names its answers to what is not asked any more."""

    differences: tuple[Difference, ...]
    come: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]
    kept: tuple[str, ...]

    def touching(self, workup: Workup) -> tuple[Difference, ...]:
        """The differences in items that this work-up answers."""
        return tuple(d for d in self.differences if d.table == "items" and _answered(d, workup))


def _answered(difference: Difference, workup: Workup) -> bool:
    return difference.id in workup.answers or difference.before in workup.answers


def moved(workup: Workup, new: Protocol) -> Workup:
    """The same answers under another protocol; what was not accepted before is read again."""
    answers = {name: _read_again(new, name, answer) for name, answer in workup.answers.items()}
    about = new.about
    return replace(
        workup,
        protocol_id=about.id,
        protocol_version=about.version,
        protocol_mark=new.mark,
        answers=answers,
    )


def _read_again(protocol: Protocol, name: str, answer: Answer) -> Answer:
    item = protocol.items.get(protocol.renamed.get(name, name))
    if item is None or answer.value is None or answer.state not in (State.ANSWERED, State.REJECTED):
        return answer
    if answer.state is State.REJECTED and not answer.reason:
        return answer  # a person, or a file, rejected it: no protocol takes that back
    rejected = protocol.reader.read(item, replace(answer, state=State.ANSWERED, reason="")).rejected
    state = State.REJECTED if rejected else State.ANSWERED
    return replace(answer, state=state, reason=rejected)


def move_of(old: Protocol, new: Protocol, workup: Workup, today: date) -> Move:
    """What moving this work-up from the old to the new protocol would change."""
    before, after = assess(old, workup, today), assess(new, moved(workup, new), today)
    was = {_key(old, finding): finding for finding in before.findings}
    now = {_key(new, finding): finding for finding in after.findings}
    return Move(
        differences=compared(old, new),
        come=tuple(finding for key, finding in now.items() if key not in was),
        gone=tuple(finding for key, finding in was.items() if key not in now),
        changed=tuple(
            (was[key], found) for key, found in now.items() if key in was and _differs(was[key], found)
        ),
        kept=after.unknown_items,
    )


def _key(protocol: Protocol, finding: Finding) -> tuple[str, str, str]:
    """Which finding it is; those about one medicine each are told apart by it."""
    rule = protocol.rules.get(finding.id)
    line = str(finding.because[0].value) if rule and rule.for_each else ""
    return finding.id, protocol.renamed.get(finding.item, finding.item), line


def _differs(one: Finding, other: Finding) -> bool:
    return (one.severity, one.title, one.explanation) != (other.severity, other.title, other.explanation)
