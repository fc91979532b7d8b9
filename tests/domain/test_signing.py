"""A signature closes a work-up; an amendment opens it again and is never forgotten."""

from __future__ import annotations

import pytest

from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.workup import Status, Workup

SIGNED = Signing(Act.SIGNED, "Dr A. Example", "2026-11-22T14:32:07+01:00", "neurologist")
AMENDED = Signing(Act.AMENDED, "Dr A. Example", "2026-11-23T09:00:00+01:00", reason="late result")


@pytest.mark.parametrize(
    ("acts", "status", "closed"),
    [
        ([], Status.IN_PROGRESS, False),
        ([SIGNED], Status.COMPLETED, True),
        ([SIGNED, AMENDED], Status.AMENDED, False),
        ([SIGNED, AMENDED, SIGNED], Status.AMENDED, True),
    ],
)
def test_what_it_stands_at(acts: list[Signing], status: Status, closed: bool) -> None:
    workup = Workup("w1")
    for entry in acts:
        workup = workup.with_signing(entry)
    assert (workup.status, workup.closed, workup.signing) == (status, closed, tuple(acts))


@pytest.mark.parametrize(
    ("status", "closed", "after"),
    [(Status.COMPLETED, True, Status.COMPLETED), (Status.AMENDED, False, Status.AMENDED)],
)
def test_a_status_that_came_with_a_file_counts_too(status: Status, closed: bool, after: Status) -> None:
    workup = Workup("w1", status=status)
    assert workup.closed is closed
    assert workup.with_signing(SIGNED).status is after
