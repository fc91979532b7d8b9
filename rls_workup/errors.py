"""What a person can mend, each a sentence that says what is wrong, where, and what to do.

WorkupError
├── UnreadableFile     a work-up file, result file or protocol file that cannot be read
│   └── NeedsPassword  it is locked, and the password was not given or not right
├── NewerFormat        written by a newer version of this program
├── ProtocolMistakes   every mistake of a protocol folder, at once
├── CannotWrite        an output path, a full disk
├── Cancelled          the person stopped it; nothing was changed
└── StoreTrouble       the store of work-ups
    ├── Conflict       somebody else saved in the meantime
    ├── Unreachable    the practice's server is away
    ├── StoreDamaged   the store is ours but its file is damaged
    ├── Locked         a passphrase is needed
    │   └── WrongPassphrase
    └── NoKeys         the keys file is lost or damaged
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

_SLOT = re.compile(r"\{([a-z_]+)\}")


class Speaks(Protocol):
    """Whoever says an English sentence in a language."""

    def say(self, english: str, **values: object) -> str:
        """The sentence with each `{value}` filled in."""


class WorkupError(Exception):
    """A problem a person can mend. Never holds patient data.

    `str()` is the English sentence, `told` the same in another language. A value may be another such error.
    """

    def __init__(self, english: str = "", **values: object) -> None:
        super().__init__(filled(english, values))
        self.english, self.values = english, values

    def told(self, wording: Speaks) -> str:
        """The sentence in a language."""
        return wording.say(self.english, **told_values(self.values, wording))

    @property
    def sentence(self) -> Sentence:
        """What is wrong, without the error."""
        return Sentence(self.english, **self.values)


class Sentence(str):
    """An English sentence that can be told in another language later, values and all."""

    english: str
    values: Mapping[str, object]

    def __new__(cls, english: str, **values: object) -> Sentence:
        made = super().__new__(cls, filled(english, values))
        made.english, made.values = english, values
        return made

    def told(self, wording: Speaks) -> str:
        """The sentence in a language."""
        return wording.say(self.english, **told_values(self.values, wording))


def word(english: str) -> str:
    """Marks English that is said later, from a table; a test holds these against the translations."""
    return english


def filled(english: str, values: Mapping[str, object]) -> str:
    """The sentence with each `{value}` filled in; braces in a value stay as they are."""
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), english) if values else english


def told_values(values: Mapping[str, object], wording: Speaks) -> dict[str, object]:
    """The values, those that are sentences themselves told in the language."""
    return {name: value.told(wording) if hasattr(value, "told") else value for name, value in values.items()}


class UnreadableFile(WorkupError):
    """A file that cannot be read as what it should be."""


class NeedsPassword(UnreadableFile):
    """Locked with a password that was not given, or not right."""


class NewerFormat(WorkupError):
    """Written by a newer version of this program; it is left as it is."""


class CannotWrite(WorkupError):
    """An output could not be written; what was there before is untouched."""


class ProtocolMistakes(WorkupError):
    """All mistakes of a protocol folder; `mistakes` holds one sentence each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class Cancelled(WorkupError):
    """Stopped by the person; what was there before is untouched."""


class StoreTrouble(WorkupError):
    """The store cannot do what was asked."""


class Conflict(StoreTrouble):
    """The work-up was saved by somebody else since it was opened; nothing was overwritten."""


class Unreachable(StoreTrouble):
    """The server of the store does not answer; whether the last save arrived is not known."""


class StoreDamaged(StoreTrouble):
    """The file of the store is damaged; it is left as it is, and a backup can take its place."""


class Locked(StoreTrouble):
    """The store opens with a passphrase, and none was given."""


class WrongPassphrase(Locked):
    """The passphrase (or the recovery code) given is not the right one; the store itself is well."""


class NoKeys(StoreTrouble):
    """The keys file of an encrypted store is lost or damaged; only the recovery code opens the store."""
