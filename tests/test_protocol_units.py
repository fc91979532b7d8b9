"""Every conversion of the shipped protocol against an outside oracle, both ways.

Masses and volumes are pint's own. Where an amount of substance becomes a mass, the molar mass is worked out here
from standard atomic weights (IUPAC 2021) or stated with its source, not taken from the protocol.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pint
import pytest

from rls_workup.domain.parts import Item
from tests.clinical_cases import protocol

_WEIGHTS = {
    "H": 1.008,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "P": 30.973762,
    "S": 32.06,
    "Mg": 24.305,
    "Fe": 55.845,
    "Co": 58.933194,
}
_FORMULAS = {
    "b12_total": "C63H88CoN14O14P",  # cyanocobalamin, the form that assays are calibrated to
    "mma": "C4H6O4",
    "mma_lab_limit": "C4H6O4",
    "homocysteine": "C4H9NO2S",
    "folate": "C19H19N7O6",
    "iron": "Fe",
    "tibc": "Fe",  # the iron that can be bound
    "creatinine": "C4H7N3O",
    "glucose_fasting": "C6H12O6",
    "magnesium": "Mg",
    "phosphate": "P",  # reported as the phosphorus in it
}
_STATED = {
    "ferritin": 445_000.0,  # 24 subunits, about 445 kDa: Harrison PM, Arosio P, Biochim Biophys Acta 1996;1275:161-203
    "haemoglobin": 16_114.5,  # one of the four chains: ICSH, recommendations for haemoglobinometry, J Clin Pathol 1996
}
# The published 88.42 comes from a molar mass of 113.1, 2.266 from one of 441.3.
_OLDER_MOLAR_MASS = {"creatinine": 2.5e-4, "folate": 2.5e-4}
_EXACT = 1e-12
_PINT = {
    "pg/mL": "picogram/milliliter",
    "ng/L": "nanogram/liter",
    "ng/mL": "nanogram/milliliter",
    "ug/L": "microgram/liter",
    "ug/dL": "microgram/deciliter",
    "mg/L": "milligram/liter",
    "mg/dL": "milligram/deciliter",
    "g/L": "gram/liter",
    "g/dL": "gram/deciliter",
    "pmol/L": "picomole/liter",
    "nmol/L": "nanomole/liter",
    "umol/L": "micromole/liter",
    "mmol/L": "millimole/liter",
    "m[IU]/L": "milliIU/liter",
    "u[IU]/mL": "microIU/milliliter",
    "kg": "kilogram",
    "[lb_av]": "pound",
    "cm": "centimeter",
    "m": "meter",
    "[in_i]": "inch",
}
AMOUNTS = ("0.7", "1", "12.5", "75", "133", "350", "2000")


def _conversions() -> list[Any]:
    items = [item for item in protocol().items.values() if item.kind == "quantity" and len(item.units) > 1]
    return [
        pytest.param(item, one, other, id=f"{item.id}: {one} to {other}")
        for item in items
        for one in item.units
        for other in item.units
        if one != other
    ]


@pytest.mark.parametrize(("item", "one", "other"), _conversions())
def test_every_conversion_agrees_with_the_oracle(item: Item, one: str, other: str) -> None:
    for amount in AMOUNTS:
        ours = item.scales[other].from_first(item.scales[one].to_first(Decimal(amount)))
        assert float(ours) == pytest.approx(
            _oracle(item.id, amount, one, other), rel=_tolerance(item, one, other)
        )


@pytest.mark.parametrize(("item", "one", "other"), _conversions())
def test_there_and_back_is_the_same_amount(item: Item, one: str, other: str) -> None:
    for amount in AMOUNTS:
        there = item.scales[other].from_first(item.scales[one].to_first(Decimal(amount)))
        back = item.scales[one].from_first(there * item.scales[other].times + item.scales[other].plus)
        assert back == Fraction(amount)


def test_every_unit_with_another_beside_it_is_known_to_the_oracle() -> None:
    asked = {unit for item in protocol().items.values() if len(item.units) > 1 for unit in item.units}
    assert asked - set(_PINT) == {"%", "mmol/mol"}, "HbA1c has its own master equation"


def _oracle(item: str, amount: str, one: str, other: str) -> float:
    if item == "hba1c":
        return _master_equation(float(amount), to_ngsp=other == "%")
    registry = _registry()
    given = registry.Quantity(float(amount), _PINT[one])
    target = registry.Unit(_PINT[other])
    if given.check("[substance]/[volume]") != registry.Quantity(1, target).check("[substance]/[volume]"):
        molar = registry.Quantity(_molar_mass(item), "gram/mole")
        given = given * molar if given.check("[substance]/[volume]") else given / molar
    return float(given.to(target).magnitude)


def _master_equation(amount: float, *, to_ngsp: bool) -> float:
    """NGSP and IFCC: Hoelzel W et al, Clin Chem 2004;50:166-174."""
    return 0.09148 * amount + 2.152 if to_ngsp else (amount - 2.152) / 0.09148


def _molar_mass(item: str) -> float:
    if item in _STATED:
        return _STATED[item]
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", _FORMULAS[item])
    return sum(_WEIGHTS[element] * int(count or 1) for element, count in parts)


def _tolerance(item: Item, one: str, other: str) -> float:
    """Half of the last digit of each published factor between mass and amount of substance; else exact."""
    first = next(iter(item.units))
    published = [item.units[unit] for unit in (one, other) if _is_molar(unit) != _is_molar(first)]
    if _is_molar(one) == _is_molar(other) or item.id == "hba1c":
        return _EXACT
    return _OLDER_MOLAR_MASS.get(item.id, sum(map(_half_of_the_last_digit, published)) + _EXACT)


def _is_molar(unit: str) -> bool:
    return "mol" in unit


def _half_of_the_last_digit(published: Any) -> float:
    factor = Decimal(str(published["times"] if isinstance(published, dict) else published))
    exponent = int(factor.as_tuple().exponent)
    return float(Decimal("0.5").scaleb(exponent) / factor)


@cache
def _registry() -> Any:
    registry: Any = pint.UnitRegistry()
    registry.define("IU = [activity]")
    return registry
