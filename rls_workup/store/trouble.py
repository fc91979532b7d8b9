"""What SQLite reports, said in a sentence that names the store and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreDamaged, StoreTrouble, word

HALF_A_CHARACTER = word(
    "The work-up holds half of a character, which cannot be stored. Delete the sign that is shown as a box."
)
DAMAGED = word("The store {where} is damaged. Leave the file as it is and open a backup.")

UNDECODABLE = "Could not decode to UTF-8"

# The first name that begins SQLite's own name of the error decides.
SENTENCES = {
    "SQLITE_FULL": word(
        "The disk is full, so the store {where} could not be written. "
        "Free some space and save again; what was saved before is unharmed."
    ),
    "SQLITE_IOERR": word(
        "The disk reported an error while the store {where} was in use. "
        "Check the disk and its free space, then save again; what was saved before is unharmed."
    ),
    "SQLITE_READONLY": word(
        "The store {where} cannot be written: there is no permission to. "
        "Ask for write permission to the file and its folder."
    ),
    "SQLITE_CANTOPEN": word(
        "The store {where} cannot be opened. Check that the file and its folder are there and may be written."
    ),
    "SQLITE_PERM": word(
        "There is no permission to use the store {where}. "
        "Ask for write permission to the file and its folder."
    ),
    "SQLITE_BUSY": word(
        "Another program is using the store {where}. Wait for it or close it, then try again."
    ),
    "SQLITE_LOCKED": word("Another window is using the store {where}. Close it or try again."),
    "SQLITE_NOTADB": word(
        "The file {where} is not a store of work-ups, or its key is a different one, or it is "
        "damaged. It was left as it is; choose another file or open a backup."
    ),
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_INTERRUPT": word("Looking through the store {where} was stopped. Look again."),
    "SQLITE_TOOBIG": word("The work-up is too large for the store {where}. Shorten its longest text."),
    "SQLITE_NOMEM": word(
        "The computer has no memory left for the store {where}. Close other programs and save again."
    ),
}


def sentence_for(error: Exception) -> str | None:
    """The sentence for a database error, or None when the error is a fault of this program."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for beginning, sentence in SENTENCES.items():
        if name.startswith(beginning):
            return sentence
    return None


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what SQLite and the file system report inside the block into StoreTrouble; faults of ours pass."""
    try:
        yield
    except sqlite.Error as error:
        if str(error).startswith(UNDECODABLE):
            # `from None`, here too: the error quotes the column.
            raise StoreDamaged(DAMAGED, where=where) from None
        sentence = sentence_for(error)
        if sentence is None:
            raise
        kind = StoreDamaged if sentence == DAMAGED else StoreTrouble
        raise kind(sentence, where=where) from error
    except UnicodeEncodeError:
        # `from None`: the original error holds the text itself, which may name the patient.
        raise StoreTrouble(HALF_A_CHARACTER) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise StoreTrouble(
            "The store {where} cannot be used: {reason}. Choose another place for it.",
            where=where,
            reason=reason,
        ) from error
