"""resources/protocol/*.toml -> Protocol, every mistake of the folder at once."""

from __future__ import annotations

from pathlib import Path

from rls_workup.domain.protocol import Protocol
from rls_workup.errors import ProtocolMistakes
from rls_workup.protocols.assembly import assemble
from rls_workup.protocols.entries import Entries, read_folder
from rls_workup.resources import folder

__all__ = ["load_protocol", "shipped_folder"]


def shipped_folder() -> Path:
    """The protocol that ships with the program."""
    return folder("protocol")


def load_protocol(own: Path | None = None) -> Protocol:
    """The shipped protocol; with `own`, that folder instead, or laid over the shipped one.

    A folder with a `protocol.toml` stands alone. Any other is a practice's own: its entries replace the
    shipped ones of the same id or are added, and the protocol then says that it is adapted.
    Raises ProtocolMistakes with every mistake.
    """
    if own is None:
        entries = read_folder(shipped_folder())
    elif (own / "protocol.toml").is_file():
        entries = read_folder(own)
    else:
        entries = _laid_over(own)
    return assemble(entries)


def _laid_over(own: Path) -> Entries:
    practice = read_folder(own)
    shipped = read_folder(shipped_folder())
    if practice.mistakes:
        raise ProtocolMistakes(practice.mistakes)
    return shipped.under(practice)
