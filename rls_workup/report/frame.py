"""What every page carries: identity and page number above; when, which version and how complete below."""

from __future__ import annotations

from rls_workup.domain.dates import age_on, shown_moment
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.report.marks import Frame, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import BASE, Cell, row, text_cell
from rls_workup.report.standing_words import completeness
from rls_workup.report.typeface import (
    HEAVY,
    NAME,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
    TINY_STRONG,
    TITLE,
    Style,
    width_of,
)
from rls_workup.report.wrapping import Line, Run, wrap

_CHIP = 104.0
SAMPLE = word("SAMPLE – no real patient")
_READ_AT_MOST = 1500  # characters tried in the box; longer ones are printed whole at the end


class PageFrame:
    """Draws the head and foot of each page, and tells how much room they leave."""

    def __init__(self, sheet: Sheet, width: float, check: str, title: str = "") -> None:
        self.sheet = sheet
        self.width = width
        self.check = check
        self._title = title or sheet.protocol.about.title
        self.state = completeness(sheet.assessment, sheet.workup, sheet.wording)
        self.cut: list[tuple[str, str]] = []
        self.fields = identity_fields(sheet)
        self._heads = (self._full_identity(), self._short_identity())
        self._feet = (self._foot(whole=True), self._foot(whole=False))
        heads = [sum(strip.height for strip in self.head(number, 1)) for number in (0, 1)]
        self._heights = [height + self.foot_height(number) for number, height in enumerate(heads)]

    def head(self, number: int, count: int) -> list[Strip]:
        """Title line and identity box of page `number`, from 0."""
        page = self.sheet.say("Page {number} of {count}", number=number + 1, count=count)
        marks = [Words(self.width - width_of(page, TITLE), 10, page, TITLE)]
        title = row([text_cell(0, self.width - 80, self.title, TITLE)], above=0, below=3, marks=marks)
        return [*title, self._heads[min(number, 1)], Strip(2)]

    def foot(self, number: int) -> list[Strip]:
        return self._feet[min(number, 1)]

    def height(self, number: int) -> float:
        """The height of head and foot together on page `number`."""
        return self._heights[min(number, 1)]

    def foot_height(self, number: int) -> float:
        return sum(strip.height for strip in self.foot(number))

    @property
    def title(self) -> str:
        lead = f"{self.sheet.head} · " if self.sheet.head else ""
        return f"{lead}{self._title}"

    def said(self) -> tuple[str, ...]:
        """The lines of the foot as text."""
        return self._made(), self._state_line(), self._version(), self.sheet.protocol.about.intended_use

    def _full_identity(self) -> Strip:
        room = self.width - _CHIP - 30
        marks: list[Mark] = []
        y = 7.0
        for line in self._fitted(*self.fields[0], NAME, room, 2):
            marks += _line_marks(line, 9, y)
            y += line.leading
        x, low = 9.0, y
        for (label, value), share in zip(self.fields[1:], (0.3, 0.17, 0.3, 0.23), strict=True):
            marks.append(Words(x, y + 9, label, SMALL))
            bottom = y + 11
            for line in self._fitted(label, value, STRONG, room * share - 8, 2):
                marks += _line_marks(line, x, bottom)
                bottom += line.leading
            low = max(low, bottom)
            x += room * share
        height = low + 5
        marks += [Frame(0, 0, self.width, height, 1.1), *self._chip(self.width - _CHIP - 9, 9)]
        return Strip(height, tuple(marks))

    def _short_identity(self) -> Strip:
        room = self.width - 2 * 9 - 62
        name = self._fitted(*self.fields[0], HEAVY, room * 0.45, 1)
        rest = self._born_sex_number()
        marks = _line_marks(name[0], 9, 4) if name else []
        x = 9 + (name[0].width if name else 0) + 10
        for line in self._fitted("", rest, SMALL, self.width - 71 - x, 1):
            marks += _line_marks(line, x, 5.6)
        said = self.state.word
        marks.append(Words(self.width - 9 - width_of(said, SMALL_STRONG), 13.2, said, SMALL_STRONG))
        marks.append(Frame(0, 0, self.width, 20, 0.8))
        return Strip(20, tuple(marks))

    def _born_sex_number(self) -> str:
        born, sex, number = (text for _, text in self.fields[1:4])
        return self.sheet.say("Born {date} · {sex} · No. {number}", date=born, sex=sex, number=number)

    def _chip(self, x: float, y: float) -> list[Mark]:
        """COMPLETE is solid, PARTIAL a dashed frame: two shapes that nobody mixes up."""
        done, said = self.state.complete, self.state.word
        style = HEAVY
        counts = self._counts()
        marks: list[Mark] = [
            Frame(x, y, _CHIP, 18, 1.0, filled=done, dashed=not done),
            Words(x + (_CHIP - width_of(said, style)) / 2, y + 12.5, said, style, inverse=done),
        ]
        for number, text in enumerate(counts):
            marks.append(Words(x + (_CHIP - width_of(text, TINY)) / 2, y + 27 + 9 * number, text, TINY))
        return marks

    def _counts(self) -> list[str]:
        counts = [self.state.counts]
        return [*counts, self.sheet.say(SAMPLE)] if self.sheet.sample else counts

    def _fitted(self, label: str, text: str, style: Style, width: float, most: int) -> list[Line]:
        """At most so many lines; what does not fit is noted, to be printed whole at the end."""
        lines = wrap([Run(text[:_READ_AT_MOST], style)], width)
        if len(lines) <= most and len(text) <= _READ_AT_MOST:
            return lines
        if label and (label, text) not in self.cut:
            self.cut.append((label, text))
        kept = lines[:most]
        last = " ".join(piece.text for piece in kept[-1].pieces)
        while last and width_of(last + "…", style) > width:
            last = last[:-1]
        return [*kept[:-1], *wrap([Run(last + "…", style)], width + 1)[:1]]

    def _foot(self, *, whole: bool) -> list[Strip]:
        about = self.sheet.protocol.about
        check = self.sheet.say("Check {code}", code=self.check)
        marks: list[Mark] = [Stroke(0, 0, self.width, 0, 0.8)]
        marks.append(Words(self.width - width_of(check, TINY), 4 + TINY.leading * BASE, check, TINY))
        strips = row([text_cell(0, self.width - 70, self._made(), TINY)], above=4, below=0, marks=marks)
        state = (Run(self._state_line(), TINY_STRONG), Run(f" · {self._version()}", TINY))
        strips += row([Cell(0, self.width, (state,))], above=0, below=0)
        if whole:
            strips += row([text_cell(0, self.width, about.intended_use, TINY)], above=0, below=0)
        return strips

    def _made(self) -> str:
        sheet = self.sheet
        if sheet.printed_at:
            made = sheet.say("Printed {date}", date=shown_moment(sheet.printed_at))
        else:
            day = shown_date(sheet.workup.visit_date) or sheet.say("no date")
            made = sheet.say("As of {date}", date=day)
        by = sheet.say(" by {person}", person=sheet.printed_by) if sheet.printed_by else ""
        revision = sheet.say(" rev {number}", number=sheet.revision) if sheet.revision else ""
        if sheet.link:
            revision += sheet.say(" head {mark}", mark=sheet.link[:8].upper())
        return f"{made}{by} · {sheet.say('Work-up {id}', id=sheet.workup.id[:64])}{revision}"

    def _version(self) -> str:
        protocol, say = self.sheet.protocol, self.sheet.say
        about, before = protocol.about, self.sheet.workup.protocol_version
        said = [say("reviewed {date}", date=shown_date(about.reviewed))]
        if protocol.adapted:
            said.append(say("adapted by the practice, text {mark}", mark=protocol.mark))
        if protocol.in_english:
            said.append(say("partly in English"))
        carried = say("the file carries the work-up's data") if self.sheet.carries else ""
        named = f"{say('Protocol {version}', version=f'{about.id} {about.version}')} ({', '.join(said)})"
        older = before not in ("", about.version)
        named = f"{named}, {say('filled in under {version}', version=before)}" if older else named
        return f"{named} · {carried}" if carried else named

    def _state_line(self) -> str:
        line = f"{self.state.word} – {self.state.counts}"
        return f"{line} · {self.sheet.say(SAMPLE)}" if self.sheet.sample else line


