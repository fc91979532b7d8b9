"""What changes when a work-up moves to another protocol: its findings, its items, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.domain.comparison import Difference
from rls_workup.domain.finding import Finding
from rls_workup.domain.moving import Move
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.ui import theme
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.wrapped import WrappedLabel

_SHORT = 60
_TABLES = {
    "items": "Item",
    "rules": "Rule",
    "terms": "Term",
    "decisions": "Decision",
    "disputes": "Where sources disagree",
    "drugs": "Medicine",
    "sources": "Source",
}
_KINDS = {"added": "new", "removed": "not asked any more", "renamed": "has a new id"}


class MovingDialog(QDialog):
    """The differences in words; moving or staying is the person's choice."""

    def __init__(self, parent: QWidget, old: Protocol, new: Protocol, workup: Workup, move: Move) -> None:
        super().__init__(parent)
        version = new.about.version
        self.setWindowTitle(f"Protocol {version}")
        self.buttons = QDialogButtonBox()
        accept = self.buttons.addButton(f"&Move to {version}", QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(accept, role="primary")
        self.buttons.addButton(f"&Stay with {old.about.version}", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(_lead(old, new), "label"))
        listed = scrolled(_listed(list(_parts(old, workup, move))), "What changes")
        listed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        column.addWidget(listed, 1)
        column.addWidget(self.buttons)
        self.resize(theme.current.em(46), theme.current.em(36))


def _lead(old: Protocol, new: Protocol) -> str:
    return (
        f"This work-up was filled in under protocol {old.about.version} and stays with it unless you move it "
        f"to {new.about.version}. No answer is dropped, and Undo takes the move back."
    )


Part = tuple[str, Sequence[str]]


def _parts(old: Protocol, workup: Workup, move: Move) -> Iterator[Part]:
    touching = move.touching(workup)
    yield "FINDINGS OF THIS WORK-UP", list(_findings(move)) or ["They stay as they are."]
    if touching:
        yield "WHAT IS ANSWERED HERE", [difference_words(difference) for difference in touching]
    if move.kept:
        kept = [f"{old.label(item)}: the answer is kept and shown, and counts no more." for item in move.kept]
        yield "NOT ASKED ANY MORE", kept
    rest = [difference for difference in move.differences if difference not in touching]
    if rest:
        yield f"EVERYTHING ELSE THAT CHANGES ({len(rest)})", [difference_words(part) for part in rest]


def _findings(move: Move) -> Iterator[str]:
    yield from (f"New {_said(finding)}" for finding in move.come)
    yield from (f"No longer: {_said(finding)}" for finding in move.gone)
    for before, after in move.changed:
        yield f"Was {_said(before)}\nNow {_said(after)}"


def _said(finding: Finding) -> str:
    return f"{finding.severity}: {finding.title}"


def difference_words(difference: Difference) -> str:
    """`Item Ferritin, limits: 0.5 to 100000 → 0.5 to 50000`; long texts stand below each other."""
    name = f"{_TABLES[difference.table]} {difference.title}"
    if difference.kind in _KINDS:
        return f"{name}: {_KINDS[difference.kind]}"
    before, after = difference.before or "nothing", difference.after or "nothing"
    if len(before) <= _SHORT and len(after) <= _SHORT:
        return f"{name}, {difference.what}: {before} → {after}"
    return f"{name}, {difference.what}\nWas: {before}\nNow: {after}"


def _listed(parts: Sequence[Part]) -> QWidget:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme.current.px(8), 0)
    column.setSpacing(theme.current.px(8))
    for title, lines in parts:
        column.addWidget(plain_label(title, "overline"))
        for line in lines:
            column.addWidget(WrappedLabel(line))
        column.addSpacing(theme.current.px(8))
    column.addStretch(1)
    return inside
