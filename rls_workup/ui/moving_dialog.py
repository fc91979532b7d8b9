"""What changes when a work-up moves to another protocol: its findings, its items, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.domain.comparison import Difference
from rls_workup.domain.finding import Finding
from rls_workup.domain.moving import Move
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Workup
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_SHORT = 60
_TABLES = {
    "items": word("Item"),
    "rules": word("Rule"),
    "terms": word("Term"),
    "decisions": word("Decision"),
    "disputes": word("Where sources disagree"),
    "drugs": word("Medicine"),
    "sources": word("Source"),
}
_KINDS = {"added": word("new"), "removed": word("not asked any more"), "renamed": word("has a new id")}


class MovingDialog(QDialog):
    """The differences in words; moving or staying is the person's choice."""

    def __init__(self, parent: QWidget, old: Protocol, new: Protocol, workup: Workup, move: Move) -> None:
        super().__init__(parent)
        version = new.about.version
        self.setWindowTitle(say("Protocol {version}", version=version))
        self.buttons = ButtonBox()
        accept = self.buttons.addButton(
            say("&Move to {version}", version=version), QDialogButtonBox.ButtonRole.AcceptRole
        )
        restyle(accept, role="primary")
        self.buttons.addButton(
            say("&Stay with {version}", version=old.about.version), QDialogButtonBox.ButtonRole.RejectRole
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(_lead(old, new), "label"))
        listed = scrolled(_listed(list(_parts(old, workup, move))), say("What changes"))
        listed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        column.addWidget(listed, 1)
        column.addWidget(self.buttons)
        fit(self, 46, 36)


def _lead(old: Protocol, new: Protocol) -> str:
    return say(
        "This work-up was filled in under protocol {version} and stays with it unless you "
        "move it to {newer}. No answer is dropped, and Undo takes the move back.",
        version=old.about.version,
        newer=new.about.version,
    )


Part = tuple[str, Sequence[str]]


def _parts(old: Protocol, workup: Workup, move: Move) -> Iterator[Part]:
    touching = move.touching(workup)
    yield say("FINDINGS OF THIS WORK-UP"), list(_findings(move)) or [say("They stay as they are.")]
    if touching:
        yield say("WHAT IS ANSWERED HERE"), [difference_words(difference) for difference in touching]
    if move.kept:
        kept = [
            say("{item}: the answer is kept and shown, and counts no more.", item=old.label(item))
            for item in move.kept
        ]
        yield say("NOT ASKED ANY MORE"), kept
    rest = [difference for difference in move.differences if difference not in touching]
    if rest:
        yield (
            say("EVERYTHING ELSE THAT CHANGES ({count})", count=len(rest)),
            [difference_words(part) for part in rest],
        )


def _findings(move: Move) -> Iterator[str]:
    yield from (say("New {finding}", finding=_said(finding)) for finding in move.come)
    yield from (say("No longer: {finding}", finding=_said(finding)) for finding in move.gone)
    for before, after in move.changed:
        yield say("Was {before}\nNow {after}", before=_said(before), after=_said(after))


def _said(finding: Finding) -> str:
    return f"{finding.severity}: {finding.title}"


def difference_words(difference: Difference) -> str:
    """`Item Ferritin, limits: 0.5 to 100000 → 0.5 to 50000`; long texts stand below each other."""
    name = f"{say(_TABLES[difference.table])} {difference.title}"
    if difference.kind in _KINDS:
        return f"{name}: {say(_KINDS[difference.kind])}"
    before, after = difference.before or say("nothing"), difference.after or say("nothing")
    if len(before) <= _SHORT and len(after) <= _SHORT:
        return f"{name}, {difference.what}: {before} → {after}"
    was = say("Was: {before}\nNow: {after}", before=before, after=after)
    return f"{name}, {difference.what}\n{was}"


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
