"""What About tells: versions, intended use, sources, licences; nothing of a patient, no path, no name."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from typing import Any

import tomli
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from rls_workup import __version__
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import shown_date
from rls_workup.resources import folder
from rls_workup.store import Store
from rls_workup.ui import theme, words
from rls_workup.ui.item_help import source_line
from rls_workup.ui.words import say

_REQUIRED = re.compile(r"^([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==", re.MULTILINE)


def versions(protocol: Protocol, store: Store) -> list[str]:
    """What a support mail needs: versions, system, screen and the kind of store."""
    about = protocol.about
    adapted = say(" · adapted by this practice") if protocol.adapted else ""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return [
        f"RLS Workup {__version__}",
        say("Protocol {version}, reviewed {date}", version=about.version, date=shown_date(about.reviewed))
        + adapted,
        f"Python {platform.python_version()} · Qt {qVersion()} · PySide6 {pyside_version}",
        *_databases(store),
        f"{platform.system()} {platform.release()} · {platform.machine()}",
        say(
            "Screen {width} × {height}, scale {scale} · text {percent} % · window in {language}, "
            "desktop in {desktop}",
            width=size.width(),
            height=size.height(),
            scale=f"{screen.devicePixelRatio():g}",
            percent=theme.current.text_percent,
            language=words.current.language,
            desktop=QLocale.system().name(),
        ),
    ]


def _databases(store: Store) -> Iterator[str]:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone() or ("–",)
    finally:
        connection.close()
    where = say("in a file") if store.path is not None else say("on a server")
    yield say(
        "SQLite {sqlite} · SQLCipher {cipher} · work-ups {where}",
        sqlite=dbapi2.sqlite_version,
        cipher=cipher,
        where=where,
    )


def intended_use(protocol: Protocol) -> list[str]:
    """What the program is for, and that it is no certified device."""
    mark = say(
        "It carries no CE or UKCA mark: in the European Union and the United Kingdom it is for "
        "demonstration only."
    )
    return [protocol.about.intended_use, mark]


def sources(protocol: Protocol) -> list[str]:
    """Every source that the protocol cites, with how well it was read."""
    return [source_line(protocol, source) for source in protocol.sources]


def licences(protocol: Protocol) -> list[str]:
    """The licence of the program, of what it brings along, and of every package that it stands on."""
    return [
        say("RLS Workup is under the Apache License 2.0. It comes without any warranty."),
        say(
            "Qt and PySide6 are used under the GNU Lesser General Public License 3, as packages of their own "
            "that can be replaced."
        ),
        *protocol.about.notices,
        *(f"{part['name']}: {part['licence']} · © {part['owner']}" for part in _told()["parts"]),
        *packages(),
    ]


def packages() -> list[str]:
    """Each package that the program needs and that is installed, `pikepdf 10.17.0: MPL-2.0`."""
    required = (folder("requirements") / "run.txt").read_text(encoding="utf-8")
    known_otherwise: dict[str, str] = _told()["packages"]
    found = []
    for name in _REQUIRED.findall(required):
        try:
            known = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        named = known["Name"].replace("_", "-")
        found.append(f"{named} {known['Version']}: {known_otherwise.get(name) or _licence(known)}")
    return found


@cache
def _told() -> dict[str, Any]:
    return tomli.loads(folder("licences.toml").read_text(encoding="utf-8"))


def _licence(known: metadata.PackageMetadata) -> str:
    classed = [
        each.rpartition("::")[2].strip()
        for each in known.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    expression, written = (_field(known, each) for each in ("License-Expression", "License"))
    said = expression or "; ".join(classed) or written
    return said.splitlines()[0] if said else "–"


def _field(known: metadata.PackageMetadata, name: str) -> str:
    return str(known[name]) if name in known else ""
