"""Who is at which computer, as the system knows them."""

from __future__ import annotations

import getpass
import os


def who_and_where() -> tuple[str, str]:
    """Author and station of a revision or of a line in the log."""
    try:
        author = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name
        author = "unknown"
    return author, _node() or "unknown"


def _node() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform

    return platform.node()
