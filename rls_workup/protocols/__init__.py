"""resources/protocol/*.toml -> Protocol, every mistake of the folder at once."""

from __future__ import annotations

from pathlib import Path

from rls_workup.domain.leading import led_by
from rls_workup.domain.protocol import Protocol
from rls_workup.errors import ProtocolMistakes
from rls_workup.protocols.assembly import assemble
from rls_workup.protocols.choices import read_choices, write_choices
from rls_workup.protocols.entries import Entries, layers, read_files
from rls_workup.protocols.files import CHOICES, PRACTICE, SHIPPED, files_in, files_of
from rls_workup.protocols.languages import ENGLISH, in_language, languages, shipped_folder, texts_to_fill_in
from rls_workup.protocols.translation import Translation

__all__ = [
    "Translation",
    "in_language",
    "languages",
    "load_protocol",
    "protocol_from_text",
    "shipped_folder",
    "texts_to_fill_in",
    "write_choices",
]


def load_protocol(own: Path | None = None, language: str = ENGLISH) -> Protocol:
    """The shipped protocol; with `own`, that folder instead, or laid over the shipped one.

    A folder with a `protocol.toml` stands alone. Any other is a practice's own: its entries replace the
    shipped ones of the same id or are added, and the protocol then says that it is adapted. What the
    practice chose where sources disagree stands in `settings.toml` of either.
    In another language, what has no valid translation is in English, and `in_english` names it. Raises
    ProtocolMistakes with every mistake, and WorkupError for a language that is not there.
    """
    try:
        entries = _entries(own)
        chosen = read_choices(own, entries.mistakes) if own else {}
    except OSError as trouble:
        raise ProtocolMistakes([f"{own} cannot be read ({trouble.strerror})."]) from None
    protocol = assemble(entries, chosen)
    return in_language(led_by(protocol, chosen), own, language).protocol


def protocol_from_text(text: str, chosen: Protocol) -> Protocol:
    """The protocol of a kept text, read first as the practice chose in `chosen`. Raises ProtocolMistakes."""
    shipped, practice = layers(files_of(text))
    entries = read_files(shipped)
    protocol = assemble(entries.under(read_files(practice)) if practice else entries)
    return led_by(protocol, chosen.chosen)


def _entries(own: Path | None) -> Entries:
    """The entries of the folders, with what cannot be read among their mistakes."""
    if own is not None and (own / "protocol.toml").is_file():
        return _read(own, SHIPPED)
    shipped = _read(shipped_folder(), SHIPPED)
    if own is None or {path.name for path in own.glob("*.toml")} == {CHOICES}:
        return shipped
    return shipped.under(_read(own, PRACTICE))


def _read(where: Path, layer: str) -> Entries:
    told: list[str] = []
    files = list(files_in(where, layer, told))
    return read_files(files, told)
