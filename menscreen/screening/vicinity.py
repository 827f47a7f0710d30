"""The people near somebody in a pedigree too large to look at whole."""

from __future__ import annotations

import attrs

from menscreen.pedigree.family import Pedigree

#: So many people are looked at: the nearest. Nobody has that many relatives whose tumors are known.
MOST_PEOPLE = 1_000


def vicinity(family: Pedigree, position: int, most: int = MOST_PEOPLE) -> Pedigree:
    """The family with the `most` nearest people only, counted in steps from parent to child and back.

    Twins and people known by words of relation to somebody near stay with them. A smaller family stays as it is.
    """
    if len(family.people) <= most:
        return family
    near = [position]
    seen = {position}
    for one in near:
        if len(near) >= most:
            break
        for other in (*family.parents[one], *family.children[one]):
            if other >= 0 and other not in seen:
                seen.add(other)
                near.append(other)
    kept = set(near[:most])
    ids = {family.people[at].id for at in kept}
    kept.update(
        at for at, person in enumerate(family.people) if person.relation is not None and person.relation.to in ids
    )
    people = tuple(family.people[at] for at in sorted(kept))
    ids = {person.id for person in people}
    twins = tuple(twins for twins in family.twins if ids.issuperset(twins.people))
    return attrs.evolve(family, people=people, twins=twins)
