"""`protocol check --language` and `protocol texts`: what is translated, and the files to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

from rls_workup.domain.protocol import Protocol
from rls_workup.errors import ProtocolMistakes
from rls_workup.protocols import in_language, load_protocol, texts_to_fill_in
from rls_workup.report.writing import put_file


def check_texts(protocol: Protocol, own: Path | None, language: str) -> None:
    """List what is stale and what is missing. Raises ProtocolMistakes with every mistake of the texts."""
    told = in_language(protocol, own, language)
    for sentence in (*told.stale, *told.untranslated):
        print(sentence)
    done = told.texts - len(told.protocol.in_english)
    stale, missing = len(told.stale), len(told.untranslated)
    print(f"{language}: {done} of {told.texts} texts are translated; stale: {stale}, missing: {missing}.")
    if told.mistakes:
        raise ProtocolMistakes(told.mistakes)


def write_texts(own: Path | None, language: str, out: Path | None) -> int:
    """Print the files, or write them into a folder that is there."""
    files = texts_to_fill_in(load_protocol(own), own, language)
    for name, text in files.items():
        if out:
            put_file(out / name, text.encode())
        else:
            sys.stdout.write(f"# {name}\n{text}\n")
    if out:
        print(f"Written: {len(files)} files in {out}", file=sys.stderr)
    return 0
