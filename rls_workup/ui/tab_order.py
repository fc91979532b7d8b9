"""Where the Tab key goes: pane after pane as they are read, however late the parts of a pane were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_on(window: QWidget, panes: Sequence[QWidget], *, forward: bool) -> bool:
    """The focus goes to the next stop, or back to the one before; what is in no pane comes first."""
    stops = sorted(_stops(window), key=lambda stop: _pane_of(stop, panes))
    focused = window.focusWidget()
    if not stops:
        return False
    at = stops.index(focused) if focused in stops else -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def _pane_of(stop: QWidget, panes: Sequence[QWidget]) -> int:
    """Counted from 1; 0 where it is in none."""
    return next((at for at, pane in enumerate(panes, 1) if pane is stop or pane.isAncestorOf(stop)), 0)


def _stops(window: QWidget) -> Iterator[QWidget]:
    """All that can have the focus by the Tab key now; Qt's own order keeps each pane's inside right."""
    stop = window.nextInFocusChain()
    while stop is not None and stop is not window:
        takes = stop.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and stop.isVisible() and stop.isEnabled() and stop.focusProxy() is None:
            yield stop
        stop = stop.nextInFocusChain()
