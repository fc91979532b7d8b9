"""What the battery measured, as one table at the end: the goal beside what was reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

Told = Callable[[str, str, str], None]
Times = Callable[[int, int], int]
LONG_SECONDS = 3600


def add_option(parser: pytest.Parser) -> None:
    """`--battery long`; the short form is what every run of the tests has."""
    parser.addoption(
        "--battery", choices=("short", "long"), default="short", help="how long to try to break things"
    )


def is_long(config: pytest.Config) -> bool:
    """Whether the long form was asked for."""
    return bool(config.getoption("--battery") == "long")


def table(terminal: pytest.TerminalReporter) -> None:
    """Write the figures of all that was run, also by other processes."""
    rows = sorted(_rows(terminal))
    if rows:
        terminal.section("battery")
        terminal.write_line("| trial | goal | reached |\n|---|---|---|")
    for row in rows:
        terminal.write_line("| " + " | ".join(row) + " |")


def _rows(terminal: pytest.TerminalReporter) -> Iterator[tuple[str, ...]]:
    for reports in terminal.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "battery" and report.when == "call":
                    yield tuple(value)
