"""An assessment of the small protocol from a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import Assessment, assess

Assessed = Callable[..., Assessment]


@pytest.fixture
def assessed() -> Assessed:
    """`assessed(ferritin="75 ng/mL", sex="female")`: answers by id; facts of the patient by name."""

    def of(
        born: str = "1980-05-01", sex: str = "female", visit: str = "2026-11-20", **answers: Any
    ) -> Assessment:
        patient = {"date_of_birth": born, "sex": sex}
        return assess(small(), workup(patient, visit, **answers), TODAY)

    return of
