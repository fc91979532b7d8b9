"""The history of a work-up in words: who changed what and when, each answer with what it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from rls_workup.domain.protocol import SLOT
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State
from rls_workup.exchange.workup_file import answer_from_text
from rls_workup.store import Revision
from rls_workup.store.patches import Tree, parsed, rebuilt, written
from rls_workup.ui.answer_words import step_words
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol

JOINED = timedelta(seconds=60)  # one answer given in several goes
PARTICULARS: Final[Mapping[str, str]] = {
    "family_name": word("Family name"),
    "given_name": word("Given name"),
    "date_of_birth": word("Date of birth"),
    "sex": word("Sex"),
    "identifier": word("Number"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What one version changed, in words; `item` with its answer before, where it is an answer."""

    version: int
    at: str
    author: str
    station: str
    kind: str
    words: str
    item: str = ""
    before: Answer | None = None
    after: Answer | None = None


def history_of(revisions: Sequence[Revision], protocol: Protocol) -> list[Change]:
    """Every change, first to last. Raises ValueError, LookupError or TypeError: the history is damaged."""
    changes: list[Change] = []
    settled: dict[str, Answer | None] = {}
    tree: Tree = None
    for revision in revisions:
        before, tree = tree, _tree_after(tree, revision)
        for change in _changes(revision, before, tree, protocol, settled):
            _join(changes, change, protocol)
    return changes


def _tree_after(tree: Tree, revision: Revision) -> Tree:
    if revision.snapshot is not None:
        return parsed(revision.snapshot)
    if revision.patch is None:
        raise ValueError("neither a patch nor a snapshot")
    return rebuilt(tree, parsed(revision.patch))


def _changes(
    revision: Revision, before: Tree, after: Tree, protocol: Protocol, settled: dict[str, Answer | None]
) -> Iterator[Change]:
    about = (revision.version, revision.at, revision.author, revision.station, revision.kind)
    own = _own_words(revision, before, after)
    if own:
        yield Change(*about, own)
    for words in (*_particulars(before, after), *_replied(before, after, protocol)):
        yield Change(*about, words)
    old, new = _part(before, "answers"), _part(after, "answers")
    if before is None:  # what it came with is told in one line
        settled.update({name: _settled(name, given, protocol) for name, given in new.items()})
        return
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) == new.get(name):
            continue
        was, answer = settled.get(name), _settled(name, new.get(name), protocol)
        if answer == was:
            continue
        settled[name] = answer
        item = protocol.items.get(protocol.renamed.get(name, name))
        words = (
            step_words(protocol, item, was, answer)
            if item
            else say("{name} (not known to this protocol)", name=name)
        )
        yield Change(*about, words, item.id if item else "", was, answer)


def _own_words(revision: Revision, before: Tree, after: Tree) -> str:
    if revision.kind == "void":
        return say("Taken off the worklist: {note}", note=revision.note)
    if revision.kind == "import" and before is None:
        count = len(_part(after, "answers"))
        return (
            say("Taken in with 1 answer") if count == 1 else say("Taken in with {count} answers", count=count)
        )
    if _listed(before, "signing") != _listed(after, "signing"):
        return _signing_words(_listed(after, "signing"))
    if revision.kind == "moved":
        return say("Moved to protocol {version}", version=_part(after, "protocol").get("version", ""))
    return say("Begun") if before is None else ""


def _signing_words(entries: list[Any]) -> str:
    entry = entries[-1] if entries and isinstance(entries[-1], dict) else {}
    who = ", ".join(str(entry[key]) for key in ("name", "role") if entry.get(key))
    if entry.get("act") == "amended":
        return say("Amended by {who}: {reason}", who=who, reason=entry.get("reason", ""))
    return say("Signed by {who}", who=who)


