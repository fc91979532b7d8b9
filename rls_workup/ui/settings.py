"""What the person chose about the window, kept in a small JSON file; never anything about a patient."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from rls_workup.ui.words import say


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices with what holds where none was made. `geometry` is Qt's own, as hexadecimal digits.

    `units` is the system whose units are shown first, "si" or "conventional"; "" where nobody chose, and
    `units_of` the unit of single items. `date_order` answers a typed 3/4/2026: "dmy", "mdy" or "ask".
    `introduced`: the first questions were answered or put away, and are not asked again. `older_left`: the
    mark of the protocol of which the person said that work-ups of an earlier one stay as they are.
    """

    language: str = "system"
    paper_language: str = ""
    theme: str = "system"
    text_percent: int = 100
    paper: str = "a4"
    printed_by: str = ""
    role: str = ""
    geometry: str = ""
    lock_minutes: int = 5
    passphrase_later: bool = False
    second_backups: str = ""
    carries_data: bool = True
    batch_kind: str = "workup"
    batch_language: str = ""
    units: str = ""
    units_of: Mapping[str, str] = field(default_factory=dict)
    date_order: str = "ask"
    introduced: bool = False
    older_left: str = ""


def default_path() -> Path:
    """Where the settings of this user lie."""
    from platformdirs import user_config_path

    return user_config_path("rls-workup", appauthor=False) / "window.json"


def read_settings(path: Path) -> tuple[Settings, str]:
    """The settings, and a sentence for the person where the file could not be read ("" when all is well).

    A damaged file is set aside under another name, never overwritten.
    """
    try:
        given = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError, RecursionError):
        return Settings(), _set_aside(path)
    return (_taken(given), "") if isinstance(given, dict) else (Settings(), _set_aside(path))


def _taken(given: dict[str, Any]) -> Settings:
    usual = Settings()
    known = {each.name: getattr(usual, each.name) for each in fields(Settings)}
    right = {name: value for name, value in given.items() if name in known and _fits(value, known[name])}
    return replace(usual, **right)


def _fits(value: Any, usual: Any) -> bool:
    if isinstance(value, dict) and not all(isinstance(each, str) for each in value.values()):
        return False
    return type(value) is type(usual)


def _set_aside(path: Path) -> str:
    aside = path.with_suffix(".damaged")
    try:
        os.replace(path, aside)
    except OSError:
        return say("The window's settings {path} cannot be read, so the usual ones are in use.", path=path)
    return say(
        "The window's settings were damaged, so the usual ones are in use. The old file is {aside}.",
        aside=aside,
    )


def keep_settings(path: Path, settings: Settings) -> bool:
    """Write the settings whole or not at all; False when the disk refuses, which nobody need be told."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(asdict(settings), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True
