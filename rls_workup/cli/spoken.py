"""What the command line says, in the language that was asked for."""

from __future__ import annotations

import argparse
import sys

from rls_workup.domain.wording import ENGLISH, Wording
from rls_workup.errors import Sentence, WorkupError

_wording = ENGLISH


def speak(options: argparse.Namespace) -> None:
    """Take the language of a command that has one; English in any other."""
    global _wording
    _wording = ENGLISH
    if getattr(options, "speaks", False) and options.language != ENGLISH.language:
        from rls_workup.protocols.word_files import wording_of

        _wording = wording_of(options.language)


def wording() -> Wording:
    """The words in use."""
    return _wording


def say(english: str, **values: object) -> str:
    """The words in the language in use, with each `{value}` filled in."""
    return _wording.say(english, **values)


def said_of(trouble: WorkupError | Sentence) -> str:
    """What is wrong, in the language in use."""
    return trouble.told(_wording)


def tell(words: str) -> None:
    """Show words that are no result beside it; nothing where there are none."""
    if words:
        print(words, file=sys.stderr)
