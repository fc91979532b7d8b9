"""Where the Tab key goes: pane after pane as they are read, however late the parts of a pane were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rls_workup.ui import theme

_LINE_PX = 6  # centres of one line lie no further from each other


def go_on(window: QWidget, panes: Sequence[QWidget], *, forward: bool) -> bool:
    """The focus goes to the next stop, or back to the one before; what is in no pane comes first."""
    stops = sorted(_read(window), key=lambda stop: _pane_of(stop, panes))
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


def _stops(window: QWidget) -> list[QWidget]:
    """All that can have the focus by the Tab key now.

    Not by Qt's own chain: to ask for it makes PySide take each widget for a child of the next, and when that
    one is destroyed, it forgets widgets that are still there, and the program crashes.
    """
    return [
        stop
        for stop in window.findChildren(QWidget)
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus
        and stop.isVisible()
        and stop.isEnabled()
        and stop.focusProxy() is None
    ]


def _read(window: QWidget) -> Iterator[QWidget]:
    """Line after line, and in a line as it is read."""
    mirrored = window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    places = [(stop.mapTo(window, stop.rect().center()), stop) for stop in _stops(window)]
    places.sort(key=lambda placed: placed[0].y())
    line: list[tuple[int, QWidget]] = []
    bottom = 0
    for at, stop in places:
        if line and at.y() > bottom + theme.current.px(_LINE_PX):
            yield from (part for _, part in sorted(line, key=lambda placed: placed[0]))
            line = []
        bottom = at.y()
        line.append((-at.x() if mirrored else at.x(), stop))
    yield from (part for _, part in sorted(line, key=lambda placed: placed[0]))
