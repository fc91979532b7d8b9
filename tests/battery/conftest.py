"""Everything here is of the battery, and says its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.battery.figures import LONG_SECONDS, Times, Told, is_long

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.battery)
            if is_long(config):
                item.add_marker(pytest.mark.timeout(LONG_SECONDS))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Told:
    """Tell one line of the table: the trial, the goal, what was reached."""

    def tell(trial: str, goal: str, reached: str) -> None:
        request.node.user_properties.append(("battery", (trial, goal, reached)))

    return tell


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    """How often: the first number in the short form, the second in the long one."""
    return lambda short, long: long if is_long(request.config) else short
