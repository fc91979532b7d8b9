"""The referral letter: why, the question, and what is known; what was not asked is not made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rls_workup.domain.finding import Finding
from rls_workup.domain.parts import Item
from rls_workup.report import summary
from rls_workup.report.answers_block import parts_of_sums
from rls_workup.report.closing_block import signature
from rls_workup.report.drawable import drawable
from rls_workup.report.item_words import ItemWords
from rls_workup.report.marks import MILLIMETRE, Frame, Mark, Strip, Stroke, Words
from rls_workup.report.paper_texts import paper_texts
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.rule_text import inputs
from rls_workup.report.sections import leading_kind
from rls_workup.report.typeface import (
    BODY,
    COMPACT,
    COMPACT_STRONG,
    HEADING,
    HEAVY,
    SMALL,
    SMALL_STRONG,
    STRONG,
)
from rls_workup.report.wrapping import Run

_NAMES = 112.0
_GUTTER = 20.0
_ADDRESS = 9 * MILLIMETRE
_PEN = 8 * MILLIMETRE
_URGENCY = {"alert": 3, "caution": 2, "note": 1}


class Letter(NamedTuple):
    """One letter of `resources/papers/referral.toml`, with the findings that are its reasons."""

    id: str
    title: str
    to: str
    request: str
    question: str
    asked: Sequence[str]
    told: Sequence[str]
    findings: Sequence[str]
    safety: str
    quoted: Sequence[str]
    reasons: Sequence[tuple[str, Finding]]


def letters(sheet: Sheet) -> list[Letter]:
    """The letters that there are, in the language of the sheet. Raises WorkupError where it has none."""
    return [_letter(sheet, entry) for entry in paper_texts("referral", sheet.protocol.language)["letters"]]


def _letter(sheet: Sheet, entry: dict[str, Any]) -> Letter:
    found = {finding.id: finding for finding in reversed(sheet.assessment.in_force)}
    reasons = [
        (part["says"], found[part["finding"]]) for part in entry["reasons"] if part["finding"] in found
    ]
    return Letter(**{**entry, "reasons": reasons})


def letter_of(sheet: Sheet) -> Letter:
    """The letter of the sheet's kind; of `referral` the one that the work-up has the better reason for."""
    offered = letters(sheet)
    wanted = sheet.kind.partition("_")[2]
    if wanted:
        return next(letter for letter in offered if letter.id == wanted)
    return max(offered, key=lambda letter: _urgency(sheet, letter))


def _urgency(sheet: Sheet, letter: Letter) -> tuple[bool, bool, int]:
    """An alert first, then what was asked for, then the most severe reason; the first of equals."""
    most = max((_URGENCY[finding.severity] for _, finding in letter.reasons), default=0)
    standings = sheet.assessment.standings
    requested = letter.request in standings and standings[letter.request].awaited
    return most == _URGENCY["alert"], requested, most


def referral_title(sheet: Sheet) -> str:
    return letter_of(sheet).title


def referral(sheet: Sheet, width: float) -> list[Strip]:
    """The whole letter."""
    letter = letter_of(sheet)
    strips = _address(sheet, letter, width) + _red_flags(sheet, width)
    strips += _heading(sheet.say("Reason and question"), width)
    strips += _reasons(sheet, letter, width) + _question(sheet, letter, width)
    strips += _findings(sheet, letter, width) + _asked(sheet, letter, width)
    strips += _results(sheet, width) + _examination(sheet, width)
    strips += _medicines(sheet, width) + _awaited(sheet, width)
    return [*strips, Strip(6), *signature(width, sheet.wording, sheet.workup)]


def _heading(text: str, width: float) -> list[Strip]:
    """Closer than on the sheet, so that a letter fits one page where it can."""
    return row([text_cell(0, width, text, HEADING)], above=6, below=1.5, keep=True)


def _address(sheet: Sheet, letter: Letter, width: float) -> list[Strip]:
    """To and from, with lines to write on: the program knows neither's address."""
    half = (width - _GUTTER) / 2
    marks: list[Mark] = []
    columns = ((0.0, sheet.say("To"), letter.to), (half + _GUTTER, sheet.say("From"), sheet.printed_by))
    for x, label, name in columns:
        marks += [Stroke(x, base, x + half, base, 0.5) for base in (_ADDRESS, _ADDRESS + _PEN)]
        marks.append(Words(x, 12, label, SMALL))
        marks.append(Words(x + 34, 12, _one_line(name), STRONG))
    return [Strip(_ADDRESS + _PEN + 3, tuple(marks))]


