"""What stands in words beside a field: cut-offs under the label, and how a value came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rls_workup.domain.assessment import Standing
from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.finding import Finding, cutoff_words, shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol, Threshold
from rls_workup.domain.quantity import Quantity, decimal_of, plain
from rls_workup.domain.workup import Answer
from rls_workup.ui.words import say

_MOST_THRESHOLDS = 2


def threshold_words(protocol: Protocol, item: Item, unit: str) -> list[str]:
    """The cut-offs of an item, each with what it marks: `≤ 75 ng/mL low for RLS`."""
    rules: dict[str, list[Threshold]] = {}
    for threshold in protocol.thresholds.get(item.id, ()):
        rules.setdefault(threshold.rule.id, []).append(threshold)
    words = (_rule_words(protocol, item, thresholds, unit) for thresholds in rules.values())
    return list(dict.fromkeys(word for word in words if word))


def _rule_words(protocol: Protocol, item: Item, thresholds: Sequence[Threshold], unit: str) -> str:
    cutoffs = [cutoff_words(protocol, item.id, Cutoff(t.op, t.marks), unit) for t in thresholds if t.marks]
    says = thresholds[0].rule.flag_says
    return f"{_joined(list(dict.fromkeys(cutoffs)))} {_lower(says)}" if cutoffs and says else ""


def _joined(cutoffs: list[str]) -> str:
    """`> 75 and ≤ 100 ng/mL`: the unit once, and never apart from its number."""
    parts = [words.split(" ", 2) for words in cutoffs]
    units = {part[2] for part in parts if len(part) == 3}
    if len(units) == 1:
        parts = [part[:2] for part in parts[:-1]] + parts[-1:]
    joint = " or " if len({part[0][0] for part in parts}) == 1 else " and "
    return joint.join("\u00a0".join(part) for part in parts)


def _lower(words: str) -> str:
    """`Low for RLS` inside a line; `IV-only band` stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def beside_the_label(
    protocol: Protocol, item: Item, standing: Standing | None, findings: Sequence[Finding]
) -> str:
    """The cut-offs that matter now: those behind the flag, else the first of the item."""
    value = standing.value if standing else None
    unit = value.unit if isinstance(value, Quantity) else next(iter(item.units), "")
    fired = {finding.id for finding in findings if finding.flag}
    mine = protocol.thresholds.get(item.id, ())
    behind = [threshold for threshold in mine if threshold.rule.id in fired]
    if behind and standing is not None and standing.flag:
        return _rule_words(protocol, item, [t for t in behind if t.rule.id == behind[0].rule.id], unit)
    return "\n".join(threshold_words(protocol, item, unit)[:_MOST_THRESHOLDS])


def how_it_came(
    protocol: Protocol, item: Item, standing: Standing, answer: Answer | None, *, draft: bool
) -> str:
    """How the value was worked out or converted, and where it came from; that a draft is not a value yet."""
    return " ".join((*_draft_words(protocol, item, standing, draft), *_how(protocol, item, standing, answer)))


def _draft_words(protocol: Protocol, item: Item, standing: Standing, draft: bool) -> Iterator[str]:
    if draft:
        yield say("Typed before the program ended, and not entered. Press Enter in the field to take it.")
    if draft and standing.known:
        yield say("Until then {value} counts.", value=shown(standing.value, protocol, item.id))


def _how(protocol: Protocol, item: Item, standing: Standing, answer: Answer | None) -> Iterator[str]:
    if not standing.applies and answer is not None:
        yield say("Not asked any more with the other answers; kept, and it counts until it is taken back.")
    if standing.computed:
        value = shown(standing.value, protocol, item.id)
        yield say(
            "{value}, worked out: {computed}. A typed value goes first.",
            value=value,
            computed=standing.computed,
        )
    if converted := _converted(protocol, item, standing):
        yield say(
            "= {converted}, converted from {value}.",
            converted=converted,
            value=shown(standing.value, protocol, item.id),
        )
    if answer is not None and answer.source:
        yield say("From {source}.", source=answer.source)


def _converted(protocol: Protocol, item: Item, standing: Standing) -> str:
    """The value in the unit of the cut-offs, where none is published in the unit that was typed."""
    value, thresholds = standing.value, protocol.thresholds.get(item.id, ())
    if not isinstance(value, Quantity) or not thresholds or standing.computed:
        return ""
    published = [unit for threshold in thresholds for _, unit in threshold.marks if unit in item.scales]
    mine = item.scales.get(value.unit)
    if not published or mine is None or any(item.scales[unit] == mine for unit in published):
        return ""
    amount = item.scales[published[0]].from_first(mine.to_first(value.amount))
    shown_amount = plain(decimal_of(amount), max(item.decimals, 1))
    return f"{value.comparator}{shown_amount} {protocol.shown_unit(published[0])}"
