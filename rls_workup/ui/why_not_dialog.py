"""The findings that are not there, each with the condition that is not met or the answers it waits for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.drug_names import fold_name
from rls_workup.domain.rule_words import in_words
from rls_workup.domain.why_not import Quiet, why_not
from rls_workup.ui import icons, theme
from rls_workup.ui.column import Column
from rls_workup.ui.fitted import fit
from rls_workup.ui.plain import mnemonic_safe, one_line, plain_label, tip
from rls_workup.ui.session import Session
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_MOST_JUMPS = 4


class WhyNotDialog(QDialog):
    """A line to search by, the quiet rules, and what the marked one says; it follows the answers."""

    jump = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(say("Why not"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("Find by finding, test or word, for example ferritin"))
        self.line.setAccessibleName(say("Find a finding that is not there"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("Findings that are not there"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.told = QScrollArea()
        self.told.setWidgetResizable(True)
        self.told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._count = plain_label(role="hint")
        self._arrange()
        self.line.textChanged.connect(self._search)
        self.list.currentItemChanged.connect(self._show_marked)
        session.changed.connect(self._changed)
        self._changed()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        margin = theme.current.px(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(8))
        below = QHBoxLayout()
        below.setSpacing(theme.current.px(12))
        below.addWidget(self.list, 1)
        below.addWidget(self.told, 1)
        column.addWidget(self.line)
        column.addWidget(self._count)
        column.addLayout(below, 1)
        fit(self, 58, 32)

    def _changed(self, _item: str = "") -> None:
        """The rules that are quiet now; the marked one stays marked while it is."""
        marked = self._marked()
        self._quiet = why_not(self._session.assessment)
        self._searched = {each.rule: fold_name(self._all_words(each)) for each in self._quiet}
        self._search(self.line.text(), marked.rule if marked else "")

    def _all_words(self, each: Quiet) -> str:
        protocol = self._session.protocol
        rule = in_words(protocol, protocol.rules[each.rule].when)
        return f"{each.title} {each.rule.replace('_', ' ')} {' '.join(each.reasons)} {rule}"

    def _search(self, text: str, marked: str = "") -> None:
        words = fold_name(text).split()
        found = [each for each in self._quiet if all(word in self._searched[each.rule] for word in words)]
        self.list.clear()
        for each in found:
            entry = QListWidgetItem(one_line(each.title))
            entry.setIcon(icons.icon("circle-dashed" if each.waits_for else "circle-minus", "muted"))
            entry.setToolTip(tip(each.title))
            entry.setData(Qt.ItemDataRole.UserRole, each)
            entry.setData(Qt.ItemDataRole.AccessibleDescriptionRole, "; ".join(each.reasons))
            self.list.addItem(entry)
        waiting = sum(bool(each.waits_for) for each in found)
        self._count.setText(
            say("Waiting for answers: {count}. Not met: {rest}.", count=waiting, rest=len(found) - waiting)
        )
        rules = [each.rule for each in found]
        self.list.setCurrentRow(rules.index(marked) if marked in rules else 0 if rules else -1)
        if not found:
            self._show_marked()

    def _marked(self) -> Quiet | None:
        entry = self.list.currentItem()
        found = entry.data(Qt.ItemDataRole.UserRole) if entry is not None else None
        return found if isinstance(found, Quiet) else None

    def _show_marked(self, *_entries: object) -> None:
        marked = self._marked()
        self.told.setWidget(self._told(marked) if marked else WrappedLabel(say("Nothing matches."), "hint"))

    def _told(self, quiet: Quiet) -> QWidget:
        protocol = self._session.protocol
        rule = protocol.rules[quiet.rule]
        px = theme.current.px
        told = Column(px(8), (px(12), px(12), px(12), px(12)))
        told.setProperty("role", "bare")
        told.add(WrappedLabel(quiet.title, "label"))
        for reason in quiet.reasons:
            told.add(WrappedLabel(f"{reason[:1].upper()}{reason[1:]}."))
        if rule.when:
            told.add(WrappedLabel(say("The rule: {rule}", rule=in_words(protocol, rule.when)), "hint"))
        cited = " · ".join(dict.fromkeys(protocol.cite(source) for source in rule.sources if source != "E"))
        told.add(WrappedLabel(cited or say("Proposal of this program"), "hint"))
        for item in quiet.waits_for[:_MOST_JUMPS]:
            if item in protocol.items:
                told.add(self._jump(item, protocol.label(item)))
        return told

    def _jump(self, item: str, label: str) -> QPushButton:
        button = QPushButton(mnemonic_safe(say("Go to {item}", item=label)))
        button.setProperty("role", "link")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._go, item))
        return button

    def _go(self, item: str, _checked: bool = False) -> None:
        self.jump.emit(item)