def _one_line(text: str) -> str:
    return drawable(" ".join(text.split()))[:60]


def _red_flags(sheet: Sheet, width: float) -> list[Strip]:
    strips: list[Strip] = []
    for finding in summary.red_flags(sheet):
        runs = (
            Run(finding.title.rstrip(".") + ". ", HEAVY),
            Run(f"{finding.explanation} ", BODY),
            Run(inputs(sheet, finding), SMALL),
        )
        cells = [text_cell(7, 16, "!!", HEAVY), Cell(26, width - 33, (runs,))]
        strips += [
            strip._replace(marks=(Frame(0, 0, width, strip.height, 1.2), *strip.marks))
            for strip in row(cells, above=2.4, below=3)
        ]
    return _heading(sheet.say("Red flags"), width) + strips if strips else []


def _reasons(sheet: Sheet, letter: Letter, width: float) -> list[Strip]:
    strips: list[Strip] = []
    for says, finding in letter.reasons:
        runs = (Run(f"{says} ", STRONG), Run(inputs(sheet, finding), COMPACT))
        strips += row([Cell(0, width, (runs,))], above=1.2, below=1.6)
    if strips:
        return strips
    none = sheet.say("The work-up records no reason for this referral yet.")
    line = Stroke(0, _PEN - 4, width, _PEN - 4, 0.5)
    return [*row([text_cell(0, width, none, BODY)]), Strip(_PEN, (line,))]


def _question(sheet: Sheet, letter: Letter, width: float) -> list[Strip]:
    asked = sheet.value(letter.question) if letter.question in sheet.protocol.items else ""
    label = sheet.say("Question")
    if asked:
        return _named(label, [asked], width, strong=True)
    line = Stroke(_NAMES, _PEN - 4, width, _PEN - 4, 0.5)
    return [Strip(_PEN, (Words(0, _PEN - 5, label, COMPACT_STRONG), line))]


def _findings(sheet: Sheet, letter: Letter, width: float) -> list[Strip]:
    """Criteria, course and severity as found, then what was told of the history."""
    found = [part for part in sheet.assessment.in_force if part.decision in letter.findings]
    items = summary.items_in(sheet, letter.told)
    say, known = sheet.say, sheet.protocol.items
    strips = _named(say("Criteria and severity"), summary.titles(found), width)
    for item in (known[name] for name in letter.quoted if name in known):
        strips += _named(item.label, [sheet.value(item.id)], width)
    strips += _named(say("Red flags asked about"), _safety(sheet, letter), width)
    strips += _named(say("Recorded"), summary.recorded(sheet, _scores_first(sheet, items)), width)
    strips += _named(say("Yes"), summary.affirmed(sheet, items), width)
    return _heading(say("Findings"), width) + strips if strips else []


def _safety(sheet: Sheet, letter: Letter) -> list[str]:
    """Which red flags were answered yes, that none was, and which were not asked about."""
    items = summary.items_in(sheet, [letter.safety])
    yes, unasked = summary.affirmed(sheet, items), summary.unasked(sheet, items)
    if items and not (yes or unasked or summary.not_had(sheet, items)):
        return [sheet.say("all asked about, each answered no")]
    not_asked = sheet.say("not asked about: {items}", items=", ".join(unasked))
    return [*yes, *summary.not_had(sheet, items), *([not_asked] if unasked else ())]


def _scores_first(sheet: Sheet, items: Iterable[Item]) -> list[Item]:
    """The scores but for their parts, which a sum or a computed value stands for; then the other values."""
    scores = [item for item in sheet.protocol.items.values() if item.kind == "score"]
    parts, told = parts_of_sums(sheet, scores), list(items)
    first = [item for item in scores if item.id not in parts]
    return first + [item for item in told if item not in first]


