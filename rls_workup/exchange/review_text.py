"""The review table as text: a block for each item, with what there is, what is given and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rls_workup.domain.proposals import ReviewLine, Standing
from rls_workup.domain.wording import Wording


def review_text(lines: Iterable[ReviewLine], wording: Wording) -> str:
    """Every line that is not the same already; how many are the same stands at the end."""
    held = list(lines)
    shown = [line for line in held if line.standing is not Standing.AGREES]
    text = "".join(f"{row}\n" for line in shown for row in _block(line, wording))
    same = len(held) - len(shown)
    count = wording.say("{count} new or different, {same} the same.", count=len(shown), same=same)
    return f"{text}{count}\n"


def _block(line: ReviewLine, wording: Wording) -> Iterator[str]:
    say = wording.say
    place = f" ({line.where})" if line.where else ""
    yield f"{line.item.label} [{line.item.id}]: {say(line.standing.value)}{place}"
    if line.now:
        yield f"    {say('now')}: {line.now}"
    yield f"    {say('given')}: {line.given}"
    if line.understood:
        yield f"    {say('understood')}: {line.understood}"
    if line.marks:
        yield f"    {say('the laboratory marks')}: {line.marks}"
    if line.problem:
        yield f"    {line.problem}"
