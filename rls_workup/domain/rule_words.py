"""A rule for people: its condition with names as they are shown, `Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word

_DENIED = re.compile(r"not \((.*)\)")
_SLOT = re.compile(r" ?\{[a-z0-9_]+\}")
_TOKEN = re.compile(
    r"""
    (?P<call>not\ known|[a-z][a-z_]*)\((?P<inside>(?:[^()]|\([^()]*\))*)\)(?:\ >=\ (?P<least>[0-9]+))?
    | (?P<item>[a-z][a-z0-9_]*)\ (?P<op>=|!=|in)\ (?P<values>[a-z][a-z0-9_]*|\([a-z0-9_,\ ]*\))
    | (?:(?<=[0-9]\ )|(?<=\ as\ ))(?P<unit>[^\s|();,]+)
    | (?P<name>[a-z][a-z0-9_]*\*?)(?![a-z0-9_/.])
    | (?P<number>[0-9]+\.[0-9]+)
    | (?P<sign><=|>=|!=|\|)
    """,
    re.VERBOSE,
)
_CALLS = {
    "known": word("{items} known"),
    "not known": word("{items} not known"),
    "awaited": word("{items} awaited"),
    "computed": word("{items} as worked out"),
    "any": word("any of ({items})"),
    "all": word("all of ({items})"),
    "abnormal": word("abnormal: any of ({items})"),
    "count": word("how many of ({items})"),
    "abs": word("the size of ({items})"),
}
_ABOUT_MEDICINES = {
    "takes": word("a medicine that {what}"),
    "took": word("a medicine, now or once, that {what}"),
    "takes_drug": word("takes {what}"),
    "offers": word("{what} could stand in for a medicine"),
}
_JOINING = {
    "and": word("and"),
    "or": word("or"),
    "not": word("not"),
    "unless": word("unless"),
    "as": word("as"),
}
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}


def in_words(protocol: Protocol, rule: str) -> str:
    """A condition with names as they are shown; words that stand in it already, as a term's own, stay."""
    said = {term.says for term in protocol.terms.values()}
    return "; ".join(_clause(protocol, clause, said) for clause in rule.split("; "))


def because_words(protocol: Protocol, finding: str, rule: str) -> str:
    """What a finding says of an input: a rule in words; what is no rule is words already."""
    known = protocol.rules.get(finding)
    return in_words(protocol, rule) if known and known.when else rule


def _clause(protocol: Protocol, clause: str, said: set[str]) -> str:
    denied = _DENIED.fullmatch(clause)
    if denied and denied[1] in said:
        return protocol.wording.say("not ({condition})", condition=denied[1])
    return clause if clause in said else _told(protocol, clause)


def _told(protocol: Protocol, text: str) -> str:
    return _TOKEN.sub(lambda found: _TOLD[str(found.lastgroup)](protocol, found), text)


def _call(protocol: Protocol, found: re.Match[str]) -> str:
    called, inside, say = found["call"], found["inside"], protocol.wording.say
    if called in _ABOUT_MEDICINES:
        known = protocol.drugs.get(inside)
        what = known.name if known else protocol.flags.get(inside, inside)
        return say(_ABOUT_MEDICINES[called], what=what)
    items = _told(protocol, inside)
    if called == "count" and found["least"]:
        return say("at least {number} of ({items})", number=found["least"], items=items)
    if called == "abnormal" and "," not in inside:
        return say("{item} abnormal", item=items)
    told = say(_CALLS[called], items=items) if called in _CALLS else f"{called}({items})"
    return f"{told} ≥ {found['least']}" if found["least"] else told


def _choice(protocol: Protocol, found: re.Match[str]) -> str:
    item, op, given = found["item"], found["op"], found["values"]
    values = [value.strip() for value in given.strip("()").split(",")]
    shown = ", ".join(protocol.choice_shown(item, value) for value in values)
    if op == "in":
        return protocol.wording.say("{item} is one of ({values})", item=_word(protocol, item), values=shown)
    return f"{_word(protocol, item)} {_SIGNS.get(op, op)} {shown}"


def _unit(protocol: Protocol, found: re.Match[str]) -> str:
    return (
        protocol.shown_unit(found["unit"])
        if found["unit"] in protocol.units
        else _word(protocol, found["unit"])
    )


def _word(protocol: Protocol, name: str) -> str:
    if name in _JOINING:
        return protocol.wording.say(_JOINING[name])
    if name in protocol.items or name in protocol.facts:
        return protocol.label(name)
    if name in protocol.terms:
        return protocol.terms[name].says or name.replace("_", " ")
    if name.endswith("*"):
        return ", ".join(item.label for item in protocol.items.values() if fnmatchcase(item.id, name))
    return f"“{_SLOT.sub('', protocol.rules[name].title)}”" if name in protocol.rules else name


def _sign(protocol: Protocol, found: re.Match[str]) -> str:
    return _SIGNS.get(found["sign"]) or protocol.wording.say("or")


_TOLD: Mapping[str, Callable[[Protocol, re.Match[str]], str]] = {
    "inside": _call,
    "least": _call,
    "values": _choice,
    "unit": _unit,
    "name": lambda protocol, found: _word(protocol, found["name"]),
    "number": lambda protocol, found: protocol.wording.number(found["number"]),
    "sign": _sign,
}
