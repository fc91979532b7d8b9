"""The address of a practice's server: what may be shown of it, and whether it may be used without TLS."""

from __future__ import annotations

import os
from typing import NamedTuple

from rls_workup.errors import StoreTrouble

BEGINNINGS = ("postgresql://", "postgres://")
PROVEN = "verify-full"
# What the program itself waits for; an address may say otherwise.
WAITS = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "rls-workup",
}


def is_address(where: object) -> bool:
    """Whether this names a server rather than a file."""
    return str(where).lower().startswith(BEGINNINGS)


class Line:
    """What all connections of one store know of the way to its server."""

    def __init__(self) -> None:
        self.silent_until = 0.0  # by the monotonic clock: until then, only the writer tries it again


class Address(NamedTuple):
    """Where a server is and who asks; `parameters` are libpq's, and may hold a password."""

    shown: str
    parameters: dict[str, str]
    line: Line

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"

    def with_password(self, password: str) -> Address:
        """The same address, with the password that a person has just given."""
        return self._replace(parameters={**self.parameters, "password": password})


def address_of(where: str) -> Address:
    """The address that `where` means. Raises StoreTrouble for one that cannot be used safely."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = {name: str(value) for name, value in conninfo_to_dict(where).items()}
    except (psycopg.ProgrammingError, UnicodeError):
        # `from None`: libpq quotes the address, and with it a password.
        raise StoreTrouble(
            "The address of the server cannot be read. Write it like this: "
            "postgresql://user@server.example/database?sslmode=verify-full"
        ) from None
    address = Address(_shown(given), {**WAITS, **given, "client_encoding": "utf8"}, Line())
    _refuse_a_service(address)
    _refuse_the_open_road(address)
    return address


def _shown(given: dict[str, str]) -> str:
    from urllib.parse import quote

    user = quote(given["user"]) + "@" if "user" in given else ""
    port = ":" + given["port"] if "port" in given else ""
    place = given.get("host") or given.get("hostaddr") or ""
    return f"postgresql://{user}{place}{port}/{given.get('dbname', '')}"


def _refuse_a_service(address: Address) -> None:
    if address.parameters.get("service") or os.environ.get("PGSERVICE"):
        raise StoreTrouble(
            "The address of the server names a service, so it cannot be seen whether the way there is safe. "
            "Write the server, the user and the database out, and take PGSERVICE away."
        )


def _refuse_the_open_road(address: Address) -> None:
    if _stays_here(address) or _asked(address, "sslmode") == PROVEN:
        return
    raise StoreTrouble(
        "The store {shown} is on another computer, and without proof of which one, work-ups "
        "could reach a stranger. Nothing was sent. Write ?sslmode=verify-full after the "
        "address, and name the practice's certificate with sslrootcert=FILE where it is not "
        "in the usual place.",
        shown=address.shown,
    )


def _asked(address: Address, name: str) -> str:
    return address.parameters.get(name) or os.environ.get("PG" + name.upper(), "")


def _stays_here(address: Address) -> bool:
    places = _asked(address, "hostaddr") or _asked(address, "host")
    return all(_is_here(place.strip()) for place in places.split(","))


def _is_here(place: str) -> bool:
    if not place:  # libpq's default: a socket of this computer, or localhost where there are none
        return True
    if place.startswith(("/", "@")) or place == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(place.strip("[]")).is_loopback
    except ValueError:
        return False
