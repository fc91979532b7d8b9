"""The program's own words as they stand in its code: the English in `say("…")` and `word("…")`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "rls_workup"
_SAYERS = ("say", "word", "NotANumber")


def english_in_code() -> dict[str, str]:
    """Each English word or sentence that is said, with the file that says it first."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for english in _said(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(english, str(path.relative_to(PACKAGE)))
    return found


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in _SAYERS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
