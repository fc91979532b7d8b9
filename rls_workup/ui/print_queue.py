"""What the printing system says about a job: Qt hands it over without looking whether it was taken."""

from __future__ import annotations

import sys
from ctypes import CDLL, c_char_p
from functools import cache

_FIRST_FAULT = 0x0300  # of IPP's statuses; the ones below are kinds of success


def why_refused() -> str:
    """Why CUPS did not take the last job of this thread, in its words; "" where it did or is not there."""
    cups = _cups()
    if cups is None or 0 <= cups.cupsLastError() < _FIRST_FAULT:
        return ""
    words = cups.cupsLastErrorString() or b""
    return str(words.decode("utf-8", "replace")).rstrip(".") or "?"


@cache
def _cups() -> CDLL | None:
    if sys.platform != "linux":
        return None
    try:
        cups = CDLL("libcups.so.2")
        cups.cupsLastErrorString.restype = c_char_p
    except (OSError, AttributeError):
        return None
    return cups