def _asked(sheet: Sheet, letter: Letter, width: float) -> list[Strip]:
    """Sections that the reader needs whole: yes, no, and what was not asked."""
    strips: list[Strip] = []
    for section in (part for part in sheet.protocol.sections if part.id in letter.asked):
        items = [
            item for item in summary.items_in(sheet, [section.id]) if item.kind not in ("text", "request")
        ]
        rows = _named(sheet.say("Yes"), summary.affirmed(sheet, items), width)
        rows += _named(sheet.say("No"), summary.denied(sheet, items), width)
        rows += _named(sheet.say("Recorded"), summary.recorded(sheet, _no_scores(items)), width)
        rows += _named(sheet.say("Not answered"), summary.not_had(sheet, items), width)
        rows += _named(sheet.say("Not asked yet"), summary.unasked(sheet, items), width)
        strips += _heading(section.title, width) + rows if rows else []
    return strips


def _no_scores(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind != "score"]


def _results(sheet: Sheet, width: float) -> list[Strip]:
    """The measurements that are there, two beside each other."""
    known = summary.results(sheet, _measured(sheet))
    if not known:
        return []
    half = (width - _GUTTER) / 2
    strips = _heading(sheet.say("Results"), width)
    depth = (len(known) + 1) // 2
    for place in range(depth):
        cells: list[Cell] = []
        for column, number in enumerate((place, place + depth)):
            if number < len(known):
                cells += _result(sheet, known[number], column * (half + _GUTTER), half)
        strips += row(cells, above=1, below=1.2, rule=(0, width))
    return strips


def _measured(sheet: Sheet) -> list[Item]:
    """The quantities of sections that are made of them: blood tests, not weight and height."""
    sections = [part for part in sheet.protocol.sections if leading_kind(sheet, part) == "quantity"]
    return summary.items_in(sheet, [part.id for part in sections])


def _result(sheet: Sheet, item: Item, x: float, width: float) -> list[Cell]:
    words = ItemWords(sheet, item)
    value = " ".join(part for part in words.amount() if part)
    flag = (Run(f"{words.flag} ", COMPACT_STRONG), Run(words.state(), SMALL)) if words.flag else ()
    return [
        text_cell(x, width * 0.26, item.label, COMPACT),
        text_cell(x + width * 0.27, width * (0.25 if flag else 0.5), value, COMPACT_STRONG),
        Cell(x + width * 0.53, width * 0.25, (flag,)),
        text_cell(x + width * 0.79, width * 0.21, words.taken(), SMALL),
    ]


def _examination(sheet: Sheet, width: float) -> list[Strip]:
    strips: list[Strip] = []
    for section in (part for part in sheet.protocol.sections if leading_kind(sheet, part) == "choice"):
        items = summary.items_in(sheet, [section.id])
        abnormal, normal, not_examined = summary.looked_at(sheet, items)
        strips += _heading(section.title, width)
        if not (abnormal or normal):
            strips += row([text_cell(0, width, sheet.say("Not examined."), COMPACT)])
            continue
        strips += _named(sheet.say("Abnormal"), abnormal, width, strong=True)
        strips += _named(sheet.say("Normal"), normal, width)
        strips += _named(sheet.say("Not examined"), not_examined, width)
        strips += _named(sheet.say("Not answered"), summary.not_had(sheet, items), width)
    return strips


def _medicines(sheet: Sheet, width: float) -> list[Strip]:
    """Each medicine on a line of its own, with dose, time and note."""
    lines = summary.taken(sheet)
    said = summary.no_medicines(sheet)
    runs = [(Run(f"{name} ", COMPACT_STRONG), Run(course, COMPACT)) for name, course, _ in lines]
    label = text_cell(0, _NAMES - 8, sheet.say("Medicines"), SMALL_STRONG)
    cell = Cell(_NAMES, width - _NAMES, runs or [(Run(said, COMPACT),)])
    return row([label, cell], above=4, below=3)


def _awaited(sheet: Sheet, width: float) -> list[Strip]:
    return _named(sheet.say("Still awaited"), summary.awaited(sheet), width, strong=True)


def _named(label: str, parts: Iterable[str], width: float, *, strong: bool = False) -> list[Strip]:
    said = "; ".join(parts)
    if not said:
        return []
    style = COMPACT_STRONG if strong else COMPACT
    cells = [
        text_cell(0, _NAMES - 8, label, SMALL_STRONG),
        text_cell(_NAMES, width - _NAMES, said, style),
    ]
    return row(cells, above=1, below=1.2)
