"""Which known words look most like unknown ones, by the letters they share three in a row."""

from __future__ import annotations

from collections.abc import Mapping

#: Below this share of common triples nothing is offered.
_NEAR = 0.4
_LONGEST = 120


def _triples(key: str) -> set[str]:
    padded = f"  {key} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def nearest_keys(key: str, known: Mapping[str, int], n: int) -> list[int]:
    """Return the places of the nearest keys, best first, each place once."""
    wanted = _triples(key[:_LONGEST])
    scores: dict[int, tuple[float, str]] = {}
    for other, place in known.items():
        if abs(len(other) - len(key)) > max(len(other), len(key)) * 0.6:
            continue
        triples = _triples(other)
        score = 2 * len(wanted & triples) / (len(wanted) + len(triples))
        if score >= _NEAR and score > scores.get(place, (0.0, ""))[0]:
            scores[place] = (score, other)
    ranked = sorted(scores, key=lambda place: (-scores[place][0], scores[place][1]))
    return ranked[:n]
