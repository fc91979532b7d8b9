"""The findings: those to act on in a frame with their whole basis, notes more compactly."""

from __future__ import annotations

from rls_workup.domain.finding import Finding
from rls_workup.domain.leading import reading_lines, reading_words
from rls_workup.domain.replies import reply_words
from rls_workup.report.marks import Frame, Strip
from rls_workup.report.reading import Sheet, evidence_words
from rls_workup.report.rows import Cell, heading, row, text_cell
from rls_workup.report.rule_text import basis
from rls_workup.report.typeface import (
    BODY,
    COMPACT,
    HEAVY,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
    TINY_STRONG,
)
from rls_workup.report.wrapping import Run

SIGNS = {"alert": "!!", "caution": "!"}
UNCONFIRMED = "†"


def findings_to_act_on(sheet: Sheet, width: float) -> list[Strip]:
    """Alerts and cautions, most urgent first."""
    urgent = [finding for finding in sheet.assessment.in_force if finding.placed in SIGNS]
    strips = heading(sheet.say("Findings to act on"), width)
    first = " ".join(reading_lines(sheet.protocol, sheet.assessment.findings))
    strips += row([text_cell(0, width, first, SMALL)], above=0, below=2, keep=True) if first else []
    if not urgent:
        return strips + row([text_cell(0, width, sheet.say("None among the answers so far."), BODY)])
    for finding in urgent:
        strips += _framed(sheet, finding, width)
    return strips


def set_aside(sheet: Sheet, width: float) -> list[Strip]:
    """The findings that the clinician set aside, each with the reason, and the values it rests on."""
    aside = sheet.assessment.set_aside
    if not aside:
        return []
    strips = heading(sheet.say("Set aside by the clinician"), width)
    for finding in aside:
        said = (
            Run(finding.title.rstrip(".") + ". ", SMALL_STRONG),
            Run(f"{answered(sheet, finding)} ", SMALL),
            Run(f"{basis(sheet, finding)} · {support(sheet, finding)}", TINY),
        )
        cells = [
            text_cell(7, 16, SIGNS.get(finding.severity, ""), SMALL_STRONG),
            Cell(26, width - 33, (said,)),
        ]
        strips += row(cells, above=1, below=1)
    return strips


def answered(sheet: Sheet, finding: Finding) -> str:
    """What the clinician said to a finding, as a sentence; empty where nothing was said."""
    told = sheet.assessment.replied(finding)
    return f"{reply_words(sheet.protocol, told).rstrip('.')}." if told else ""


def _framed(sheet: Sheet, finding: Finding, width: float) -> list[Strip]:
    heavy = finding.severity == "alert"
    title = Run(finding.title.rstrip(".") + ". ", HEAVY if heavy else STRONG)
    said = Run(f"{finding.explanation} ", BODY if heavy else COMPACT)
    why = Run(f"{basis(sheet, finding)} · {support(sheet, finding)}", TINY)
    told = answered(sheet, finding)
    reply = ((Run(told, SMALL_STRONG),),) if told else ()
    cells = [
        text_cell(7, 16, SIGNS.get(finding.severity, ""), HEAVY),
        Cell(26, width - 33, ((title, said, why), *reply)),
    ]
    strips = row(cells, above=1.6, below=2.2)
    return [_bordered(strip, width, 1.2 if heavy else 0.7) for strip in strips]


def _bordered(strip: Strip, width: float, weight: float) -> Strip:
    return strip._replace(marks=(Frame(0, 0, width, strip.height, weight), *strip.marks))


def support(sheet: Sheet, finding: Finding) -> str:
    """The sources by their numbers, how well they were read, and where they disagree."""
    words = f"{_numbers(sheet, finding)} {evidence_words(sheet, finding)}"
    reading = reading_words(sheet.protocol, finding)
    words = f"{words} · {reading}" if reading else words
    return f"{words} · {_dispute(sheet, finding)}" if finding.disputed else words


def _numbers(sheet: Sheet, finding: Finding) -> str:
    return "".join(
        f"[{number}]" for number in sorted(sheet.source_number(source) for source in finding.sources)
    )


def _cited(sheet: Sheet, finding: Finding) -> str:
    """`NICE NG239; AFP 2025 · `; nothing where the program proposes it."""
    cited = "; ".join(sheet.protocol.cite(source) for source in finding.sources if source != "E")
    return f"{cited} · " if cited else ""


def _dispute(sheet: Sheet, finding: Finding) -> str:
    if finding.dispute:
        return sheet.say("disputed: {dispute}", dispute=finding.dispute)
    return sheet.say("disputed")


def notes(sheet: Sheet, width: float) -> list[Strip]:
    """The findings that change nothing today, each a short paragraph with its sources in short."""
    quiet = [finding for finding in sheet.assessment.in_force if finding.placed not in SIGNS]
    if not quiet:
        return []
    confirm = f"{UNCONFIRMED} {sheet.say('source to be confirmed locally')}"
    strips = heading(sheet.say("Also noted"), width, after=confirm, after_style=SMALL)
    for finding in quiet:
        mark = UNCONFIRMED if finding.evidence in ("S", "G") else ""
        support = f" {_cited(sheet, finding)}{finding.evidence}{mark}"
        reading = reading_words(sheet.protocol, finding)
        dispute = f" · {reading}" if reading else ""
        dispute += f" · {_dispute(sheet, finding)}" if finding.disputed else ""
        said = (
            Run(finding.title.rstrip(".") + ". ", TINY_STRONG),
            Run(finding.explanation, TINY),
            Run(support + dispute, TINY),
        )
        told = answered(sheet, finding)
        reply = (Run(f" {told}", TINY_STRONG),) if told else ()
        strips += row([Cell(0, width, ((*said, *reply),))], above=1, below=1)
    return strips
