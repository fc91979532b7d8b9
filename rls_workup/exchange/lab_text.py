"""Results in pasted text: lines such as `Ferritin 38 ug/L 18/11/26`, or the table of a portal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from rls_workup.domain.lab_names import name_key
from rls_workup.domain.parts import Item
from rls_workup.domain.wording import Untold, word
from rls_workup.errors import UnreadableFile
from rls_workup.exchange import lab_words as words
from rls_workup.exchange.lab_line import Read, first_words, read_line
from rls_workup.exchange.lab_table import Heading, heading_in, is_rule
from rls_workup.exchange.results import NOT_FINAL, Laboratory, Report, Result, Whose, short
from rls_workup.exchange.strict_json import LARGEST
from rls_workup.exchange.typed_days import Ambiguous

_ENDS: Final = re.compile(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]")
_BULLET: Final = re.compile(r"\A\s*(?:[-*•·–]\s+|\d{1,2}[.)]\s+(?=[^\W\d]))")
_LABELLED: Final = re.compile(r"\s*(?P<label>[^\W\d][^:\t=]{0,40}?)\s*[:=\t]\s*(?P<rest>\S.*)\Z")
_PARTS: Final = re.compile(r"\s*(?:\t|;|\||\s{2,}|,\s*(?=[^\W\d][\w.]*(?: [\w.]+){0,2}:))\s*")
_DAY: Final = re.compile(words.DATE, re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_SEVERAL: Final = word("it names several patients; take the results of one at a time")
_LONGEST_LINE: Final = 2000
_UNIT_LIKE: Final = re.compile(r".*[/%].*")


def read_text(text: str, laboratory: Laboratory) -> Report:
    """The results of a text. Raises UnreadableFile where it holds none at all, or too much."""
    if len(text) > LARGEST:
        raise UnreadableFile(word("it is larger than results can be (16 MiB)"))
    lines = _ENDS.split(text)
    if len(lines) > words.MOST_LINES:
        raise UnreadableFile(word("it holds more lines than results can"))
    reading = _Reading(laboratory)
    for number, line in enumerate(lines, 1):
        reading.take(number, line)
    if not reading.results:
        raise UnreadableFile(
            word("it holds no result that can be made out: no line begins with a test that is known")
        )
    return Report(reading.whose, tuple(reading.results), tuple(reading.unread), reading.either_day)


class _Reading:
    """A text read line by line: what is said of patient, day and columns holds for what follows."""

    def __init__(self, laboratory: Laboratory) -> None:
        self.laboratory, self.say = laboratory, laboratory.say
        self.whose = Whose()
        self.results: list[Result] = []
        self.unread: list[str] = []
        self.either_day = ""
        self._day = ""
        self._sample = ""
        self._heading: Heading | None = None
        self._in_column: dict[str, str] = {}

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        where = self.say("line {number}", number=number)
        if not line.strip() or is_rule(line):
            return
        if len(line) > _LONGEST_LINE:
            self._leave(where, line)
            return
        heading = heading_in(line)
        if heading is not None:
            self._heading = heading
        elif self._said_beside(line):
            return
        elif self._heading is not None and self._heading.parts(line):
            self._take_row(where, line, self._heading)
        else:
            self._take_line(where, line)

    def _leave(self, where: str, line: str) -> None:
        self.unread.append(f"{where}: {short(line)}")

    # what is said beside the results

    def _said_beside(self, line: str) -> bool:
        """Take a line that speaks of the patient, the day of the sample or the kind of sample."""
        if name_key(line) in words.OTHER_SAMPLES or name_key(line) in ("blood", "blut", "serum", "plasma"):
            self._sample = line.strip(" :\t")
            return True
        parts = [_LABELLED.match(part) for part in _PARTS.split(line)] if ":" in line or "=" in line else []
        found = [self._beside(part["label"], part["rest"].strip()) for part in parts if part]
        if not any(found):
            whole = _LABELLED.match(line)
            found = [self._beside(whole["label"], whole["rest"].strip())] if whole else []
        return any(found)

    def _beside(self, label: str, rest: str) -> bool:
        said = " ".join(label.casefold().split())
        if said in words.TAKEN:
            day = _DAY.match(rest)
            self._day = day["date"] if day else rest
        elif said in words.NAME:
            self._name(rest)
        elif said in words.FAMILY:
            self._set(family=rest)
        elif said in words.GIVEN:
            self._set(given=rest)
        elif said in words.BORN:
            self._set(born=self._birthday(rest))
        elif said in words.SEX:
            self._set(sex=words.SEXES.get(rest.casefold(), ""))
        elif said in words.NUMBER:
            self.whose = replace(self.whose, numbers=tuple(dict.fromkeys((*self.whose.numbers, rest))))
        else:
            return False
        return True

    def _name(self, rest: str) -> None:
        """`BROWN, Margaret  born 14-Jul-1961`: the name, and the birthday where it stands beside it."""
        born = re.search(
            r"[,;(*\s](?:\*|geb\.?|born|dob:?|d\.o\.b\.?:?)\s*:?\s*(.+?)\)?\Z", rest, re.IGNORECASE
        )
        name = rest[: born.start()] if born else rest
        family, comma, given = name.partition(",")
        if comma:
            self._set(family=family.strip(), given=given.strip(" ,;(*"))
        else:
            self._set(name=name.strip(" ,;(*"))
        if born:
            self._set(born=self._birthday(born[1]))

    def _set(self, **said: str) -> None:
        """Take particulars. Raises UnreadableFile where others were named before."""
        for name, text in said.items():
            known = getattr(self.whose, name)
            if known and text and name_key(known) != name_key(text):
                raise UnreadableFile(_SEVERAL)
            if text:
                self.whose = replace(self.whose, **{name: text})  # type: ignore[arg-type]

    def _birthday(self, text: str) -> str:
        day = _DAY.match(text)
        try:
            return self.laboratory.day(day["date"] if day else text)
        except Ambiguous:
            self.either_day = self.either_day or (day["date"] if day else text)
        except Untold:
            pass
        return ""

    # results

    def _take_line(self, where: str, line: str) -> None:
        text = line.strip()
        dated = _DAY.match(text)
        text = text if dated else _BULLET.sub("", text, count=1)
        rest = text[dated.end() :].lstrip(" \t:,;|-") if dated else text
        found = self._test_at_start(rest)
        if found is None:
            self._leave(where, line)
            return
        item, name, rest = found
        read = read_line(rest, self.laboratory.unit_of)
        if dated:
            read.dates.append(dated["date"])
        result = Result(short(name), where, short(line), item.id)
        self.results.append(self._finished(self._valued(result, item, read), read.dates))

    def _test_at_start(self, text: str) -> tuple[Item, str, str] | None:
        for name, rest in first_words(text):
            item = self.laboratory.tests.named(name)
            if item is not None:
                return item, name, rest
        return None

    def _valued(self, result: Result, item: Item, read: Read) -> Result:
        result = replace(
            result, flag=short(" ".join(read.flags)), reference=short("; ".join(read.references))
        )
        if item.kind == "choice" and not read.numbers:
            return replace(result, value=" ".join(read.before))
        named_again = self.laboratory.tests.named(" ".join(read.before)) is item
        if read.before and not named_again:
            words_before = short(" ".join(read.before))
            return result.refused(self.say("Before the number stands “{words}”.", words=words_before))
        if read.written_on:
            return result.refused(self.say("Something is written onto the number."))
        if not read.numbers:
            return result.refused(self.say("No number stands beside it that could be the result."))
        if len(read.likely) > 1 or read.odd or read.likely[0][2]:
            return result.refused(
                self.say("Several numbers stand beside it; which one is the result cannot be told.")
            )
        return self._measured(result, item, read)

    def _measured(self, result: Result, item: Item, read: Read) -> Result:
        number, own, _ = read.likely[0]
        unlike = [word for word in read.after if _UNIT_LIKE.match(word)]
        unit = own or read.unit or next(iter(unlike), "")
        result = replace(result, value=number, unit=unit)
        if len({self.laboratory.unit_of(one) for one in (*read.units, *([own] if own else []))}) > 1 or (
            unlike and (own or read.units)
        ):
            return result.refused(self.say("Several units stand beside it."))
        left = [word for word in read.after if word != unit]
        if left:
            beside = short(" ".join(left))
            result = result.remarked(self.say("Beside it stands “{words}”.", words=beside))
        return result.remarked(self._either_number(item, number, unit))

    def _either_number(self, item: Item, number: str, unit: str) -> str:
        """A sentence where `1.234` may be 1234 as well: both would be accepted."""
        if not _THOUSANDS.match(number.lstrip("<>=≤≥ ")):
            return ""
        whole = number.replace(".", "")
        limits = self.laboratory.protocol.reader.limits(item, self.laboratory.unit_of(unit)) if unit else None
        bare = int(re.sub(r"[^0-9]", "", whole))
        if limits is not None and bare > limits.highest:
            return ""
        return self.say("“{number}” is read as decimals. Or is it {whole}?", number=number, whole=whole)

    def _finished(self, result: Result, dates: list[str], sample: str = "") -> Result:
        result = self.laboratory.sampled(result, [sample or self._sample])
        named = list(dict.fromkeys(dates)) or [day for day in [self._day] if day]
        if not named:
            return result
        if len(named) > 1:
            return result.refused(self.say("Several days stand beside it."))
        laboratory = self.laboratory
        try:
            if not _DAY.match(named[0]):  # “today” was written on another day than it is read
                raise Untold("“{text}” is no date. Write it like 18-Nov-2026.", text=short(named[0]))
            return replace(result, day=laboratory.day(named[0]))
        except Ambiguous as trouble:
            self.either_day = self.either_day or named[0]
            return result.refused(trouble.told(laboratory.protocol.wording))
        except Untold as trouble:
            return result.refused(trouble.told(laboratory.protocol.wording))

    # tables

    def _one_number_only(self, label: str, said: str) -> None:
        """A column of numbers that differ is one of several patients. Raises UnreadableFile."""
        if self._in_column.setdefault(name_key(label), name_key(said)) != name_key(said):
            raise UnreadableFile(_SEVERAL)

    def _take_row(self, where: str, line: str, heading: Heading) -> None:
        cells = heading.cells(line)
        name = (
            cells[heading.roles.index("test")] if cells else heading.mark.split(line.strip())[0].strip(' |"')
        )
        for label, said in heading.about_the_patient(cells) if cells else ():
            self._beside(label.strip(" :*()"), said)
            self._one_number_only(label, said)
        item = self.laboratory.tests.named(name)
        if item is None:
            self._leave(where, line)
            return
        result = Result(short(name), where, short(line), item.id)
        if cells is None:
            said = self.say("Its row has other columns than the heading.")
            self.results.append(self._finished(result.refused(said), []))
            return
        if heading.unclear:
            said = self.say("Several columns could be the result.")
            self.results.append(self._finished(result.refused(said), []))
            return
        filled = [at for at in heading.values if cells[at] not in ("", "-", "–", "—", "…", "...")]
        if not filled:
            self._leave(where, line)
        for at in filled:
            self.results.append(self._cell(result, item, heading, cells, at))

    def _cell(self, result: Result, item: Item, heading: Heading, cells: list[str], at: int) -> Result:
        read = read_line(cells[at], self.laboratory.unit_of)
        unit = heading.cell(cells, "unit")
        if unit:
            read.units.append(unit)
        read.flags += [flag for flag in [heading.cell(cells, "flag")] if flag]
        read.references += [limits for limits in [heading.cell(cells, "reference")] if limits]
        result = self._valued(result, item, read)
        sign = heading.cell(cells, "comparator")
        if sign and not result.problem:
            result = replace(result, comparator=sign)
        days = [day for day in (heading.days[at], heading.cell(cells, "date")) if day]
        dates = [found["date"] if (found := _DAY.match(day)) else day for day in days]
        status = heading.cell(cells, "status")
        if status and status.casefold() not in words.FINAL:
            result = result.not_final(self.say(NOT_FINAL, status=short(status)))
        return self._finished(replace(result, status=short(status)), [*read.dates, *dates])
