"""The limits of every analyte, in each of its units, and the unit traps: what is refused, what is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.exchange.workup_file import workup_from
from tests.clinical_cases import TODAY, protocol

# analyte, unit, refused outside, asked about outside ("" where the two are the same)
LIMITS = [
    ("b12_total", "pg/mL", "10 20000", "100 2000"),
    ("b12_total", "ng/L", "10 20000", "100 2000"),
    ("b12_total", "pmol/L", "7 15000", ""),
    ("b12_active", "pmol/L", "1 2000", "5 256"),
    ("mma", "ng/mL", "1 24000", "5 600"),
    ("mma", "nmol/L", "10 200000", ""),
    ("mma", "umol/L", "0.01 200", ""),
    ("homocysteine", "mg/L", "0.1 70", "0.4 20"),
    ("homocysteine", "umol/L", "1 500", ""),
    ("folate", "ng/mL", "0.1 100", "1 40"),
    ("folate", "ug/L", "0.1 100", "1 40"),
    ("folate", "nmol/L", "0.2 230", ""),
    ("ferritin", "ng/mL", "0.5 100000", "3 1500"),
    ("ferritin", "ug/L", "0.5 100000", "3 1500"),
    ("ferritin", "pmol/L", "1 225000", ""),
    ("iron", "ug/dL", "1 1000", "10 300"),
    ("iron", "umol/L", "0.2 180", ""),
    ("tibc", "ug/dL", "50 1000", "150 600"),
    ("tibc", "umol/L", "9 180", ""),
    ("tsat", "%", "0 100", "3 80"),
    ("transferrin", "mg/dL", "20 1000", "100 500"),
    ("transferrin", "g/L", "0.2 10", "1 5"),
    ("haemoglobin", "g/dL", "2 25", "5 20"),
    ("haemoglobin", "g/L", "20 250", "50 200"),
    ("mcv", "fL", "40 160", "60 130"),
    ("rdw", "%", "5 40", "10 30"),
    ("hypersegmented_neutrophils", "%", "0 100", "0 50"),
    ("creatinine", "mg/dL", "0.1 40", "0.3 15"),
    ("creatinine", "umol/L", "9 3500", ""),
    ("egfr", "mL/min/{1.73_m2}", "0 250", "5 150"),
    ("glucose_fasting", "mg/dL", "10 2000", "40 500"),
    ("glucose_fasting", "mmol/L", "0.6 111", ""),
    ("hba1c", "%", "2 25", "4 16"),
    ("hba1c", "mmol/mol", "10 250", ""),
    ("tsh", "m[IU]/L", "0 1000", "0.01 100"),
    ("tsh", "u[IU]/mL", "0 1000", "0.01 100"),
    ("crp", "mg/L", "0 1000", "0 300"),
    ("crp", "mg/dL", "0 100", "0 30"),
    ("magnesium", "mg/dL", "0.2 15", "0.8 5"),
    ("magnesium", "mmol/L", "0.1 6", ""),
    ("phosphate", "mg/dL", "0.2 20", "1 10"),
    ("phosphate", "mmol/L", "0.1 6.5", ""),
    ("weight", "kg", "0.5 400", ""),
    ("haemoglobin", "mmol/L", "1.2412 15.515", ""),
]
PLAIN_LIMITS = [
    ("age_years", "0 120", "0 105"),
    ("gestation_weeks", "0 45", ""),
    ("irls", "0 40", ""),
    ("psqi", "0 21", ""),
    ("ess", "0 24", ""),
    ("isi", "0 28", ""),
    ("phq9", "0 27", ""),
    ("gad7", "0 21", ""),
    ("cgi_s", "1 7", ""),
    ("hamd", "0 75", ""),
    ("hama", "0 56", ""),
    ("epds", "0 30", ""),
    ("epds_10", "0 3", ""),
    ("stopbang", "0 8", ""),
    ("worse_days_of_7", "0 7", ""),
    *((f"phq9_{number}", "0 3", "") for number in range(1, 10)),
    *((f"gad7_{number}", "0 3", "") for number in range(1, 8)),
]


def _told(item: str, value: object, unit: str = "") -> set[str]:
    answer = {"value": value, "unit": unit} if unit else value
    document = {
        "format": "rls-workup/1",
        "id": "limits",
        "visit_date": "2026-11-20",
        "answers": {item: answer},
    }
    findings = assess(protocol(), workup_from(document, protocol()), TODAY).findings
    return {
        finding.id
        for finding in findings
        if finding.item == item and finding.id.startswith(("input", "unit"))
    }


@pytest.mark.parametrize(
    ("item", "unit", "hard", "soft"), [*LIMITS, *((i, "", h, s) for i, h, s in PLAIN_LIMITS)]
)
def test_the_limits_themselves_are_taken_and_what_lies_outside_is_refused(
    item: str, unit: str, hard: str, soft: str
) -> None:
    low, high = map(Decimal, hard.split())
    step = Decimal(1) if not unit else Decimal("0.001")
    assert "input_rejected" not in _told(item, low, unit) | _told(item, high, unit)
    assert "input_rejected" in _told(item, high + step, unit)
    if low > 0:
        assert "input_rejected" in _told(item, low - min(step, low), unit)


@pytest.mark.parametrize(("item", "unit", "hard", "soft"), [row for row in LIMITS if row[3]])
def test_an_unusual_value_is_taken_and_asked_about(item: str, unit: str, hard: str, soft: str) -> None:
    low, high = map(Decimal, soft.split())
    step = Decimal("0.001")
    assert not _told(item, low, unit) | _told(item, high, unit)
    if high < Decimal(hard.split()[1]):
        assert _told(item, high + step, unit) == {"input_soft_warning"}
    if low > Decimal(hard.split()[0]):
        assert _told(item, low - step, unit) == {"input_soft_warning"}


def test_every_analyte_and_score_has_its_limits_here() -> None:
    tried = {item for item, *_ in LIMITS} | {item for item, *_ in PLAIN_LIMITS}
    limited = {item.id for item in protocol().items.values() if item.kind in ("quantity", "score")}
    assert limited - tried == {"bmi", "height", "mma_lab_limit"}
    pairs = {(item, unit) for item, unit, *_ in LIMITS}
    measured = [
        item for item in protocol().items.values() if item.loinc or item.id in ("tsat", "egfr", "b12_active")
    ]
    assert not {(item.id, unit) for item in measured for unit in item.units} - pairs


TRAPS = [
    ("haemoglobin", 135, "g/dL", {"input_rejected"}),
    ("haemoglobin", 13.5, "g/L", {"input_rejected"}),
    ("creatinine", 88, "mg/dL", {"input_rejected"}),
    ("creatinine", 1, "umol/L", {"input_rejected"}),
    ("b12_total", 250, "", {"unit_required"}),
    ("b12_active", 50, "pg/mL", {"input_rejected"}),
    ("mma", "0.35", "nmol/L", {"input_rejected"}),
    ("mma", "0.35", "umol/L", set()),
    ("hba1c", "6.5", "mmol/mol", {"input_rejected"}),
    ("tsat", "0.28", "%", {"input_soft_warning"}),
    ("tsat", 101, "%", {"input_rejected"}),
    ("ferritin", 168, "pmol/L", set()),
    ("ferritin", "NaN", "ng/mL", {"input_rejected"}),
    ("ferritin", "inf", "ng/mL", {"input_rejected"}),
    ("ferritin", "Infinity", "ng/mL", {"input_rejected"}),
    ("ferritin", "1e999", "ng/mL", {"input_rejected"}),
    ("ferritin", "about 40", "ng/mL", {"input_rejected"}),
    ("ferritin", -1, "ng/mL", {"input_rejected"}),
    ("ferritin", "74,5", "ng/mL", set()),
    ("ferritin", "1,234", "ng/mL", {"input_rejected"}),
]


@pytest.mark.parametrize(("item", "value", "unit", "told"), TRAPS)
def test_every_known_unit_trap_is_refused_or_asked_about(
    item: str, value: object, unit: str, told: set[str]
) -> None:
    given = Decimal(str(value)) if isinstance(value, float) else value
    assert _told(item, given, unit) == told
