"""The sheet as a page for screen readers and browsers: the same content and order, as plain HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

from rls_workup.domain.finding import Finding
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.parts import Item, Section
from rls_workup.domain.wording import word
from rls_workup.report.closing_block import own_entries, signed_words, source_words
from rls_workup.report.drawable import token
from rls_workup.report.earlier_block import earlier_rows
from rls_workup.report.findings_block import answered, support
from rls_workup.report.frame import PageFrame, identity_fields
from rls_workup.report.item_words import ItemWords
from rls_workup.report.medicines_block import known_of, told_of
from rls_workup.report.missing_block import decision_parts, listed
from rls_workup.report.reading import Sheet
from rls_workup.report.rule_text import basis
from rls_workup.report.sections import concerned, in_order

_STYLE = """
body { font: 1em/1.5 Inter, system-ui, sans-serif; color: #16232e; max-width: 60em; margin: 0 auto;
  padding: 1em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #7a8894; padding: .3em .6em .3em 0 }
caption { text-align: left; font-weight: 600; padding: .3em 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em }
dt { grid-column: 1; font-weight: 600 }
dd { grid-column: 2; margin: 0 }
section { margin: .5em 0 }
.alert, .caution { border: 1px solid; padding: .4em .8em }
.alert { border-width: 3px }
h3, section p { margin: .2em 0 }
small { color: #4a5b69 }
@media print { body { max-width: none; padding: 0 } }
"""
_SEVERITY = {"alert": word("Alert"), "caution": word("Caution"), "note": word("Note")}
_HEADS = (word("Asked"), word("Answer"), word("Flag"), word("Threshold"), word("Taken"), word("Remark"))
_MEDICINE = (word("Medicine"), word("Dose and time"), word("What is known of it here"))


def web_page(sheet: Sheet) -> bytes:
    """One HTML document without scripts or outside parts; the same work-up gives the same bytes."""
    page = _Page(sheet)
    ElementTree.indent(page.root, " ")
    text = ElementTree.tostring(page.root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{_printable(text)}\n".encode()


def _printable(text: str) -> str:
    """With `[U+202E]` for what HTML cannot hold, and for what would turn the text around it."""
    return _UNFIT.sub(lambda found: token(found[0]), text)


_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class _Page:
    """Builds the tree; every text goes in as text, so that nothing of it can be markup."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.root = ElementTree.Element("html", lang=sheet.protocol.language)
        self.frame = PageFrame(sheet, 1000, "")
        self._head()
        body = self._in(self.root, "body")
        self.main = self._in(body, "main")
        self._identity()
        found = sheet.assessment.in_force
        self._findings(sheet.say("Findings to act on"), [part for part in found if part.placed != "note"])
        if sheet.assessment.set_aside:
            self._findings(sheet.say("Set aside by the clinician"), sheet.assessment.set_aside)
        self._missing()
        for section in in_order(sheet):
            self._section(section)
        self._signatures()
        self._findings(sheet.say("Also noted"), [part for part in found if part.placed == "note"])
        self._sources()
        self._kept()
        self._foot(body)

    def _in(self, where: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> Any:
        made = ElementTree.SubElement(where, tag, attributes)
        made.text = text or None
        return made

    def _head(self) -> None:
        head = self._in(self.root, "head")
        self._in(head, "meta", charset="utf-8")
        self._in(head, "meta", name="viewport", content="width=device-width")
        self._in(head, "title", self.sheet.say("RLS workup sheet"))
        self._in(head, "style", _STYLE)

    def _identity(self) -> None:
        self._in(self.main, "h1", self.frame.title)
        said = f"{self.frame.state.word} – {self.frame.state.counts}"
        said = f"{said} · {self.sheet.say('SAMPLE')}" if self.sheet.sample else said
        self._in(self._in(self.main, "p"), "strong", said)
        terms = self._in(self.main, "dl")
        for label, text in identity_fields(self.sheet):
            self._in(terms, "dt", label)
            self._in(terms, "dd", text)

    def _findings(self, title: str, findings: Sequence[Finding]) -> None:
        self._in(self.main, "h2", title)
        if not findings:
            self._in(self.main, "p", self.sheet.say("None among the answers so far."))
        for finding in findings:
            part = self._in(self.main, "section", **{"class": finding.severity})
            self._in(part, "h3", f"{self.sheet.say(_SEVERITY[finding.severity])}: {finding.title}")
            self._in(part, "p", finding.explanation)
            why = f"{basis(self.sheet, finding)} · {support(self.sheet, finding)}"
            self._in(self._in(part, "p"), "small", why)
            if told := answered(self.sheet, finding):
                self._in(self._in(part, "p"), "strong", told)

    def _missing(self) -> None:
        lacking = [missing for missing in self.sheet.assessment.missing if not missing.complete]
        if not lacking:
            return
        self._in(self.main, "h2", self.sheet.say("Still missing, by decision"))
        terms = self._in(self.main, "dl")
        for missing in lacking:
            self._in(terms, "dt", missing.title)
            for words, items in decision_parts(self.sheet, missing):
                self._in(terms, "dd", f"{words}: {listed(self.sheet, items)}")

    def _section(self, section: Section) -> None:
        items, standings = concerned(self.sheet, section), self.sheet.assessment.standings
        given = [item for item in items if standings[item.id].known or standings[item.id].state]
        unasked = [item for item in items if item not in given]
        if not items:
            return
        self._in(self.main, "h2", section.title)
        plain = [item for item in given if item.kind != "medications"]
        if plain:
            self._table(section.title, _HEADS, [self._row(item) for item in plain])
        for item in given:
            if item.kind == "medications":
                self._medicines(item)
        for item, words in earlier_rows(self.sheet, plain):
            self._in(self.main, "p", f"{self.sheet.say('Earlier visits')}: {item.label}: {words}")
        if unasked:
            words = ", ".join(item.label for item in unasked)
            self._in(self.main, "p", f"{self.sheet.say('Not asked yet')}: {words}")

    def _row(self, item: Item) -> Sequence[str]:
        words = ItemWords(self.sheet, item)
        value, unit = words.amount()
        answer = f"{value} {unit}".strip() or self.sheet.spoken(words.standing.state, words.standing.since)
        state = words.state() if words.standing.known else ""
        flag = " ".join(part for part in (words.flag, state) if part)
        taken = words.taken() if item.kind == "quantity" else ""
        return item.label, answer, flag, words.threshold, taken, words.remark()

    def _medicines(self, item: Item) -> None:
        standing, answer = self.sheet.standing(item.id), self.sheet.answer(item)
        if not isinstance(standing.value, tuple) or answer is None:
            words = ItemWords(self.sheet, item)
            self._in(self.main, "p", f"{item.label}: {words.state()} {words.remark()}")
            return
        lines = [
            (line.name, told_of(self.sheet, given) or "–", known_of(self.sheet, line))
            for given, line in zip(answer.value, standing.value, strict=False)
            if isinstance(line, TakenDrug)
        ]
        if lines:
            self._table(item.label, _MEDICINE, lines)
        else:
            self._in(self.main, "p", self.sheet.say("No medicines."))

    def _table(self, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        table = self._in(self.main, "table")
        self._in(table, "caption", caption)
        line = self._in(self._in(table, "thead"), "tr")
        for head in heads:
            self._in(line, "th", self.sheet.say(head), scope="col")
        body = self._in(table, "tbody")
        for name, *cells in rows:
            line = self._in(body, "tr")
            self._in(line, "th", name, scope="row")
            for cell in cells:
                self._in(line, "td", cell)

    def _sources(self) -> None:
        if not self.sheet.numbers:
            return
        self._in(self.main, "h2", self.sheet.say("Sources"))
        sources = self._in(self.main, "ol")
        for source in self.sheet.numbers:
            self._in(sources, "li", source_words(self.sheet, source))

    def _signatures(self) -> None:
        for entry in self.sheet.workup.signing:
            self._in(self.main, "p", signed_words(entry, self.sheet.wording))

    def _kept(self) -> None:
        entries = own_entries(self.sheet)
        if not entries:
            return
        self._in(self.main, "h2", self.sheet.say("Kept as entered"))
        terms = self._in(self.main, "dl")
        for label, text in entries:
            self._in(terms, "dt", label)
            self._in(terms, "dd", text)

    def _foot(self, body: ElementTree.Element) -> None:
        foot = self._in(body, "footer")
        for line in self.frame.said():
            self._in(self._in(foot, "p"), "small", line)
