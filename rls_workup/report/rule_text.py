"""What a finding rests on, in words: its inputs with their values, its rule with names as they are shown."""

from __future__ import annotations

from rls_workup.domain.finding import Finding, shown
from rls_workup.domain.reasons import Because
from rls_workup.domain.rule_words import because_words, in_words
from rls_workup.report.reading import Sheet


def basis(sheet: Sheet, finding: Finding) -> str:
    """The inputs with their values, and the rule: `Ferritin 38 µg/L · rule: Ferritin ≤ 75 ng/mL`."""
    rule = _rule(sheet, finding)
    rested = "" if _names_all(finding, rule) else inputs(sheet, finding)
    return " · ".join(part for part in (rested, sheet.say("rule: {rule}", rule=rule) if rule else "") if part)


def _names_all(finding: Finding, rule: str) -> bool:
    """Whether the rule's words name the given text itself, as those about a medicine do."""
    words = rule.casefold()
    return all(
        isinstance(part.value, str) and words.startswith(part.value.casefold()) for part in finding.because
    )


def inputs(sheet: Sheet, finding: Finding) -> str:
    """What the finding rests on; age and sex only where there is nothing else."""
    facts = sheet.protocol.facts
    asked = [part for part in finding.because if part.item not in facts] or finding.because
    return "; ".join(dict.fromkeys(_input(sheet, part) for part in asked))


def _rule(sheet: Sheet, finding: Finding) -> str:
    """The whole rule or the clauses that held, whichever is shorter."""
    protocol = sheet.protocol
    asked = [part.rule for part in finding.because if part.rule and part.item not in protocol.facts]
    clauses = [clause for rule in asked for clause in rule.split("; ")]
    held = "; ".join(dict.fromkeys(because_words(protocol, finding.id, clause) for clause in clauses))
    whole = in_words(protocol, protocol.rules[finding.id].when) if finding.id in protocol.rules else ""
    words = min((text for text in (held, whole) if text), key=len, default="")
    return "" if words.rstrip(".") == finding.explanation.rstrip(".") else words


def _input(sheet: Sheet, because: Because) -> str:
    value = shown(because.value, sheet.protocol, because.item)
    unit = sheet.protocol.shown_unit(because.unit)
    if unit and not value.endswith(unit):
        value = f"{value} {unit}"
    return f"{sheet.protocol.label(because.item)} {value or sheet.say('not known')}"
