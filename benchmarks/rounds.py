"""Times side by side: in each round everything runs once, in another order, and only ratios within a round count."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Spread(NamedTuple):
    """The middle half of what was seen."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        return f"{digits(self.median)} ({digits(self.low)} to {digits(self.high)})"

    def by(self, factor: float) -> Spread:
        """The same, in units that are so many times smaller."""
        return Spread(*(value * factor for value in self))


def digits(value: float) -> str:
    """Two digits at least, none that say nothing."""
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def spread(values: list[float]) -> Spread:
    """The quartiles of some values."""
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(low, median, high)


def seconds(action: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def ratios(actions: Mapping[str, Callable[[], object]], base: str, rounds: int) -> dict[str, Spread]:
    """How many times as long as `base` each action takes in the same round."""
    order = list(actions)
    chance = random.Random(1)
    found: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _ in range(rounds):
        chance.shuffle(order)
        gc.collect()
        times = {name: seconds(actions[name]) for name in order}
        for name, taken in times.items():
            found[name].append(taken / times[base])
    return {name: spread(values) for name, values in found.items()}