def _line_marks(line: Line, x: float, top: float) -> list[Mark]:
    return [Words(x + piece.x, top + line.leading * BASE, piece.text, piece.style) for piece in line.pieces]


def identity_fields(sheet: Sheet) -> list[tuple[str, str]]:
    """Name, birth with age, sex, number and visit, as label and text."""
    patient, workup, say = sheet.workup.patient, sheet.workup, sheet.say
    return [
        (say("Name"), person_name(patient.family_name, patient.given_name) or say("Name not recorded")),
        (say("Born"), _born(sheet)),
        (say("Sex"), _sex(sheet) or say("Not recorded")),
        (say("Number"), patient.identifier or say("Not recorded")),
        (say("Visit"), shown_date(workup.visit_date) or say("Not recorded")),
    ]


def person_name(family: str, given: str) -> str:
    """`BROWN, Margaret`; a family name that is not plain letters stays as given; empty for none."""
    family, given = family.strip(), given.strip()
    letters = family.translate({ord(mark): None for mark in " -'’"})
    upper = family.upper()
    if letters.isalpha() and len(upper) == len(family):
        family = upper
    return ", ".join(part for part in (family, given) if part)


def _sex(sheet: Sheet) -> str:
    given = sheet.workup.patient
    return sheet.protocol.choice_shown("sex", given.known_sex or given.sex).capitalize()


def _born(sheet: Sheet) -> str:
    patient = sheet.workup.patient
    day = patient.born
    if day is None:
        given = patient.date_of_birth
        return sheet.say("“{given}” (no date)", given=given) if given else sheet.say("Not recorded")
    age = age_on(day, sheet.workup.visit) if sheet.workup.visit else None
    if age is None:
        return shown_date(patient.date_of_birth)
    years, months = age
    old = sheet.say("{years}y", years=years) if years >= 2 else sheet.say("{months} months", months=months)
    return f"{shown_date(patient.date_of_birth)} ({old})"
