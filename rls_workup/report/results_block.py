"""The results table: value, unit, flag, threshold and date; and lines to write what is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.finding import cutoff_words
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Threshold
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.workup import State
from rls_workup.report.dates import shown_date
from rls_workup.report.drawable import drawable
from rls_workup.report.marks import WRITING_LINE, Arrow, Frame, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet, given_words, spoken
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import BODY, COMPACT, HEAVY, SMALL, SMALL_STRONG, TINY, Style, width_of
from rls_workup.report.wrapping import Run, wrap

# Left edges of the columns, as shares of the width: test, result, unit, flag, threshold, date.
_EDGES = (0.0, 0.26, 0.37, 0.475, 0.655, 0.845, 1.0)
_GUTTER, _LONG_UNIT = 16.0, 9
_UNITS, _LEAST_LINE = 52.0, 50.0
_FLAGS = {"low": "L", "high": "H", "critical_low": "LL", "critical_high": "HH", "abnormal": "A"}
_HEADS = ("Test", "Result", "Unit", "Flag", "Threshold", "Taken")


def results(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """Rows for what is known, awaited or settled; below them a line to write on for every other test."""
    shown = [item for item in items if sheet.standing(item.id).state or sheet.standing(item.id).known]
    there = {item.id for item in shown}
    blank = [item for item in items if item.id not in there and sheet.standing(item.id).applies]
    columns = _Columns(width)
    strips = list(columns.heads) if shown else []
    for item in shown:
        strips += _Result(sheet, item, columns).strips()
    return strips + write_in(sheet, blank, width)


class _Columns:
    """Where the columns lie, and the heads over them."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.edges = [share * width for share in _EDGES]
        cells = [self.cell(number, [[Run(name, SMALL_STRONG)]]) for number, name in enumerate(_HEADS)]
        heads = row(cells, above=1, below=2, keep=True, marks=())
        self.heads = tuple(
            strip._replace(marks=(*strip.marks, self.rule(strip.height, 0.9))) for strip in heads
        )

    def rule(self, y: float, weight: float) -> Stroke:
        return Stroke(0, y, self.width, y, weight)

    def cell(self, number: int, paragraphs: Sequence[Sequence[Run]], span: int = 1) -> Cell:
        wide = self.edges[number + span] - self.edges[number] - 6
        return Cell(self.edges[number], wide, paragraphs, right=number == 1)


class _Result:
    """One row of the table."""

    def __init__(self, sheet: Sheet, item: Item, columns: _Columns) -> None:
        self.sheet, self.item, self.columns = sheet, item, columns
        self.standing = sheet.standing(item.id)
        self.answer = sheet.answer(item)

    def strips(self) -> list[Strip]:
        cell = self.columns.cell
        cells = [cell(0, [[Run(self.item.label, BODY)]]), cell(4, [[Run(self._thresholds(), COMPACT)]])]
        cells.append(cell(5, [[Run(self._taken(), COMPACT)]]))
        marks: list[Mark] = []
        if self.standing.known:
            amount, unit = self._amount()
            cells += [
                cell(1, [[Run(amount, HEAVY if self._flagged else BODY)]]),
                cell(2, [[Run(unit, BODY if len(unit) < _LONG_UNIT else SMALL)]]),
            ]
        elif not self.standing.rejected and not self._settled:
            marks.append(self._line())
        cells += self._flag_cells(marks)
        if remark := self._remark():
            return self._with_remark(row(cells, above=2.4, below=0, marks=marks, keep=True), remark)
        least = 0.0 if self.standing.known or self._settled else WRITING_LINE
        return row(
            cells,
            above=2.4,
            below=2.4,
            at_least=least,
            marks=marks,
            rule=(0, self.columns.width),
            again=self.columns.heads,
        )

    def _with_remark(self, strips: list[Strip], remark: str) -> list[Strip]:
        wide = self.columns.width
        more = row([text_cell(10, wide - 10, remark, SMALL)], above=0, below=2.4, rule=(0, wide))
        return [*(strip._replace(again=self.columns.heads) for strip in strips), *more]

    @property
    def _settled(self) -> bool:
        return self.standing.state in (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)

    @property
    def _flagged(self) -> bool:
        return self.standing.flag in _FLAGS

    def _amount(self) -> tuple[str, str]:
        value = self.standing.value
        if isinstance(value, Quantity):
            unit = self.sheet.protocol.shown_unit(value.unit)
            return self.sheet.value(self.item.id).removesuffix(unit).strip(), unit
        unit = self.item.shows_unit
        return self.sheet.value(self.item.id).removesuffix(unit).strip(), unit

    def _line(self) -> Stroke:
        left, right = self.columns.edges[1], self.columns.edges[3]
        return Stroke(left, WRITING_LINE - 5, right - 6, WRITING_LINE - 5, 0.5)

    def _flag_cells(self, marks: list[Mark]) -> list[Cell]:
        flag, says = self.standing.flag, self.standing.flag_says
        x = self.columns.edges[3]
        if flag in _FLAGS:
            letters = _FLAGS[flag]
            wide = width_of(letters, HEAVY)
            arrows = 0.0
            if flag != "abnormal":
                marks += [Arrow(x + wide + 3 + 6 * n, 11.9, "high" in flag) for n in range(len(letters))]
                arrows = 6.0 * len(letters) + 3
            if flag.startswith("critical"):
                marks.append(Frame(x - 3.5, 1.2, wide + arrows + 5.5, 13.9, 1.3))
            left = x + wide + arrows + 5
            words = Cell(left, self.columns.edges[4] - left - 4, [[Run(says, COMPACT)]])
            return [text_cell(x, wide + 1, letters, HEAVY), words]
        return [self.columns.cell(3, [[Run(self._state(), COMPACT)]])]

    def _state(self) -> str:
        standing = self.standing
        if standing.rejected:
            return "not accepted"
        if standing.known:
            return standing.flag_says or {"in_range": "in range", "normal": "normal"}.get(standing.flag, "")
        return spoken(standing.state)

    def _thresholds(self) -> str:
        unit = (
            self.standing.value.unit
            if isinstance(self.standing.value, Quantity)
            else next(iter(self.item.units), "")
        )
        words = (
            cutoff_words(self.sheet.protocol, self.item.id, Cutoff(threshold.op, threshold.marks), unit)
            for threshold in self._relevant()
        )
        return _one_unit(list(dict.fromkeys(words)))

    def _relevant(self) -> list[Threshold]:
        """The cut-offs behind the flag; where there is none, those that the value was held against."""
        mine = self.sheet.protocol.thresholds.get(self.item.id, ())
        behind = {finding.id for finding in self.sheet.assessment.findings_about(self.item.id)}
        flagged = [threshold for threshold in mine if threshold.rule.id in behind] if self._flagged else []
        return [threshold for threshold in flagged or mine if _marks(threshold) and self._matters(threshold)]

    def _matters(self, threshold: Threshold) -> bool:
        """Whether the rule got as far as this item for this patient (or waits for it)."""
        verdict = self.sheet.assessment.verdict(threshold.rule.id)
        return self.item.id in verdict.waits or any(item == self.item.id for item, _ in verdict.rested)

    def _taken(self) -> str:
        if self.standing.awaited and self.standing.since:
            return f"since {shown_date(self.standing.since)}"
        if self.standing.collected:
            return shown_date(self.standing.collected)
        return "" if self.standing.computed or not self.standing.known else "no date"

    def _remark(self) -> str:
        parts = list(self._remarks())
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts)

    def _remarks(self) -> Iterator[str]:
        if self.answer and self.standing.rejected:
            yield f"As typed: “{given_words(self.answer)}”. {self.standing.rejected}"
        if self.standing.computed:
            yield f"Worked out: {self.standing.computed}"
        yield from self._conversions()
        if self.standing.warning:
            yield self.standing.warning
        if self.answer and self.answer.note:
            yield self.answer.note
        if self.answer and self.answer.source:
            yield f"From {self.answer.source}"

    def _conversions(self) -> Iterable[str]:
        """The value in the units that its thresholds are published in, where they are others."""
        value = self.standing.value
        if not isinstance(value, Quantity):
            return ()
        scales = self.item.scales
        published = [
            Cutoff(threshold.op, threshold.marks).mark_for(value.unit)[1] for threshold in self._relevant()
        ]
        others = [
            unit for unit in dict.fromkeys(published) if unit in scales and scales[unit] != scales[value.unit]
        ]
        return [self._converted(value, unit) for unit in others]

    def _converted(self, value: Quantity, unit: str) -> str:
        scales = self.item.scales
        amount: Fraction = scales[unit].from_first(scales[value.unit].to_first(value.amount))
        shows = self.sheet.protocol.shown_unit
        said = f"{value.comparator}{plain(amount, self.item.decimals)} {shows(unit)}"
        return f"= {said}, converted from {value.comparator}{plain(value.amount)} {shows(value.unit)}"