def _particulars(before: Tree, after: Tree) -> Iterator[str]:
    if before is None:
        return
    old, new = _part(before, "patient"), _part(after, "patient")
    for key, label in PARTICULARS.items():
        if old.get(key) != new.get(key):
            yield f"{say(label)} {_shown(key, old.get(key))} → {_shown(key, new.get(key))}"
    old_day, new_day = _text(before, "visit_date"), _text(after, "visit_date")
    if old_day != new_day:
        yield say(
            "Visit {before} → {after}",
            before=_shown("date_of_birth", old_day),
            after=_shown("date_of_birth", new_day),
        )


_SAID: Final = {"accepted": word("Accepted: {finding}"), "set-aside": word("Set aside: {finding}")}
_SAID_BEFORE: Final = {
    "accepted": word("No longer accepted: {finding}"),
    "set-aside": word("No longer set aside: {finding}"),
}


def _replied(before: Tree, after: Tree, protocol: Protocol) -> Iterator[str]:
    """What was said to findings: `Set aside: Iron stores low – gave blood`."""
    if before is None:
        return
    old, new = _listed(before, "replies"), _listed(after, "replies")
    for entry in (entry for entry in new if entry not in old and isinstance(entry, dict)):
        reason = f" – {entry['reason']}" if entry.get("reason") else ""
        answered = _SAID.get(entry.get("stance", ""), word("Answered: {finding}"))
        yield say(answered, finding=_finding_title(entry, protocol)) + reason
    said = [_replied_to(entry) for entry in new]
    for entry in (entry for entry in old if isinstance(entry, dict) and _replied_to(entry) not in said):
        was = _SAID_BEFORE.get(entry.get("stance", ""), word("No longer answered: {finding}"))
        yield say(was, finding=_finding_title(entry, protocol))


def _replied_to(entry: Any) -> object:
    return [entry.get(key) for key in ("finding", "item", "line")] if isinstance(entry, dict) else entry


def _finding_title(entry: dict[str, Any], protocol: Protocol) -> str:
    rule = protocol.rules.get(entry.get("finding", ""))
    about = entry.get("line") or (
        protocol.label(entry["item"]) if entry.get("item") in protocol.items else ""
    )
    title = SLOT.sub("", rule.title).strip() if rule else str(entry.get("finding", ""))
    return f"{title} ({about})" if about else title


def _shown(key: str, value: Any) -> str:
    text = str(value) if value else say("not recorded")
    return shown_date(text) if key == "date_of_birth" and value else text


def _settled(name: str, given: Tree, protocol: Protocol) -> Answer | None:
    """The answer without what was only being typed."""
    if given is None:
        return None
    answer = answer_from_text(written(given), name, protocol)
    if answer.typed and answer.value is None and answer.state is State.REJECTED:
        return None
    return replace(answer, typed="")


def _join(changes: list[Change], change: Change, protocol: Protocol) -> None:
    """One answer given in several goes is one change."""
    last = changes[-1] if changes else None
    if last is None or not _belongs(last, change):
        changes.append(change)
        return
    del changes[-1]
    if change.after == last.before:
        return
    words = step_words(protocol, protocol.items[change.item], last.before, change.after)
    changes.append(replace(change, words=words, before=last.before))


def _belongs(last: Change, change: Change) -> bool:
    same = (last.item, last.author, last.station, last.kind) == (
        change.item,
        change.author,
        change.station,
        change.kind,
    )
    return same and bool(change.item) and change.kind == "edit" and _apart(last.at, change.at) <= JOINED


def _apart(earlier: str, later: str) -> timedelta:
    return abs(datetime.fromisoformat(later) - datetime.fromisoformat(earlier))


def _part(tree: Tree, name: str) -> dict[str, Any]:
    part = tree.get(name) if isinstance(tree, dict) else None
    return part if isinstance(part, dict) else {}


def _listed(tree: Tree, name: str) -> list[Any]:
    part = tree.get(name) if isinstance(tree, dict) else None
    return part if isinstance(part, list) else []


def _text(tree: Tree, name: str) -> str:
    part = tree.get(name) if isinstance(tree, dict) else None
    return part if isinstance(part, str) else ""
