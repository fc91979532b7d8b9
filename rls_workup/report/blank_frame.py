"""Head and foot of the form's pages: who it is for, to be filled in once and shown on every page."""

from __future__ import annotations

from rls_workup.domain import form_fields as form
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.report.entries import Across, Field
from rls_workup.report.frame import SAMPLE, PageFrame
from rls_workup.report.marks import WRITING_LINE, Frame, Strip
from rls_workup.report.typeface import SMALL

_SEXES = {
    "female": word("female"),
    "male": word("male"),
    "other": word("other"),
    "unknown": word("not known"),
}


class BlankFrame(PageFrame):
    """The head and foot of a page to be filled in."""

    def _full_identity(self) -> Strip:
        say, width = self.sheet.say, self.width
        upper = Across(9, width - 9, 2)
        upper.words(say("Family name"), SMALL).line(self._field("family_name", "Family name"), 150)
        upper.words(say("Given name"), SMALL).line(self._field("given_name", "Given name"), 112)
        upper.words(say("Number"), SMALL).line(self._field("identifier", "Number"))
        lower = Across(9, width - 9, 2 + WRITING_LINE)
        lower.words(say("Born"), SMALL).line(self._field("date_of_birth", "Born"), 74)
        lower.boxes(self._field("sex", "Sex"), [(sex, say(text)) for sex, text in _SEXES.items()])
        lower.words(say("Visit"), SMALL).line(self._visit())
        height = 2 * WRITING_LINE + 5
        return Strip(height, (*upper.marks, *lower.marks, Frame(0, 0, width, height, 1.1)))

    def _short_identity(self) -> Strip:
        say, width = self.sheet.say, self.width
        across = Across(9, width - 9, 1)
        across.words(say("Family name")).line(self._field("family_name", "Family name"), 120)
        across.words(say("Given name")).line(self._field("given_name", "Given name"), 90)
        across.words(say("Born")).line(self._field("date_of_birth", "Born"), 62)
        across.words(say("Number")).line(self._field("identifier", "Number"))
        height = WRITING_LINE + 2
        return Strip(height, (*across.marks, Frame(0, 0, width, height, 0.8)))

    def _field(self, particular: str, english: str) -> Field:
        patient = self.sheet.workup.patient
        value = str(getattr(patient, particular))
        if particular == "date_of_birth":
            value = shown_date(value)
        if particular == "sex":
            value = patient.known_sex or value.strip().casefold()
            value = value if value in form.SEXES else ""
        return Field(form.patient_field(particular), self.sheet.say(english), value)

    def _visit(self) -> Field:
        return Field(form.VISIT, self.sheet.say("Visit"), shown_date(self.sheet.workup.visit_date))

    def _made(self) -> str:
        return super()._made() if self.sheet.workup.id else self.sheet.say("Form to fill in")

    def _state_line(self) -> str:
        line = self.sheet.say("Not part of the record until it was read and accepted")
        return f"{line} · {self.sheet.say(SAMPLE)}" if self.sheet.sample else line
