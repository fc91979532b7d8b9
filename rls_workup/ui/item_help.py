"""Why an item is asked, what it is held against, and on what source: F1 on the item in focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.finding import cutoff_words
from rls_workup.domain.protocol import Protocol
from rls_workup.ui.plain import plain_box
from rls_workup.ui.words import say


def show_item_help(parent: QWidget, protocol: Protocol, item: str) -> QMessageBox:
    """A quiet box beside the work; it blocks nothing."""
    box = plain_box(parent, protocol.label(item), protocol.items[item].asks, help_text(protocol, item))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(QMessageBox.StandardButton.Close)
    box.setModal(False)
    box.show()
    return box


def help_text(protocol: Protocol, item: str) -> str:
    """Help, thresholds and sources of an item."""
    part = protocol.items[item]
    parts = [part.help or part.hint]
    marks = [_threshold(protocol, item, place) for place in range(len(protocol.thresholds.get(item, ())))]
    if marks:
        parts.append(say("Held against: ") + "; ".join(dict.fromkeys(marks)) + ".")
    cited = dict.fromkeys((*part.sources, *_rule_sources(protocol, item)))
    parts += [f"[{source}] {protocol.sources[source].cite}" for source in cited]
    return "\n\n".join(filter(None, parts))


def _threshold(protocol: Protocol, item: str, place: int) -> str:
    threshold = protocol.thresholds[item][place]
    words = cutoff_words(protocol, item, Cutoff(threshold.op, threshold.marks), "")
    return f"{words} {threshold.rule.flag_says.lower()}".strip()


def _rule_sources(protocol: Protocol, item: str) -> list[str]:
    return [source for threshold in protocol.thresholds.get(item, ()) for source in threshold.rule.sources]
