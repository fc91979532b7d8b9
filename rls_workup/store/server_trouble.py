"""What a server reports, said in a sentence that names the store and what to do; never its own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from rls_workup.errors import StoreTrouble, Unreachable, word
from rls_workup.store.trouble import HALF_A_CHARACTER

AWAY = word(
    "The server of the store {where} does not answer. "
    "Look whether the network is there, or ask whoever looks after the server."
)
NO_PASSWORD = word(
    "The server of the store {where} asks for a password. Start the program from a terminal or with a window "
    "to be asked for it, or keep it in your pgpass file."
)
REFUSED = word(
    "The server of the store {where} did not let this user in. "
    "Check the user, the database and the password, or ask whoever looks after the server."
)
UNPROVEN = word(
    "The server of the store {where} could not prove that it is the right one, so nothing was sent. "
    "Check its name and the certificate (sslrootcert=FILE), or ask whoever looks after the server."
)
NO_RIGHT = word(
    "The server of the store {where} does not let this user do that. "
    "Ask whoever looks after the server for the rights that the README names."
)
BUSY = word("Somebody else is using the store {where} just now. Try again in a moment.")

# The first code that begins the server's own decides.
SENTENCES = {
    "53100": word(
        "The disk of the server is full, so the store {where} could not be written. "
        "Ask whoever looks after the server; what was saved before is unharmed."
    ),
    "53200": word(
        "The server of the store {where} has no memory left. Try again, or ask whoever looks after it."
    ),
    "25006": word("The server of the store {where} takes no changes at present. Ask whoever looks after it."),
    "42501": NO_RIGHT,
    "54": word("The work-up is too large for the store {where}. Shorten its longest text."),
    "55P03": BUSY,
    "57014": BUSY,
    "40": BUSY,
    "58": word(
        "The disk of the server reported an error while the store {where} was in use. "
        "Ask whoever looks after the server; what was saved before is unharmed."
    ),
    "XX001": word("The store {where} is damaged. Leave it as it is and ask whoever looks after the server."),
    "XX002": word("The store {where} is damaged. Leave it as it is and ask whoever looks after the server."),
}
GONE = ("08", "57P", "53300", "25P03")  # the connection, a server that shuts down or starts, no place left

# libpq gives no code while connecting, only words of its own and of the server.
ABOUT_PROOF = ("certificate", "SSL", "TLS")
ABOUT_RIGHTS = ("authentication failed", "does not exist", "pg_hba.conf", "permission denied")


def while_connecting(error: psycopg.Error, where: str) -> StoreTrouble:
    """What to say of a connection that did not come about."""
    if error.pgconn is not None and error.pgconn.needs_password:
        return StoreTrouble(NO_PASSWORD, where=where)
    words = str(error)
    if "FATAL" in words and any(word in words for word in ABOUT_RIGHTS):
        return StoreTrouble(REFUSED, where=where)
    if "FATAL" not in words and any(word in words for word in ABOUT_PROOF):
        return StoreTrouble(UNPROVEN, where=where)
    return Unreachable(AWAY, where=where)


def trouble_for(error: psycopg.Error, where: str, *, broken: bool) -> StoreTrouble | None:
    """What to say of a statement that failed, or None when the error is a fault of this program."""
    code = error.sqlstate or ""
    if broken or code.startswith(GONE):
        return Unreachable(AWAY, where=where)
    for beginning, sentence in SENTENCES.items():
        if code.startswith(beginning):
            return StoreTrouble(sentence, where=where)
    return None


@contextmanager
def told(connection: psycopg.Connection, where: str) -> Iterator[None]:
    """Turn what the server reports into StoreTrouble; faults of ours pass, without its words."""
    try:
        yield
    # `from None`, always: the server quotes rows, and with them patients.
    except psycopg.Error as error:
        trouble = trouble_for(error, where, broken=connection.closed)
        if trouble is None:
            raise RuntimeError(f"the server reported {error.sqlstate or type(error).__name__}") from None
        raise trouble from None
    except UnicodeEncodeError:
        raise StoreTrouble(HALF_A_CHARACTER) from None