def _one_unit(words: list[str]) -> str:
    """`> 271; > 400 nmol/L`: a unit that all have is said once, at the end."""
    units = {word.split(" ", 2)[-1] for word in words}
    if len(words) > 1 and len(units) == 1:
        unit = units.pop()
        return "; ".join(word.removesuffix(unit).strip() for word in words) + f" {unit}"
    return "; ".join(words)


def _marks(threshold: Threshold) -> bool:
    """Whether the cut-off lies on the side that its rule's flag names: below for low, above for high."""
    flag = threshold.rule.flag or ""
    below = threshold.op.startswith("<")
    return below if "low" in flag else not below if "high" in flag else True


def write_in(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """Three tests beside each other, each with a line 8 mm high and its units."""
    if not items:
        return []
    third = (width - 2 * _GUTTER) / 3
    strips = row([text_cell(0, width, "Not entered", SMALL_STRONG)], above=5, below=0, keep=True)
    for place in range(0, len(items), 3):
        marks: list[Mark] = []
        for number, item in enumerate(items[place : place + 3]):
            marks += _writing_cell(sheet, item, number * (third + _GUTTER), third)
        strips.append(Strip(WRITING_LINE, tuple(marks)))
    return strips


def _writing_cell(sheet: Sheet, item: Item, x: float, wide: float) -> list[Mark]:
    shown = dict.fromkeys(sheet.protocol.shown_unit(unit) for unit in item.units)
    units = wrap([Run(" / ".join(shown) or item.shows_unit, TINY)], _UNITS)
    taken = max((line.width for line in units), default=0.0)
    label, end, base = _short(item.label, COMPACT, wide - taken - _LEAST_LINE), x + wide, WRITING_LINE - 5
    left = x + max(wide * 0.3, width_of(label, COMPACT) + 6)
    marks: list[Mark] = [
        Words(x, base, label, COMPACT),
        Stroke(left, base + 1.5, end - taken - 4, base + 1.5, 0.5),
    ]
    top = base - TINY.leading * (len(units) - 1)
    for number, line in enumerate(units):
        marks += [
            Words(end - taken + piece.x, top + TINY.leading * number, piece.text, TINY)
            for piece in line.pieces
        ]
    return marks


def _short(text: str, style: Style, room: float) -> str:
    text = drawable(text)
    if width_of(text, style) <= room:
        return text
    while text and width_of(text + "…", style) > room:
        text = text[:-1]
    return text.rstrip() + "…"
