"""A rule for people: its condition with names as they are shown, `Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""

from __future__ import annotations

import re

from rls_workup.domain.protocol import Protocol

_NAME = re.compile(r"[a-z][a-z0-9_]*[a-z0-9](?![a-z0-9_/(.*])")
_DRUG_FLAG = re.compile(r"\b(?:takes|took)\(([a-z0-9_]+)\)")
_DENIED = re.compile(r"not \((.*)\)")
_SLOT = re.compile(r" ?\{[a-z0-9_]+\}")
_CALLS = (
    (re.compile(r"\bnot known\(([^()]*)\)"), r"\1 not known"),
    (re.compile(r"\bknown\(([^()]*)\)"), r"\1 known"),
    (re.compile(r"\bawaited\(([^()]*)\)"), r"\1 awaited"),
    (re.compile(r"\bany\(([^()]*)\)"), r"any of (\1)"),
    (re.compile(r"\babnormal\(([^()]*)\)"), r"abnormal: any of (\1)"),
    (re.compile(r"<="), "≤"),
    (re.compile(r">="), "≥"),
    (re.compile(r" \| "), " or "),
)


def in_words(protocol: Protocol, rule: str) -> str:
    """A condition with names as they are shown: `Ferritin ≤ 75 ng/mL or TSAT < 20 %`.

    What is words already, as a term's own are, stays as it is.
    """
    said = {term.says for term in protocol.terms.values()}
    return "; ".join(
        clause if _bare(clause) in said else _clause_in_words(protocol, clause) for clause in rule.split("; ")
    )


def _bare(clause: str) -> str:
    denied = _DENIED.fullmatch(clause)
    return denied[1] if denied else clause


def _clause_in_words(protocol: Protocol, clause: str) -> str:
    text = _DRUG_FLAG.sub(lambda found: f"a medicine that {protocol.flags.get(found[1], found[1])}", clause)
    text = _NAME.sub(lambda found: _name(protocol, found[0]), text)
    for pattern, words in _CALLS:
        text = pattern.sub(words, text)
    return text


def _name(protocol: Protocol, name: str) -> str:
    if name in protocol.items or name in protocol.facts:
        return protocol.label(name)
    if name in protocol.terms:
        return protocol.terms[name].says or name.replace("_", " ")
    return f"“{_SLOT.sub('', protocol.rules[name].title)}”" if name in protocol.rules else name
