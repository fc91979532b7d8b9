"""The program's own words in one language: the English as it stands in the code, or its translation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rls_workup.errors import filled, told_values
from rls_workup.errors import word as word


class Wording(NamedTuple):
    """What is said in a language. A word without a translation is said in English.

    `months` and `day_words` are what people type, in small letters: `okt` is 10, `gestern` is -1.
    """

    language: str = "en"
    words: Mapping[str, str] = {}
    decimal: str = "."
    months: Mapping[str, int] = {}
    day_words: Mapping[str, int] = {}

    def say(self, english: str, **values: object) -> str:
        """The sentence in this language with each `{value}` filled in; braces in a value stay as they are."""
        return filled(self.words.get(english, english), values)

    def number(self, plain: str) -> str:
        """A number in plain digits as the language writes it: `7.5` or `7,5`, never parted in thousands."""
        return plain.replace(".", self.decimal)


class Untold(ValueError):
    """A sentence that is told later, in the language of who reads it; `str()` is the English."""

    def __init__(self, english: str, **values: object) -> None:
        super().__init__(ENGLISH.say(english, **values))
        self.english, self.values = english, values

    def told(self, wording: Wording) -> str:
        """The sentence in a language."""
        return wording.say(self.english, **told_values(self.values, wording))


def wording_from(language: str, *documents: Mapping[str, Any]) -> Wording:
    """The words of a language from the files read: tables by the English, and the mark of decimals."""
    words: dict[str, str] = {}
    for document in documents:
        for table in document.get("words", {}).values():
            words.update(table)
    decimal = next((str(each["decimal"]) for each in documents if "decimal" in each), ".")
    typed: Mapping[str, Any] = next((each["typed"] for each in documents if "typed" in each), {})
    return Wording(language, words, decimal, typed.get("months", {}), typed.get("days", {}))


ENGLISH = Wording()
