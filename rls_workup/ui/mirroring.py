"""Parts placed by hand, mirrored where the window reads from the right to the left."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def mirror(whole: QWidget, parts: Iterable[QWidget], width: int) -> None:
    """Put parts that stand in their places from the left in their places from the right; else nothing."""
    if whole.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        for part in parts:
            part.move(width - part.x() - part.width(), part.y())
