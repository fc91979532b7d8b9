"""A store in a folder of its own, and a work-up to put into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rls_workup.store import Saved, Store, Summary, open_store

# The first text that Hypothesis draws costs it seconds, and nothing here is about the clock.
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)

Put = Callable[..., Saved]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of a store is run on both engines, unless it is about files."""
    if "store" in metafunc.fixturenames:
        file_only = any(metafunc.definition.iter_markers("file_only"))
        metafunc.parametrize("store", ["file"] if file_only else ["file", "server"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    on_server = request.param == "server"
    opened = open_store(request.getfixturevalue("address") if on_server else tmp_path / "workups.db")
    yield opened
    opened.close()


@pytest.fixture
def put(store: Store) -> Put:
    """Save one version of a work-up, with what is not said filled in."""

    def save(
        workup_id: str = "w1",
        base: int = 0,
        document: str | None = None,
        status: str = "in-progress",
        **listed: object,
    ) -> Saved:
        text = document if document is not None else json.dumps({"id": workup_id, "base": base})
        return store.save(workup_id, base, text, Summary(status, **listed), "Dr Who", "Room 1")  # type: ignore[arg-type]

    return save
