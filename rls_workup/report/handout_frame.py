"""Head and foot of the handout: whose it is, in large type, and no words that are meant for clinicians."""

from __future__ import annotations

from rls_workup.domain.text import shown_date
from rls_workup.report.frame import PageFrame, identity_fields
from rls_workup.report.handout import handout_title
from rls_workup.report.marks import Frame, Strip, Stroke, Words
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import LARGE, LARGE_STRONG, LARGE_TITLE, SMALL, width_of
from rls_workup.report.wrapping import Run


class HandoutFrame(PageFrame):
    """The patient's name and day of the visit above; the page and the marks of the paper below."""

    def _full_identity(self) -> Strip:
        sheet = self.sheet
        (_, _name), (born_label, born), *_, (visit_label, visit) = identity_fields(sheet)
        born = shown_date(sheet.workup.patient.date_of_birth) or born
        title = row([text_cell(0, self.width, handout_title(sheet), LARGE_TITLE)], above=0, below=6)
        lines = self._fitted(*self.fields[0], LARGE_STRONG, self.width - 20, 2)
        rest = f"{born_label} {born} · {visit_label} {visit}"
        cell = Cell(10, self.width - 20, ((Run(" ".join(_text(line) for line in lines), LARGE_STRONG),),))
        box = row([cell], above=5, below=0)
        box += row([text_cell(10, self.width - 20, rest, LARGE)], above=0, below=6)
        top = sum(strip.height for strip in title)
        height = sum(strip.height for strip in box)
        marks = [mark for strip in title for mark in strip.marks]
        marks.append(Frame(0, top, self.width, height, 1.0))
        down = top
        for strip in box:
            marks += [mark._replace(y=mark.y + down) for mark in strip.marks if isinstance(mark, Words)]
            down += strip.height
        return Strip(top + height, tuple(marks))

    def _short_identity(self) -> Strip:
        lines = self._fitted(*self.fields[0], LARGE_STRONG, self.width - 20, 1)
        name = _text(lines[0]) if lines else ""
        return row([text_cell(0, self.width, name, LARGE_STRONG)], above=0, below=4)[0]

    def head(self, number: int, count: int) -> list[Strip]:
        page = self.sheet.say("Page {number} of {count}", number=number + 1, count=count)
        mark = Words(self.width - width_of(page, SMALL), 8, page, SMALL)
        lead = text_cell(0, self.width - 80, self.sheet.head, SMALL)
        return [*row([lead], above=0, below=4, at_least=14, marks=[mark]), self._heads[min(number, 1)]]

    def _foot(self, *, whole: bool) -> list[Strip]:
        sample = f" · {self.sheet.say('SAMPLE – no real patient')}" if self.sheet.sample else ""
        check = self.sheet.say("Check {code}", code=self.check)
        said = f"{self._made()} · {check}{sample}"
        rule = Stroke(0, 0, self.width, 0, 0.8)
        return row([text_cell(0, self.width, said, SMALL)], above=4, below=0, marks=[rule])


def _text(line: object) -> str:
    return " ".join(piece.text for piece in getattr(line, "pieces", ()))
