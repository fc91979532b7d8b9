"""An assessment as plain text for a terminal: findings with their basis, what is awaited, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.leading import reading_lines, reading_words
from rls_workup.domain.missing import Missing, OpenItem
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.replies import reply_words
from rls_workup.domain.rule_words import because_words
from rls_workup.domain.spoken import spoken
from rls_workup.domain.text import visible

_MARKS = {"alert": "!!", "caution": "! ", "note": "  "}


def assessment_text(protocol: Protocol, assessment: Assessment) -> str:
    """The whole assessment, a line or two for each finding; every given text made visible."""
    return visible("\n".join(_lines(protocol, assessment)), keep="\n") + "\n"


def _lines(protocol: Protocol, assessment: Assessment) -> Iterator[str]:
    say = protocol.wording.say
    yield say("Findings ({count})", count=len(assessment.findings))
    yield from reading_lines(protocol, assessment.findings)
    for finding in assessment.findings:
        yield from _finding(protocol, finding)
        if told := assessment.replied(finding):
            yield f"     {_one_line(reply_words(protocol, told))}"
    yield ""
    yield say("Still missing, by decision")
    for missing in assessment.missing:
        yield from _missing(protocol, missing)
    if assessment.unknown_items:
        yield ""
        unknown = ", ".join(assessment.unknown_items)
        yield say("Kept, but not known to this protocol: {items}", items=unknown)
    yield ""
    progress = assessment.progress
    yield say(
        "{answered} answered, {open} open, {awaited} of them awaited.",
        answered=progress.answered,
        open=progress.open,
        awaited=progress.awaited,
    )


def _finding(protocol: Protocol, finding: Finding) -> Iterator[str]:
    say = protocol.wording.say
    yield f"{_MARKS[finding.severity]} {_one_line(finding.title)} [{finding.id}]"
    yield f"     {_one_line(finding.explanation)}"
    for because in finding.because:
        value = shown(because.value, protocol, because.item) or say("not known")
        how = f", {because.how}" if because.how else ""
        rule = _one_line(because_words(protocol, finding.id, because.rule))
        item = protocol.label(because.item)
        yield f"     {say('because {item} is {value}', item=item, value=_one_line(value))}{how} ({rule})"
    cited = "; ".join(protocol.cite(source) for source in finding.sources if source != "E")
    confirm = f", {say('source to be confirmed locally')}" if finding.evidence in ("S", "G") else ""
    yield f"     {cited or say('Proposal of this program')}{confirm}"
    if finding.disputed:
        yield f"     {say('Sources disagree.')} {finding.dispute}".rstrip()
    if reading := reading_words(protocol, finding):
        yield f"     {reading}"


def _missing(protocol: Protocol, missing: Missing) -> Iterator[str]:
    say = protocol.wording.say
    if missing.complete:
        yield f"  {missing.title}: {say('nothing is missing')}"
        return
    for words, items in (
        (say("waits for"), missing.blocks),
        (say("surer with"), missing.confidence),
        (say("for completeness"), missing.completeness),
    ):
        if items:
            yield f"  {missing.title}, {words}: {'; '.join(_open(protocol, items))}"


def _open(protocol: Protocol, items: Iterable[OpenItem]) -> Iterator[str]:
    for item in items:
        yield f"{protocol.label(item.item)} ({spoken(protocol.wording, item.state, item.since)})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
