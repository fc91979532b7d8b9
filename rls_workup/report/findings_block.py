"""The findings: those to act on in a frame with their whole basis, notes more compactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rls_workup.domain.finding import Finding
from rls_workup.report.marks import Frame, Strip
from rls_workup.report.reading import Sheet, because_words, evidence_words, rule_words
from rls_workup.report.rows import Cell, heading, row, text_cell
from rls_workup.report.typeface import (
    BODY,
    COMPACT,
    COMPACT_STRONG,
    HEAVY,
    SMALL,
    STRONG,
    Style,
)
from rls_workup.report.wrapping import Run

_SIGNS = {"alert": "!!", "caution": "!"}


def findings_to_act_on(sheet: Sheet, width: float) -> list[Strip]:
    """Alerts and cautions, most urgent first."""
    urgent = [finding for finding in sheet.assessment.findings if finding.severity in _SIGNS]
    strips = heading("Findings to act on", width)
    if not urgent:
        return strips + row([text_cell(0, width, "None among the answers so far.", BODY)])
    for finding in urgent:
        strips += _framed(sheet, finding, width)
    return strips


def _framed(sheet: Sheet, finding: Finding, width: float) -> list[Strip]:
    heavy = finding.severity == "alert"
    said = (Run(finding.title.rstrip(".") + ". ", HEAVY if heavy else STRONG), Run(finding.explanation, BODY))
    cells = [
        text_cell(7, 16, _SIGNS[finding.severity], HEAVY),
        Cell(26, width - 33, (said, *_basis(sheet, finding, SMALL))),
    ]
    strips = row(cells, above=3.5, below=4)
    return [_bordered(strip, width, 1.2 if heavy else 0.7) for strip in strips]


def _bordered(strip: Strip, width: float, weight: float) -> Strip:
    return strip._replace(marks=(Frame(0, 0, width, strip.height, weight), *strip.marks))


def _basis(sheet: Sheet, finding: Finding, style: Style) -> Iterable[Sequence[Run]]:
    inputs = "; ".join(dict.fromkeys(because_words(sheet, part) for part in finding.because))
    rules = "; ".join(dict.fromkeys(rule_words(sheet, part.rule) for part in finding.because if part.rule))
    if rules.rstrip(".") == finding.explanation.rstrip("."):
        rules = ""
    text = " · ".join(
        part for part in (inputs, f"rule: {rules}" if rules else "", _support(sheet, finding)) if part
    )
    yield (Run(text, style),)


def _support(sheet: Sheet, finding: Finding) -> str:
    numbers = "".join(f"[{sheet.source_number(source)}]" for source in finding.sources)
    words = f"{numbers} {evidence_words(finding)}"
    if finding.disputed:
        words += f" · disputed{f': {finding.dispute}' if finding.dispute else ''}"
    return words


def notes(sheet: Sheet, width: float) -> list[Strip]:
    """The findings that change nothing today, each a short paragraph."""
    quiet = [finding for finding in sheet.assessment.findings if finding.severity not in _SIGNS]
    if not quiet:
        return []
    strips = heading("Also noted", width)
    for finding in quiet:
        said = (
            Run(finding.title.rstrip(".") + ". ", COMPACT_STRONG),
            Run(finding.explanation + " ", COMPACT),
            Run(_note_basis(sheet, finding), SMALL),
        )
        strips += row([Cell(0, width, (said,))], above=0.8, below=0.8)
    return strips


def _note_basis(sheet: Sheet, finding: Finding) -> str:
    inputs = "; ".join(dict.fromkeys(because_words(sheet, part) for part in finding.because))
    return f"({inputs}) {_support(sheet, finding)}" if inputs else _support(sheet, finding)
