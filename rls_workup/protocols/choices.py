"""What a practice chose where sources disagree: `settings.toml` in its folder, read and written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import tomli

from rls_workup.domain.parts import Dispute
from rls_workup.domain.tokens import guess
from rls_workup.errors import CannotWrite
from rls_workup.protocols.files import CHOICES, text_of

_HEAD = "# What this practice chose where sources disagree. The other readings are shown all the same.\n"


def read_choices(folder: Path, mistakes: list[str]) -> dict[str, str]:
    """The leading profile by dispute; nothing where the folder holds no choices."""
    path = folder / CHOICES
    text = text_of(path, mistakes) if path.exists() else None
    if text is None:
        return {}
    try:
        document = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        mistakes.append(f"{CHOICES}: not well-formed TOML.")
        return {}
    mistakes += [
        f"{CHOICES}: “{key}” is not known here; only [leading] is." for key in document if key != "leading"
    ]
    leading = document.get("leading", {})
    if not isinstance(leading, dict) or not all(isinstance(value, str) for value in leading.values()):
        mistakes.append(f'{CHOICES}: write [leading] and below it lines like vitamin_b12 = "nice".')
        return {}
    return leading


def wrong_choices(chosen: Mapping[str, str], disputes: Mapping[str, Dispute]) -> list[str]:
    """A sentence for each choice that names no dispute, or none of its profiles."""
    wrong = []
    for dispute, profile in chosen.items():
        if dispute not in disputes:
            wrong.append(
                f"{CHOICES}: {dispute} is nothing that sources disagree on{guess(dispute, disputes)}"
            )
        elif profile not in (known := [offered.id for offered in disputes[dispute].profiles]):
            wrong.append(f"{CHOICES}: {dispute}: {profile or 'nothing'} is no profile{guess(profile, known)}")
    return wrong


def write_choices(folder: Path, chosen: Mapping[str, str]) -> None:
    """Keep the choices in the practice's folder, which is made where there is none. Raises CannotWrite."""
    lines = [f'{dispute} = "{profile}"\n' for dispute, profile in sorted(chosen.items())]
    path = folder / CHOICES
    beside = path.with_name(f".{CHOICES}.{os.getpid()}.tmp")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text(f"{_HEAD}\n[leading]\n{''.join(lines)}", encoding="utf-8")
        os.replace(beside, path)
    except OSError as trouble:
        raise CannotWrite(
            "{path} cannot be written: {why}. The choice was not kept.", path=path, why=trouble.strerror
        ) from None
