"""What every block of the paper reads: one work-up with its assessment, and words for its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rls_workup.domain.assessment import Assessment, Standing
from rls_workup.domain.earlier import Earlier
from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.spoken import spoken
from rls_workup.domain.wording import Wording
from rls_workup.domain.workup import Answer, State, Workup, plain_value


@dataclass(frozen=True)
class Sheet:
    """A work-up to be put on paper. Without `printed_at` it shows no clock: the same work, the same bytes.

    `head` is the practice's own line at the top, `revision` that of the store (0: none), `link` the head of
    the history's chain at that revision; `carries`: the file holds the work-up's data too; `earlier`: the
    results of other visits, by item.
    """

    protocol: Protocol
    workup: Workup
    assessment: Assessment
    kind: str = "workup"
    paper: str = "a4"
    printed_at: datetime | None = None
    printed_by: str = ""
    revision: int = 0
    head: str = ""
    link: str = ""
    carries: bool = False
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def sample(self) -> bool:
        return self.workup.sample or self.workup.extra.get("sample") in (True, "true", "yes")

    @property
    def wording(self) -> Wording:
        return self.protocol.wording

    def say(self, english: str, **values: object) -> str:
        """Our own words, in the language of the paper."""
        return self.wording.say(english, **values)

    def answer(self, item: Item) -> Answer | None:
        """The answer of an item, also where it was given under an older id."""
        return next(
            (self.workup.answers[name] for name in (item.id, *item.was) if name in self.workup.answers), None
        )

    def standing(self, item: str) -> Standing:
        return self.assessment.standings[item]

    def value(self, item: str) -> str:
        """An item's value for people; empty where there is none."""
        return shown(self.standing(item).value, self.protocol, item)

    def note(self, item: Item) -> str:
        answer = self.answer(item)
        return answer.note.strip() if answer else ""

    def spoken(self, state: State | None, since: str = "") -> str:
        """A state in words, with its date."""
        return spoken(self.wording, state, since)

    def source_number(self, source: str) -> int:
        """The number of a source on this paper, in the order in which they are first named."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)


def given_words(answer: Answer) -> str:
    """A value as it was given, for what could not be accepted."""
    value = plain_value(answer.value)
    return " ".join(part for part in (answer.comparator, value, answer.unit) if part) or answer.typed


def not_accepted(sheet: Sheet, item: Item) -> str:
    """What was given and could not be accepted, with the reason."""
    answer = sheet.answer(item)
    given = given_words(answer) if answer else ""
    return f"{sheet.say('“{given}” not accepted.', given=given)} {sheet.standing(item.id).rejected}"


def evidence_words(sheet: Sheet, finding: Finding) -> str:
    """How well the sources of a finding were read, as far as a person must know."""
    if finding.evidence in ("S", "G"):
        return sheet.say("evidence {tag}: source to be confirmed locally", tag=finding.evidence)
    return sheet.say("evidence {tag}", tag=finding.evidence)
