"""Names of tests: whole names, in any spelling, and never a part of another name."""

from __future__ import annotations

import pytest
from smallprotocol import small

from rls_workup.domain.lab_names import LabNames, name_key, names_of
from rls_workup.protocols import load_protocol


@pytest.fixture(scope="module")
def names() -> LabNames:
    return LabNames(load_protocol().items.values())


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("Ferritin", "ferritin"),
        ("FERRITIN i.S.", "ferritin"),
        ("S-Ferritin", "ferritin"),
        ("Ferritin (Serum)", "ferritin"),
        ("Ferritin im Serum", "ferritin"),
        ("P-Ferritin, plasma", "ferritin"),
        ("Vitamin B 12", "b12_total"),
        ("B12 (aktiv)", "b12_active"),
        ("Transferrinsättigung", "tsat"),
        ("Transferrinsa\u0308ttigung", "tsat"),
        ("Fe", "iron"),
        ("vitamin d", "vitamin_d"),
        ("Ferritin CSF", None),
        ("Urine creatinine", None),
        ("UIBC", None),
        ("serum", None),
        ("", None),
        ("weight", None),
    ],
)
def test_a_name_is_known_whole_or_not_at_all(names: LabNames, written: str, item: str | None) -> None:
    for _again in range(2):
        found = names.named(written)
        assert (found.id if found else None) == item


@pytest.mark.parametrize(
    ("code", "item"), [("2276-4", "ferritin"), ("14723-1", "ferritin"), ("1", None), ("", None)]
)
def test_a_loinc_code_is_known(names: LabNames, code: str, item: str | None) -> None:
    found = names.coded(code)
    assert (found.id if found else None) == item


def test_what_no_laboratory_reports_has_no_names() -> None:
    assert [*names_of(small().items["urge"])] == []
    assert name_key("Müller-12 ²") == "muller122"
