"""What every test stands on: no screen, private files, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.battery.figures import add_option, table

if TYPE_CHECKING:
    from tests.cluster import Cluster

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = os.path.join(os.path.dirname(__file__), "fonts.conf")
# Nobody's own choices and protocol folder lie here.
os.environ["XDG_CONFIG_HOME"] = os.path.join(os.sep, "nowhere", "rls-workup-tests")

# No clock is asserted: a shared machine under coverage may be slow. A failure can be run again as it was.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    add_option(parser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    table(terminalreporter)


@pytest.fixture(autouse=True)
def _private_files() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def stay_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", stay_here)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this test process."""
    from tests.cluster import Cluster

    running = Cluster()
    yield running
    running.close()


@pytest.fixture
def address(cluster: Cluster) -> str:
    """The address of an empty store on that server."""
    return cluster.emptied()
