"""The difference between two JSON documents: a short list of changes, each with its old and new value."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import simplejson

Tree = Any  # dict, list, str, bool, None or Number
Change = dict[str, Any]
"""As in RFC 6902 (op, path, value), with `old`, and with `before`: the member that an added one precedes."""


class Number(simplejson.RawJSON):  # type: ignore[misc]
    """A JSON number kept as it was written, so that 7.50 stays 7.50 and two spellings are two values."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and bool(self.encoded_json == other.encoded_json)


# Trees hold nothing but what JSON has, so the questions after other types are left out: three times as fast.
_WRITE = simplejson.JSONEncoder(
    separators=(",", ":"),
    ensure_ascii=False,
    check_circular=False,
    use_decimal=False,
    namedtuple_as_object=False,
    tuple_as_array=False,
).encode
# One object for each spelling, so that most comparisons end at "it is the same".
_NUMBER = lru_cache(maxsize=4096)(Number)
_READ = simplejson.JSONDecoder(parse_float=_NUMBER, parse_int=_NUMBER).decode


def parsed(text: str) -> Tree:
    """The JSON text as a tree. Raises ValueError or RecursionError when it is none."""
    return _READ(text)


def written(tree: Tree) -> str:
    """The tree as compact JSON text, members in their order."""
    return str(_WRITE(tree))


def difference(old: Tree, new: Tree, path: str = "") -> list[Change]:
    """The changes that lead from `old` to `new`, in the order in which they are to be applied.

    Members that only changed places are not told; whoever needs the very text compares it after `rebuilt`.
    """
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        return _between_objects(old, new, path)
    if isinstance(old, list) and isinstance(new, list):
        return _between_lists(old, new, path)
    return [{"op": "replace", "path": path, "old": old, "value": new}]


def _between_objects(old: dict[str, Tree], new: dict[str, Tree], path: str) -> list[Change]:
    changes: list[Change] = []
    for name, value in old.items():
        if name not in new:
            changes.append({"op": "remove", "path": _below(path, name), "old": value})
        elif value != new[name]:
            changes.extend(difference(value, new[name], _below(path, name)))
    following: str | None = None
    for name in reversed(new):  # from the end, so that the member that follows is already there
        if name not in old:
            changes.append(_addition(_below(path, name), new[name], following))
        following = name
    return changes


def _addition(path: str, value: Tree, following: str | None) -> Change:
    change = {"op": "add", "path": path, "value": value}
    return change if following is None else {**change, "before": following}


def _between_lists(old: list[Tree], new: list[Tree], path: str) -> list[Change]:
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    both = min(len(gone), len(come))
    changes: list[Change] = []
    for at in range(both):
        changes.extend(difference(gone[at], come[at], f"{path}/{first + at}"))
    for at in reversed(range(both, len(gone))):
        changes.append({"op": "remove", "path": f"{path}/{first + at}", "old": gone[at]})
    for at in range(both, len(come)):
        changes.append({"op": "add", "path": f"{path}/{first + at}", "value": come[at]})
    return changes


def _alike(old: list[Tree], new: list[Tree]) -> int:
    count = 0
    while count < min(len(old), len(new)) and old[count] == new[count]:
        count += 1
    return count


def _below(path: str, name: str) -> str:
    return path + "/" + name.replace("~", "~0").replace("/", "~1")


def rebuilt(tree: Tree, changes: list[Change]) -> Tree:
    """`tree` with the changes applied; the tree itself is not touched. LookupError when they do not fit."""
    for change in changes:
        names = [name.replace("~1", "/").replace("~0", "~") for name in change["path"].split("/")[1:]]
        tree = _changed(tree, names, change)
    return tree


def _changed(tree: Tree, names: list[str], change: Change) -> Tree:
    if not names:
        return change["value"]
    if isinstance(tree, list):
        return _list_changed(tree, int(names[0]), names[1:], change)
    name, rest = names[0], names[1:]
    if rest or change["op"] == "replace":
        return {**tree, name: _changed(tree[name], rest, change)}
    if change["op"] == "remove":
        return {other: value for other, value in tree.items() if other != name}
    return _with_member(tree, name, change)


def _with_member(tree: dict[str, Tree], name: str, change: Change) -> dict[str, Tree]:
    if "before" not in change:
        return {**tree, name: change["value"]}
    grown: dict[str, Tree] = {}
    for other, value in tree.items():
        if other == change["before"]:
            grown[name] = change["value"]
        grown[other] = value
    return grown


def _list_changed(tree: list[Tree], at: int, rest: list[str], change: Change) -> list[Tree]:
    if rest or change["op"] == "replace":
        return [*tree[:at], _changed(tree[at], rest, change), *tree[at + 1 :]]
    if change["op"] == "remove":
        return tree[:at] + tree[at + 1 :]
    return [*tree[:at], change["value"], *tree[at:]]
