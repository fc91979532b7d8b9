"""The program's own words as they stand in its code: the English in `say("…")`, `word("…")` and `told(…, "…")`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "rls_workup"
WINDOW = PACKAGE / "ui"
_TROUBLES = {
    *("WorkupError", "UnreadableFile", "NeedsPassword", "NewerFormat", "CannotWrite", "Cancelled"),
    *("StoreTrouble", "Conflict", "Unreachable", "StoreDamaged", "Locked", "WrongPassphrase", "NoKeys"),
    "OtherPatient",
}
_SAYERS = {
    "say": 0,
    "word": 0,
    "NotANumber": 0,
    "Untold": 0,
    "Ambiguous": 0,
    "Sentence": 0,
    "told": 1,
    **dict.fromkeys(_TROUBLES, 0),
}
# What these are given stands on the screen, whatever it looks like.
_SHOWERS = {
    *("setText", "setAccessibleName", "setAccessibleDescription", "setToolTip", "setWindowTitle", "setTitle"),
    *("setPlaceholderText", "setInformativeText", "addButton", "addMenu", "addAction", "addItem", "QAction"),
    *("QPushButton", "QLabel", "plain_label", "plain_box", "WrappedLabel", "tip", "tell", "show_notice"),
}
_NAMES_NOBODY_READS = {
    "setProperty",
    "setObjectName",
    "restyle",
    "QKeySequence",
    "strftime",
    "icon",
    "pixmap",
}
_LIKE_WORDS = re.compile(
    r".*(\{\} [^\W\d_]{3}|[^\W\d_]{3}[,:]? \{\})|&?[A-Z]?[^\W\d_]{2,}.* .*[^\W\d_]|&?[A-Z]&?[a-z]{2,}"
    r"|.*[a-z]…\Z|.*[a-z]{2} [a-z]{2}",
    re.DOTALL,
)
_OF_THE_MACHINE = re.compile(
    r"(Ctrl|Shift|Alt)\+\S*|F[0-9]+|Esc|[A-Z0-9_]+|\S*\.(ttf|svg|pdf|rlsbackup|ScreenSaver)|%[a-zA-Z].*|[a-z-]+/\S+"
)


def english_in_code(below: Path = PACKAGE) -> dict[str, str]:
    """Each English word or sentence that is said, with the file that says it first."""
    found: dict[str, str] = {}
    for path in sorted(below.rglob("*.py")):
        for english in _said(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(english, str(path.relative_to(PACKAGE)))
    return found


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _SAYERS:
            first = next(iter(node.args[_SAYERS[_name(node.func)] :]), None)
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def untold_troubles(source: str) -> list[str]:
    """The errors of a piece of code whose sentence is put together where it is raised, so that only one
    language has it."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return [
        ast.unparse(call)
        for call in calls
        if (_name(call.func) in _TROUBLES and isinstance(call.args[0], (ast.JoinedStr, ast.BinOp, ast.IfExp)))
        or (_name(call.func) in _TROUBLES and isinstance(call.args[0], ast.Call) and not _says(call.args[0]))
    ]


def _says(call: ast.Call) -> bool:
    return _name(call.func) in _SAYERS


def untold(source: str) -> list[str]:
    """The words for people in a piece of code that do not go through the wording, as they stand there."""
    tree = ast.parse(source)
    return [_literal(node) for node in _literals(tree) if _is_for_people(node)]


def _literals(node: ast.AST, shown: bool = False) -> Iterator[ast.expr]:
    """The strings below a node that may be words; `_shown` marks those that surely stand on the screen."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, (ast.JoinedStr, ast.Constant)):
        node._shown = shown  # type: ignore[union-attr]
        yield node
        return
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if name in _NAMES_NOBODY_READS:
            return
        told = node.args[_SAYERS[name]] if name in _SAYERS and len(node.args) > _SAYERS[name] else None
        for child in ast.iter_child_nodes(node):
            if child is not told:
                yield from _literals(child, name in _SHOWERS)
        return
    for child in ast.iter_child_nodes(node):
        yield from _literals(child, shown and isinstance(node, (ast.IfExp, ast.BinOp)))


def _is_for_people(node: ast.expr) -> bool:
    text = _literal(node)
    if not text or _OF_THE_MACHINE.fullmatch(text):
        return False
    shown = bool(getattr(node, "_shown", False)) and re.search(r"[^\W\d_]{2}", text)
    a_name = isinstance(node, ast.Constant) and re.fullmatch(r"[a-z-]+", text)
    return bool((shown and not a_name) or _LIKE_WORDS.match(text))


def _literal(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value if isinstance(part, ast.Constant) else "{}" for part in parts]
    return "".join(text for text in texts if isinstance(text, str))


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
