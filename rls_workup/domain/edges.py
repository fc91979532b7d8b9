"""Results at the edge of a published cut-off, and censored ones that may lie on either side of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rls_workup.domain.conditions import Value
from rls_workup.domain.cutoffs import Edge
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.finding import Finding, cutoff_words, mark_words, shown
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.reasons import Because
from rls_workup.domain.wording import word


def edge_findings(protocol: Protocol, facts: WorkupFacts) -> Iterator[Finding]:
    """A note for each result that is within 1 % of a cut-off, or that a cut-off cannot classify.

    Only of cut-offs in rules that are for this patient, as far as is known.
    """
    for item, edges in protocol.edges.items():
        value = facts.values[item]
        if isinstance(value, Quantity) and value.comparator:
            unclear = [edge for edge in edges if edge.at.holds(facts) is None and edge.can_apply(facts)]
            if unclear:
                yield _not_classifiable(protocol, item, value, unclear)
        elif value is not None:
            close = [edge for edge in edges if edge.at.is_near(facts) and edge.can_apply(facts)]
            if close:
                yield _at_threshold(protocol, item, value, close)


def _at_threshold(protocol: Protocol, item: str, value: Value, edges: Sequence[Edge]) -> Finding:
    unit = value.unit if isinstance(value, Quantity) else ""
    words = [cutoff_words(protocol, item, edge.at.cutoff, unit) for edge in edges]
    says = word("{value} equals, or is within 1 % of, {cutoffs}. A repeat may fall on the other side.")
    return _note("at_threshold", word("{label} is at a threshold"), says, protocol, item, value, words)


def _not_classifiable(protocol: Protocol, item: str, value: Quantity, edges: Sequence[Edge]) -> Finding:
    words = [mark_words(protocol, item, edge.at.cutoff, value.unit) for edge in edges]
    says = word("{value} may lie on either side of {cutoffs}. What rests on this waits for an exact result.")
    return _note("not_classifiable", word("{label} is not classifiable"), says, protocol, item, value, words)


def _note(
    kind: str, title: str, says: str, protocol: Protocol, item: str, value: Value, words: Sequence[str]
) -> Finding:
    say, said = protocol.wording.say, list(dict.fromkeys(words))
    unit = value.unit if isinstance(value, Quantity) else ""
    return Finding(
        id=kind,
        item=item,
        severity="note",
        title=say(title, label=protocol.label(item)),
        explanation=say(says, value=shown(value, protocol, item), cutoffs=", ".join(said)),
        because=tuple(Because(item, value, unit, cutoff) for cutoff in said),
        sources=("E",),
        evidence="E",
    )
