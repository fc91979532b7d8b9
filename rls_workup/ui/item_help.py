"""Why an item is asked, what it is held against, where sources disagree, and the sources: F1 on the item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.domain.item_use import (
    bare_title,
    counted_in,
    decisions_with,
    disputes_on,
    draws_a_line,
    rules_on,
    terms_on,
)
from rls_workup.domain.leading import leading_profile
from rls_workup.domain.parts import Item, Rule
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.rule_words import in_words
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.finding_card import EVIDENCE
from rls_workup.ui.fitted import room_for
from rls_workup.ui.scrolled import height_on_screen, scrolled
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_ABOVE = {"card-title": 12, "label": 6}  # pixels at 100 % text


class Line(NamedTuple):
    """Some words with their place in the style sheet."""

    text: str
    role: str = ""


class ItemHelp(QDialog):
    """A quiet page beside the work; it blocks nothing, and its words can be copied."""

    def __init__(self, parent: QWidget, protocol: Protocol, item: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(protocol.label(item))
        px = theme.current.px
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(px(4), px(4), px(12), px(4))
        lines.setSpacing(px(6))
        for line in help_lines(protocol, item):
            lines.addSpacing(px(_ABOVE.get(line.role, 0)))
            lines.addWidget(_label(line))
        lines.addStretch(1)
        buttons = ButtonBox()
        buttons.addButton(say("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        area = scrolled(inside, protocol.label(item))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keys scroll
        column.addWidget(area, 1)
        column.addWidget(buttons)

        wide = min(theme.current.em(50), room_for(self).width())
        high = height_on_screen(inside, wide - px(60), px(90))
        self.resize(wide, min(high, room_for(self).height()))
        area.setFocus()


def show_item_help(parent: QWidget, protocol: Protocol, item: str) -> ItemHelp:
    """The page of an item, shown."""
    page = ItemHelp(parent, protocol, item)
    page.show()
    return page


def help_lines(protocol: Protocol, item_id: str) -> list[Line]:
    """All that there is to say of an item, from why it is asked to its sources."""
    item = protocol.items[item_id]
    rules = rules_on(protocol, item)
    drawn = [rule for rule in rules if rule.about == item_id or draws_a_line(rule.when, item_id)]
    return [
        Line(item.asks, "title"),
        *_why(protocol, item, rules),
        *_lines_drawn(protocol, item, drawn),
        *_rests(protocol, [rule for rule in rules if rule not in drawn]),
        *_disagreement(protocol, rules),
        *_sources(protocol, item, drawn),
    ]


def _why(protocol: Protocol, item: Item, rules: list[Rule]) -> Iterator[Line]:
    yield Line(say("Why it is asked"), "card-title")
    for words in dict.fromkeys(filter(None, (item.help, item.hint))):
        yield Line(words)
    decisions = [decision.title for decision in decisions_with(protocol, item.id)]
    if decisions:
        yield Line(say("For the decision: {titles}.", titles="; ".join(decisions)))
    counted = [protocol.label(each) for each in counted_in(protocol, item.id)]
    if counted:
        yield Line(say("It counts towards: {labels}.", labels="; ".join(counted)))
    if rules and not (decisions or counted or item.help or item.hint):
        yield Line(say("Findings rest on it; they are listed below."))
    if not rules and not decisions:
        yield Line(say("It is recorded and printed; no rule of this protocol rests on it."))
    if item.asked_when:
        yield Line(say("Asked only where: {words}.", words=in_words(protocol, item.asked_when)), "hint")
    for way in item.computed:
        if way.says:
            yield Line(say("Worked out: {how}", how=way.says), "hint")


def _lines_drawn(protocol: Protocol, item: Item, rules: list[Rule]) -> Iterator[Line]:
    terms = terms_on(protocol, item.id)
    if not rules and not terms:
        return
    yield Line(say("What it is held against"), "card-title")
    for term in terms:
        if term.says:
            yield Line(f"{term.says}: {in_words(protocol, term.means)}")
    for rule in rules:
        yield Line(bare_title(rule), "label")
        if rule.when:
            yield Line(in_words(protocol, rule.when))
        yield Line(_about(protocol, rule), "hint")


def _about(protocol: Protocol, rule: Rule) -> str:
    cited = ", ".join(protocol.cite(source) for source in rule.sources)
    marked = say("marked “{flag}”", flag=rule.flag_says) if rule.flag_says else ""
    disputed = say("sources disagree") if rule.disputed or rule.profile else ""
    evidence = say("evidence {tag}", tag=rule.evidence)
    return " · ".join(part for part in (marked, cited, evidence, disputed) if part)


def _rests(protocol: Protocol, rules: list[Rule]) -> Iterator[Line]:
    if rules:
        yield Line(say("What else rests on it"), "card-title")
    for title in dict.fromkeys(map(bare_title, rules)):
        yield Line(f"• {title}")


def _disagreement(protocol: Protocol, rules: list[Rule]) -> Iterator[Line]:
    disputes = disputes_on(protocol, rules)
    said = list(dict.fromkeys(rule.dispute for rule in rules if rule.dispute))
    if disputes or said:
        yield Line(say("Where sources disagree"), "card-title")
    for dispute in disputes:
        first = say("Read first: {profile}", profile=leading_profile(protocol, dispute).title)
        yield Line(f"{dispute.title}. {dispute.says} {first}.")
    for words in said:
        yield Line(words)


def _sources(protocol: Protocol, item: Item, rules: list[Rule]) -> Iterator[Line]:
    yield Line(say("Sources"), "card-title")
    for source in dict.fromkeys((*item.sources, *(each for rule in rules for each in rule.sources))):
        yield Line(source_line(protocol, source), "hint")


def source_line(protocol: Protocol, source: str) -> str:
    """A source with how well it was read."""
    known = protocol.sources[source]
    read = "" if known.evidence == "E" else say(EVIDENCE[known.evidence])
    tag = say("Evidence {tag}: {means}", tag=known.evidence, means=read)
    return f"[{source}] {known.cite}. {tag}" if read else f"[{source}] {known.cite}."


def _label(line: Line) -> WrappedLabel:
    label = WrappedLabel(line.text, line.role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
