"""Two pieces of work measured in turn, A B A B, so that a noisy machine troubles both alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds of each round for ours and for the reference."""

    name: str
    ours: list[float]
    reference: list[float]
    against: str
    goal: str

    def __str__(self) -> str:
        ratio = median(mine / other for mine, other in zip(self.ours, self.reference, strict=True))
        p99 = quantiles(self.ours, n=100)[98] if len(self.ours) > 1 else self.ours[0]
        return (
            f"{self.name:<46} {median(self.ours):9.2f} ms  p99 {p99:9.2f}"
            f"   {median(self.reference):9.2f} ms {self.against:<38} ratio {ratio:6.2f}   goal {self.goal}"
        )


def measured(name: str, ours: Work, reference: Work, against: str, goal: str, rounds: int = 15) -> Pair:
    """Both pieces, one warm-up each, then `rounds` interleaved rounds."""
    ours(), reference()
    times = [(_timed(ours), _timed(reference)) for _ in range(rounds)]
    return Pair(name, [mine for mine, _ in times], [other for _, other in times], against, goal)


def _timed(work: Work) -> float:
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000
