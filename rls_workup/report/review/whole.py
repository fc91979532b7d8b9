"""The whole protocol in reading order, from what is to be decided to the sources."""

from __future__ import annotations

from collections.abc import Iterator

from rls_workup.domain.parts import Section
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import shown_date
from rls_workup.report.review.drugs import drug_entry
from rls_workup.report.review.items import item_entry
from rls_workup.report.review.parts import EVIDENCE, Chapter, Entry, Group, Review, entry, facts
from rls_workup.report.review.rules import decision_entry, dispute_entry, rule_entry, section_of, term_entry

_READING = (
    "Tick the box of an entry that is right; write beside it what is to be changed.",
    "“When” says a condition in words, “As written” is the line of the protocol file that the program reads. "
    "A missing answer is never a no: a rule that waits for one neither holds nor fails.",
    "Severity: note, caution, alert. Evidence: " + "; ".join(EVIDENCE.values()) + ".",
    "{…} stands for the patient's own value.",
)


def review_of(protocol: Protocol) -> Review:
    """The protocol as a document to be reviewed with a pen."""
    about = protocol.about
    version = f"{about.id} {about.version}"
    own = "; ".join(f"{table}: {', '.join(sorted(ids))}" for table, ids in protocol.changed.items())
    counts = f"{len(protocol.items)} items, {len(protocol.rules)} rules, {len(protocol.drugs)} drugs"
    return Review(
        title=about.title,
        about=facts(
            ("Protocol", f"{version}, text {protocol.mark}"),
            ("Last reviewed", shown_date(about.reviewed)),
            ("Holds", f"{counts}, {len(protocol.sources)} sources"),
            ("Own entries", own or "none: this is the protocol as it ships"),
            ("Intended use", about.intended_use),
        ),
        reading=_READING,
        chapters=tuple(_chapters(protocol)),
        foot=f"Protocol {version} · reviewed {shown_date(about.reviewed)} · text {protocol.mark}",
    )


def _chapters(protocol: Protocol) -> Iterator[Chapter]:
    yield _chapter("Decisions", (decision_entry(protocol, decision) for decision in protocol.decisions))
    if protocol.disputes:
        entries = (dispute_entry(protocol, dispute) for dispute in protocol.disputes.values())
        yield _chapter("Where sources disagree", entries)
    if protocol.terms:
        entries = (term_entry(protocol, term) for term in protocol.terms.values())
        yield _chapter("Terms that rules rest on", entries)
    for section in protocol.sections:
        yield Chapter(section.title, tuple(_groups(protocol, section)), section.hint)
    if rest := _rules(protocol, ""):
        yield Chapter("Rules about no section", (rest,))
    if protocol.drugs:
        yield _drugs(protocol)
    yield _chapter("Units", (_unit(protocol, unit) for unit in protocol.units))
    yield _chapter("Sources", (_source(protocol, source) for source in protocol.sources))
    if protocol.about.notices:
        notices = (entry(protocol, "about", notice, "") for notice in protocol.about.notices)
        yield _chapter("Notices", notices)


def _chapter(title: str, entries: Iterator[Entry]) -> Chapter:
    return Chapter(title, (Group("", tuple(entries)),))


def _groups(protocol: Protocol, section: Section) -> Iterator[Group]:
    items = protocol.items_of(section.id)
    cards = {card.id: card for card in section.cards}
    for card in dict.fromkeys(item.card for item in items):
        entries = tuple(item_entry(protocol, item) for item in items if item.card == card)
        shown = cards.get(card)
        yield Group(shown.title if shown else "", entries, shown.hint if shown else "")
    if rules := _rules(protocol, section.id):
        yield rules


def _rules(protocol: Protocol, section: str) -> Group | None:
    rules = [rule for rule in protocol.rules.values() if section_of(protocol, rule) == section]
    return Group("Rules", tuple(rule_entry(protocol, rule) for rule in rules)) if rules else None


def _drugs(protocol: Protocol) -> Chapter:
    meanings = (entry(protocol, "flags", says, flag) for flag, says in protocol.flags.items())
    drugs = sorted(protocol.drugs.values(), key=lambda drug: drug.name.casefold())
    listed = tuple(drug_entry(protocol, drug) for drug in drugs)
    return Chapter("Medicines", (Group("What the flags mean", tuple(meanings)), Group("Drugs", listed)))


def _unit(protocol: Protocol, name: str) -> Entry:
    unit = protocol.units[name]
    return entry(protocol, "units", unit.shows, name, ("Read as", unit.reads), ("Also", ", ".join(unit.also)))


def _source(protocol: Protocol, name: str) -> Entry:
    source = protocol.sources[name]
    year = f" ({source.year})" if source.year and str(source.year) not in source.cite else ""
    return entry(protocol, "sources", f"{source.cite}{year}", name, ("Evidence", EVIDENCE[source.evidence]))
