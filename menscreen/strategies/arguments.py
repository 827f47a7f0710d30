"""Arguments of strategies that are wrong, in the way of Hypothesis: `InvalidArgument`."""

from __future__ import annotations

from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy


def check_switches(**switches: object) -> None:
    """Refuse what is neither true nor false."""
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise InvalidArgument(f"{name}={value!r} must be True or False")


def check_strategies(**strategies: object) -> None:
    """Refuse what is no strategy; `None` stands for the one that is usual."""
    for name, value in strategies.items():
        if value is not None and not isinstance(value, SearchStrategy):
            raise InvalidArgument(f"{name}={value!r} must be a strategy; wrap a value in st.just")


def sizes(minimum: int, maximum: int | None, usual: int, what: str, least: int = 0) -> tuple[int, int]:
    """The smallest and greatest number; not given, the greatest is `usual`, or a few more than the smallest."""
    for name, value in ((f"min_{what}", minimum), (f"max_{what}", maximum)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            raise InvalidArgument(f"{name}={value!r} must be a whole number of at least {least}")
    top = max(usual, minimum + 2) if maximum is None else maximum
    if top < minimum:
        raise InvalidArgument(f"max_{what}={top} must not be below min_{what}={minimum}")
    return minimum, top
