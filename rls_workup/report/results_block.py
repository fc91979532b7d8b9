"""The results table: value, unit, flag, threshold and date; and lines to write what is not there yet."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain.parts import Item
from rls_workup.domain.wording import word
from rls_workup.report.drawable import drawable
from rls_workup.report.item_words import FLAGS, ItemWords
from rls_workup.report.marks import WRITING_LINE, Arrow, Frame, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import WRITING_DROP, Cell, row, text_cell
from rls_workup.report.typeface import BODY, COMPACT, HEAVY, SMALL, SMALL_STRONG, TINY, Style, width_of
from rls_workup.report.wrapping import Run, wrap

# Left edges of the columns, as shares of the width: test, result, unit, flag, threshold, date.
_EDGES = (0.0, 0.26, 0.37, 0.475, 0.655, 0.845, 1.0)
_GUTTER, _LONG_UNIT = 16.0, 9
_UNITS, _LEAST_LINE = 52.0, 50.0
_HEADS = (word("Test"), word("Result"), word("Unit"), word("Flag"), word("Threshold"), word("Taken"))


def results(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """Rows for what is known, awaited or settled; below them lines to write on for others."""
    shown = [item for item in items if sheet.standing(item.id).state or sheet.standing(item.id).known]
    columns = _Columns(sheet, width)
    strips = list(columns.heads) if shown else []
    for item in shown:
        strips += _Result(sheet, item, columns).strips()
    return strips + write_in(sheet, to_write_in(sheet, items), width)


def to_write_in(sheet: Sheet, items: Sequence[Item]) -> list[Item]:
    """The tests that get a line for the pen: those that a decision lacks; all while there are no results."""
    standings = [(item, sheet.standing(item.id)) for item in items]
    blank = [item for item, part in standings if part.applies and not (part.state or part.known)]
    if not any(part.state or part.known for _, part in standings):
        return blank
    lacking = {
        part.item
        for missing in sheet.assessment.missing
        for part in (*missing.blocks, *missing.confidence, *missing.completeness)
    }
    return [item for item in blank if item.id in lacking]


class _Columns:
    """Where the columns lie, and the heads over them."""

    def __init__(self, sheet: Sheet, width: float) -> None:
        self.width = width
        self.edges = [share * width for share in _EDGES]
        names = map(sheet.say, _HEADS)
        cells = [self.cell(number, [[Run(name, SMALL_STRONG)]]) for number, name in enumerate(names)]
        heads = row(cells, above=1, below=2, keep=True, marks=())
        self.heads = tuple(
            strip._replace(marks=(*strip.marks, self.rule(strip.height, 0.9))) for strip in heads
        )

    def rule(self, y: float, weight: float) -> Stroke:
        return Stroke(0, y, self.width, y, weight)

    def cell(self, number: int, paragraphs: Sequence[Sequence[Run]], span: int = 1) -> Cell:
        wide = self.edges[number + span] - self.edges[number] - 6
        return Cell(self.edges[number], wide, paragraphs, right=number == 1)


class _Result(ItemWords):
    """One row of the table."""

    def __init__(self, sheet: Sheet, item: Item, columns: _Columns) -> None:
        super().__init__(sheet, item)
        self.columns = columns

    def strips(self) -> list[Strip]:
        cell = self.columns.cell
        taken = Run(self.taken(), SMALL if self.standing.awaited else COMPACT)
        cells = [
            cell(0, [[Run(self.item.label, BODY)]]),
            cell(4, [[Run(self.threshold, COMPACT)]]),
            cell(5, [[taken]]),
        ]
        marks: list[Mark] = []
        if self.standing.known:
            amount, unit = self.amount()
            cells += [
                cell(1, [[Run(amount, HEAVY if self.flag else BODY)]]),
                cell(2, [[Run(unit, BODY if len(unit) < _LONG_UNIT else SMALL)]]),
            ]
        elif not self.standing.rejected and not self.settled:
            marks.append(self._line())
        cells += self._flag_cells(marks)
        waits = not (self.standing.known or self.settled or self.standing.rejected)
        least, above = (WRITING_LINE, WRITING_DROP) if waits else (0.0, 1.8)
        if remark := self.remark():
            strips = row(cells, above=above, below=0, at_least=least, marks=marks, keep=True)
            return self._with_remark(strips, remark)
        return row(
            cells,
            above=above,
            below=1.8,
            at_least=least,
            marks=marks,
            rule=(0, self.columns.width),
            again=self.columns.heads,
        )

    def _with_remark(self, strips: list[Strip], remark: str) -> list[Strip]:
        wide = self.columns.width
        more = row([text_cell(10, wide - 10, remark, SMALL)], above=0, below=1.8, rule=(0, wide))
        return [*(strip._replace(again=self.columns.heads) for strip in strips), *more]

    def _line(self) -> Stroke:
        left, right = self.columns.edges[1], self.columns.edges[3]
        return Stroke(left, WRITING_LINE - 5, right - 6, WRITING_LINE - 5, 0.5)

    def _flag_cells(self, marks: list[Mark]) -> list[Cell]:
        flag, says = self.standing.flag if self.standing.known else "", self.standing.flag_says
        x = self.columns.edges[3]
        if flag in FLAGS:
            letters = FLAGS[flag]
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
        return [self.columns.cell(3, [[Run(self.state(), COMPACT)]])]


def write_in(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """Three tests beside each other, each with a line 8 mm high and its units."""
    if not items:
        return []
    third = (width - 2 * _GUTTER) / 3
    strips = row([text_cell(0, width, sheet.say("Not entered"), SMALL_STRONG)], above=5, below=0, keep=True)
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
    room, end, base = wide - taken - _LEAST_LINE, x + wide, WRITING_LINE - 5
    style = COMPACT if width_of(drawable(item.label), COMPACT) <= room else TINY
    label = _short(item.label, style, room)
    left = x + max(wide * 0.3, width_of(label, style) + 6)
    marks: list[Mark] = [
        Words(x, base, label, style),
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
