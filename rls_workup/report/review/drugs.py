"""Drugs for review: names and brands, each flag with its grade, reason and source, the usual alternatives."""

from __future__ import annotations

from rls_workup.domain.parts import Drug, DrugFlag
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.report.review.parts import Entry, cited, entry


def drug_entry(protocol: Protocol, drug: Drug) -> Entry:
    """One drug with everything that the protocol says of it."""
    return entry(
        protocol,
        "drugs",
        drug.name,
        drug.id,
        ("Brands", ", ".join(drug.brands)),
        ("Also spelt", ", ".join(drug.also)),
        ("Classes", ", ".join(name.replace("_", " ") for name in drug.classes)),
        ("RxNorm", drug.rxcui),
        *(("Flag", _flag(protocol, flag)) for flag in drug.flags),
        ("Alternatives", ", ".join(protocol.drugs[other].name for other in drug.alternatives)),
    )


def _flag(protocol: Protocol, flag: DrugFlag) -> str:
    grade = f", grade {flag.grade}" if flag.grade else ""
    months = f", after more than {plain(flag.more_than_months)} months" if flag.more_than_months else ""
    disputed = " Disputed." if flag.disputed else ""
    says = f" {flag.says}" if flag.says else ""
    source = cited(protocol, flag.sources, flag.evidence)
    return f"{protocol.flags[flag.kind]} ({flag.kind}{grade}{months}).{says}{disputed} {source}"
