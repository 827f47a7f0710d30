"""Matching: how many criteria can be met by different tumors at the same time."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def matched(candidates: Sequence[Collection[object]]) -> int:
    """The largest number of criteria that can each have a tumor of their own.

    `candidates` holds, for each criterion, the tumors that can stand for it.

    >>> matched([{"pituitary"}, {"pituitary", "parathyroid"}])
    2
    >>> matched([{"pituitary"}, {"pituitary"}])
    1
    """
    owner: dict[object, int] = {}
    return sum(_settled(start, candidates, owner) for start in range(len(candidates)))


def _settled(start: int, candidates: Sequence[Collection[object]], owner: dict[object, int]) -> bool:
    """Give criterion `start` a tumor, moving earlier criteria to other tumors where needed (an augmenting path)."""
    came_from: dict[object, int] = {}
    waiting = [start]
    for criterion in waiting:
        for tumor in candidates[criterion]:
            if tumor in came_from:
                continue
            came_from[tumor] = criterion
            if tumor not in owner:
                _shift(tumor, came_from, owner)
                return True
            waiting.append(owner[tumor])
    return False


def _shift(tumor: object, came_from: dict[object, int], owner: dict[object, int]) -> None:
    while True:
        criterion = came_from[tumor]
        before = next((held for held, by in owner.items() if by == criterion), None)
        owner[tumor] = criterion
        if before is None:
            return
        del owner[before]
        tumor = before
