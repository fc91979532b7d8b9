"""The note for the record: plain text, long or short, with what is pending said as pending."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from rls_workup.domain.finding import Finding
from rls_workup.domain.text import visible
from rls_workup.report import summary
from rls_workup.report.answers_block import parts_of_sums
from rls_workup.report.closing_block import signed_words
from rls_workup.report.findings_block import SIGNS, answered
from rls_workup.report.frame import identity_fields
from rls_workup.report.medicines_block import known_of
from rls_workup.report.missing_block import decision_parts, listed
from rls_workup.report.reading import Sheet
from rls_workup.report.rule_text import basis, inputs
from rls_workup.report.sections import in_order, leading_kind, plan_of
from rls_workup.report.standing_words import completeness

WIDTH = 79
_LEADS = ("!! ", "!  ", "-  ", "   ")


def note_text(sheet: Sheet, *, short: bool = False) -> str:
    """The note; no line is longer than 79 characters, and nothing hidden is in it."""
    paragraphs = _short(sheet) if short else _long(sheet)
    return "\n".join(line for text in paragraphs for line in _folded(text)) + "\n"


def _folded(text: str) -> list[str]:
    """A paragraph in lines; further lines are indented under the text of the first."""
    lead = next((sign for sign in _LEADS if text.startswith(sign)), "")
    rest = visible(" ".join(text.removeprefix(lead).split()))
    hang = "   " if lead else "  "
    folded = textwrap.wrap(rest, WIDTH, initial_indent=lead, subsequent_indent=hang, break_on_hyphens=False)
    return folded or [""]


def _long(sheet: Sheet) -> Iterator[str]:
    yield from _head(sheet)
    yield from _red_flags(sheet)
    yield from _findings(sheet)
    yield from _missing(sheet)
    yield from _sections(sheet)
    yield from _end(sheet)


def _short(sheet: Sheet) -> Iterator[str]:
    say = sheet.say
    yield from _head(sheet)
    acting = [part for part in sheet.assessment.in_force if part.placed in SIGNS]
    for finding in acting:
        yield f"{SIGNS[finding.placed]:<3}{finding.title.rstrip('.')} ({inputs(sheet, finding)})"
    if not acting:
        yield say("None among the answers so far.")
    aside = (f"{part.title.rstrip('.')} ({answered(sheet, part)})" for part in sheet.assessment.set_aside)
    yield from _line(say("Set aside by the clinician"), aside)
    known = summary.results(sheet, summary.items_in(sheet, _led_by(sheet, "quantity")))
    yield from _line(say("Results"), (summary.result_words(sheet, item) for item in known))
    for section in (part for part in in_order(sheet) if leading_kind(sheet, part) == "choice"):
        abnormal, normal, not_examined = summary.looked_at(sheet, summary.items_in(sheet, [section.id]))
        yield from _line(f"{section.title}, {say('abnormal')}", abnormal)
        if not abnormal:
            yield f"{section.title}: {say('normal') if normal and not not_examined else say('not done')}"
    yield from _line(say("Medicines"), (_medicine(name, course) for name, course, _ in summary.taken(sheet)))
    yield from _awaited(sheet)
    yield from _end(sheet)


def _led_by(sheet: Sheet, kind: str) -> list[str]:
    return [section.id for section in in_order(sheet) if leading_kind(sheet, section) == kind]


def _head(sheet: Sheet) -> Iterator[str]:
    about, state = sheet.protocol.about, completeness(sheet.assessment, sheet.workup, sheet.wording)
    yield about.title
    (_, name), *rest = identity_fields(sheet)
    yield f"{name} · {' · '.join(f'{label} {text}' for label, text in rest)}"
    sample = f" · {sheet.say('SAMPLE – no real patient')}" if sheet.sample else ""
    yield f"{state.word} – {state.counts}{sample}"
    yield sheet.say("Protocol {version}", version=f"{about.id} {about.version}")
    yield ""


def _red_flags(sheet: Sheet) -> Iterator[str]:
    flags = summary.red_flags(sheet)
    if flags:
        yield sheet.say("Red flags").upper()
        yield from (f"!! {title}" for title in summary.titles(flags))
        yield ""


def _findings(sheet: Sheet) -> Iterator[str]:
    yield sheet.say("Findings to act on").upper()
    acting = [part for part in sheet.assessment.in_force if part.placed in SIGNS]
    for finding in acting:
        yield from _finding(sheet, finding)
    if not acting:
        yield sheet.say("None among the answers so far.")
    quiet = [part for part in sheet.assessment.in_force if part.placed not in SIGNS]
    if quiet:
        yield ""
        yield sheet.say("Also noted").upper()
        yield from (f"-  {title}" for title in summary.titles(quiet))
    yield ""
    aside = sheet.assessment.set_aside
    if aside:
        yield sheet.say("Set aside by the clinician").upper()
        yield from (f"-  {finding.title.rstrip('.')}. {answered(sheet, finding)}" for finding in aside)
        yield ""


def _finding(sheet: Sheet, finding: Finding) -> Iterator[str]:
    yield f"{SIGNS[finding.placed]:<3}{finding.title.rstrip('.')}. {finding.explanation}"
    cited = "; ".join(sheet.protocol.cite(source) for source in finding.sources if source != "E")
    source = cited or sheet.say("Proposal of this program")
    doubt = f" · {sheet.say('disputed')}" if finding.disputed else ""
    yield f"   {basis(sheet, finding)} · {source}{doubt}"
    if told := answered(sheet, finding):
        yield f"   {told}"


def _missing(sheet: Sheet) -> Iterator[str]:
    lacking = [part for part in sheet.assessment.missing if not part.complete]
    yield from _awaited(sheet)
    if lacking:
        yield ""
        yield sheet.say("Still missing, by decision").upper()
    for missing in lacking:
        said = ". ".join(
            f"{words}: {listed(sheet, items)}" for words, items in decision_parts(sheet, missing)
        )
        yield f"-  {missing.title}. {said}."
    yield ""


def _awaited(sheet: Sheet) -> Iterator[str]:
    waits = summary.awaited(sheet)
    yield f"{sheet.say('Still awaited')}: {'; '.join(waits) or '–'}"


def _sections(sheet: Sheet) -> Iterator[str]:
    for section in in_order(sheet):
        lines = list(_section_lines(sheet, section.id, leading_kind(sheet, section)))
        if lines and section != plan_of(sheet):
            yield section.title.upper()
            yield from lines
            yield ""


def _section_lines(sheet: Sheet, section: str, leading: str) -> Iterator[str]:
    say, items = sheet.say, summary.items_in(sheet, [section])
    if leading == "quantity":
        yield from (f"-  {summary.result_words(sheet, item)}" for item in summary.results(sheet, items))
        items = [item for item in items if item.kind != "quantity" or not sheet.standing(item.id).known]
    if leading == "choice":
        abnormal, normal, not_examined = summary.looked_at(sheet, items)
        yield from _line(say("Abnormal"), abnormal)
        yield from _line(say("Normal"), normal)
        yield from _line(say("Not examined"), not_examined)
        items = [item for item in items if not item.choices]
    if any(item.kind == "medications" for item in items):
        yield from _medicines(sheet)
    yield from _line(say("Yes"), summary.affirmed(sheet, items))
    yield from _line(say("No"), summary.denied(sheet, items))
    yield from _line(say("Recorded"), summary.recorded(sheet, items))
    yield from _line(say("Not answered"), summary.not_had(sheet, summary.items_in(sheet, [section])))
    parts = parts_of_sums(sheet, items)
    yield from _line(
        say("Not asked yet"), summary.unasked(sheet, [item for item in items if item.id not in parts])
    )


def _medicines(sheet: Sheet) -> Iterator[str]:
    lines = summary.taken(sheet)
    if not lines and summary.medicines_asked(sheet):
        yield sheet.say("No medicines.")
    for name, course, line in lines:
        yield f"-  {_medicine(name, course)}. {known_of(sheet, line)}"


def _medicine(name: str, course: str) -> str:
    return f"{name}, {course}" if course else name


def _end(sheet: Sheet) -> Iterator[str]:
    """The plan as far as it is written, what is worth looking at again, who signed."""
    plan = plan_of(sheet)
    items = summary.items_in(sheet, [plan.id] if plan else [])
    said = [*summary.recorded(sheet, items), *summary.affirmed(sheet, items)]
    yield from _line(plan.title if plan else "", said)
    for entry in sheet.workup.signing:
        yield signed_words(entry, sheet.wording)
    yield sheet.say("Work-up {id}", id=sheet.workup.id[:64])


def _line(label: str, parts: Iterable[str]) -> Iterator[str]:
    said = "; ".join(parts)
    if said:
        yield f"{label}: {said}"
