"""Nothing is clipped: every section of the shipped protocol, at each text size and window size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clipping import clipped
from PySide6.QtCore import QCoreApplication, QEvent
from screens import Host, sample, settle, shipped

from rls_workup.domain.workup import Patient, Workup
from rls_workup.ui import theme

SIZES = [(1024, 700), (1280, 720), (1440, 900)]


@pytest.fixture
def host(dressed: None) -> Iterator[Host]:
    host = Host()
    yield host
    host.screen.clear()
    host.hide()
    host.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("percent", theme.TEXT_PERCENTS)
def test_nothing_is_clipped(host: Host, size: tuple[int, int], percent: int) -> None:
    theme.current.set_text_percent(percent)
    host.show_workup(shipped(), sample(), *size)
    found: list[str] = []
    for number, section in enumerate(shipped().sections, 1):
        host.screen.show_section(number)
        settle()
        found += [f"{section.id}: {trouble}" for trouble in clipped(host.screen)]
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("percent", theme.TEXT_PERCENTS)
def test_the_text_size_changes_under_way(host: Host, percent: int) -> None:
    host.show_workup(shipped(), sample(), 1280, 720)
    theme.current.set_text_percent(percent)
    settle()
    assert clipped(host.screen) == []


def test_a_long_name_does_not_leave_the_banner(host: Host) -> None:
    patient = Patient(
        "Wolfeschlegelsteinhausenbergerdorff " * 4, "Anna Maria " * 8, "1961-07-14", "female", "9" * 30
    )
    host.show_workup(shipped(), Workup("1", patient=patient, visit_date="2026-11-20"), 1024, 700)
    assert clipped(host.screen.banner) == []
