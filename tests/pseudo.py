"""A language that nobody speaks: the English with accents, vowels and some letters twice, 40 % longer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import Wording
from rls_workup.ui import words
from rls_workup.ui.tongues import Tongues

PSEUDO = "qps"
_ACCENTED = str.maketrans(
    {plain: accented * 2 for plain, accented in zip("aeiounlAEIOU", "áéîöüñłÁÉÎÖÜ", strict=True)}
)
_SLOT = re.compile(r"(\{[^{}]*\})")


def longer(english: str) -> str:
    """`Ferritin {date}` as `Féérrîîtîîññ {date}`: what stands in braces stays."""
    return "".join(
        part if part.startswith("{") else part.translate(_ACCENTED) for part in _SLOT.split(english)
    )


class Longer(Mapping[str, str]):
    """Every word that is asked for, made longer."""

    def __getitem__(self, english: str) -> str:
        return longer(english)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


WORDING = Wording(PSEUDO, Longer())


def teach(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window and its protocols can speak it from now on."""
    from rls_workup.protocols.translation import retold

    languages, wording_of, translated = words.window_languages, words.window_wording_of, Tongues._translated

    def told(tongues: Tongues, english: Protocol, language: str) -> Protocol:
        if language != PSEUDO:
            return translated(tongues, english, language)
        return retold(english, lambda _path, text: longer(text), WORDING)

    monkeypatch.setattr(words, "window_languages", lambda: {**languages(), PSEUDO: "Pseudo"})
    monkeypatch.setattr(
        words, "window_wording_of", lambda code: WORDING if code == PSEUDO else wording_of(code)
    )
    monkeypatch.setattr(Tongues, "_translated", told)
