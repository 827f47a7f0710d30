"""Strategies for documents as intake software and servers send them: both native forms, and FHIR bundles."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal, TypeAlias, overload

from hypothesis import strategies as st

from menscreen.formats.table import to_write
from menscreen.strategies.arguments import check_switches, sizes
from menscreen.strategies.asked import genes, terms
from menscreen.strategies.damage import BREAKS, BrokenDocument
from menscreen.strategies.families import pedigrees
from menscreen.strategies.records import UNRECOGNIZED, VARIANTS, WORDS
from menscreen.vocabulary import vocabulary

Document: TypeAlias = dict[str, Any]

#: How people write that something is not known.
UNKNOWN = (None, "", "?", "unknown", "Unknown", " ? ")
#: Words that people use, and that the vocabulary knows under another name.
SYNONYMS = ("MTC", "phaeochromocytoma", "Wermer syndrome", "HPT")
SITES = ("thyroid", "parathyroid", "adrenal", "pituitary", "pancreas")
#: Relations of which there may be several; the first is the nearest.
RELATIONS = ("brother", "sister", "daughter", "maternal aunt", "paternal half-sister", "sister's son", "cousin", "aunt",
             "mother's mother's sister")  # fmt: skip


@cache
def _keys(unknowns: bool, **keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Any of these keys, each with a value or not known."""
    spelled = st.sampled_from(UNKNOWN)
    values = {key: (value | spelled if unknowns else value) for key, value in keys.items()}
    return st.fixed_dictionaries({}, optional=values)


def _ages(low: int, high: int) -> st.SearchStrategy[Any]:
    whole = st.integers(low, high)
    return whole | st.tuples(whole, whole).map(lambda pair: sorted(pair)) | whole.map(lambda age: [age, None])


@cache
def _findings(unknowns: bool) -> st.SearchStrategy[Document]:
    words = [vocabulary().terms[term].name for term in terms()]
    named = st.fixed_dictionaries({"finding": st.sampled_from([*words, *SYNONYMS, *UNRECOGNIZED])})
    placed = st.fixed_dictionaries({"site": st.sampled_from(SITES)})
    flag, text = st.booleans(), st.sampled_from(WORDS)
    more = _keys(
        unknowns,
        age=_ages(0, 30),
        status=st.sampled_from(["present", "absent", "suspected"]),
        multiple=flag,
        bilateral=flag,
        recurrent=flag,
        metastatic=flag,
        confirmed=flag,
        declined=st.lists(st.sampled_from(["age", "histology"]), max_size=2),
        size_mm=st.integers(1, 90) | st.floats(0.5, 90, width=16),
        note=text,
        grade=st.integers(1, 3) | text,
    )
    return st.builds(lambda what, keys: {**what, **keys}, named | placed, more)


@cache
def _tests(unknowns: bool) -> st.SearchStrategy[Document]:
    required = st.fixed_dictionaries(
        {
            "gene": st.sampled_from([*genes(), *(gene.lower() for gene in genes())]),
            "result": st.sampled_from(["pathogenic", "negative", "uncertain", "likely-pathogenic", "benign"]),
        }
    )
    more = _keys(
        unknowns,
        variant=st.sampled_from(VARIANTS),
        scope=st.sampled_from(["full", "familial-variant", "other-variant"]),
        origin=st.sampled_from(["germline", "somatic"]),
    )
    return st.builds(lambda what, keys: {**what, **keys}, required, more)


@cache
def _records(unknowns: bool) -> st.SearchStrategy[Document]:
    """What is recorded of somebody; nobody is younger than at a diagnosis."""
    nothing: st.SearchStrategy[Any] = st.sampled_from(UNKNOWN) if unknowns else st.nothing()
    return _keys(
        unknowns,
        label=st.sampled_from(WORDS),
        gender=st.sampled_from(["woman", "man", "nonbinary"]),
        age=_ages(30, 95),
        deceased=st.booleans(),
        history=st.sampled_from(["known", "unknown"]),
        asked=st.lists(st.sampled_from(["thyroid", "pancreas"]), max_size=2),
        findings=st.lists(_findings(unknowns) | nothing, max_size=3),
        tests=st.lists(_tests(unknowns) | nothing, max_size=2),
    )


@st.composite
def relatives_forms(
    draw: st.DrawFn, *, min_relatives: int = 0, max_relatives: int | None = None, unknowns: bool = True
) -> Document:
    """The short form of the pedigree format, as a questionnaire has it: the proband and a list of relatives.

    Shrinks to a proband of whom nothing is recorded, with the fewest relatives, who are brothers.

    Args:
        draw: given by Hypothesis.
        min_relatives: at least so many entries.
        max_relatives: at most so many; by default 5, or two more than the fewest.
        unknowns: facts may be spelled as not known, in every spelling.

    >>> from hypothesis import find
    >>> find(relatives_forms(min_relatives=1), lambda document: True)
    {'proband': {}, 'relatives': [{'relation': 'brother'}]}
    """
    check_switches(unknowns=unknowns)
    least, most = sizes(min_relatives, max_relatives, 5, "relatives")
    relative = st.builds(
        lambda relation, keys: {"relation": relation, **keys}, st.sampled_from(RELATIONS), _records(unknowns)
    )
    proband = draw(_records(unknowns))
    return {"proband": proband, "relatives": draw(st.lists(relative, min_size=least, max_size=most))}


@overload
def native_documents(
    *, min_people: int = ..., max_people: int | None = ..., unknowns: bool = ..., broken: Literal[False] = ...
) -> st.SearchStrategy[Document]: ...


@overload
def native_documents(
    *, min_people: int = ..., max_people: int | None = ..., unknowns: bool = ..., broken: Literal[True]
) -> st.SearchStrategy[BrokenDocument]: ...


def native_documents(
    *, min_people: int = 1, max_people: int | None = None, unknowns: bool = True, broken: bool = False
) -> st.SearchStrategy[Document] | st.SearchStrategy[BrokenDocument]:
    """The full form of the pedigree format: people with parent links, as `json.dumps` takes it.

    Shrinks to the fewest people, of whom nothing is recorded and who are not tied to each other; a broken document to
    the first kind of damage, done to the first person.

    Args:
        min_people: at least so many people.
        max_people: at most so many; by default 6, or two more than the fewest.
        unknowns: facts may be spelled as not known, in every spelling.
        broken: documents with one error, as a `BrokenDocument` that says which problem is to be expected, and where.

    >>> from hypothesis import find
    >>> find(native_documents(), lambda document: True)
    {'proband': 'p0', 'people': [{'id': 'p0', 'sex': 'female'}]}
    >>> find(native_documents(broken=True), lambda one: one.code == "A001")[1:]
    ('A001', 'people[0].age')
    """
    whole = _full_forms(min_people=min_people, max_people=max_people, unknowns=unknowns)
    return _broken(whole) if broken else whole


@st.composite
def _full_forms(draw: st.DrawFn, *, min_people: int, max_people: int | None, unknowns: bool) -> Document:
    """People of either sex by turns, each a child of people who stand before, in any order."""
    check_switches(unknowns=unknowns)
    least, most = sizes(min_people, max_people, 6, "people", least=1)
    records = draw(st.lists(_records(unknowns), min_size=least, max_size=most))
    people: list[Document] = []
    for number, record in enumerate(records):
        person: Document = {"id": f"p{number}", "sex": ("female", "male")[number % 2]}
        for key, first in (("mother", 0), ("father", 1)):
            parents = tuple(f"p{other}" for other in range(first, number, 2))
            if len(parents) > 0 and draw(st.booleans()):
                person[key] = draw(st.sampled_from(parents + UNKNOWN * unknowns))
        people.append({**person, **record})
    if draw(st.booleans()):
        people = list(draw(st.permutations(people)))
    return {"proband": draw(st.sampled_from(people))["id"], "people": people}


@st.composite
def _broken(draw: st.DrawFn, whole: st.SearchStrategy[Document]) -> BrokenDocument:
    document = draw(whole)
    damage = draw(st.sampled_from(BREAKS))
    return damage(document, draw(st.integers(0, len(document["people"]) - 1)))


@st.composite
def fhir_bundles(
    draw: st.DrawFn,
    *,
    min_people: int = 1,
    max_people: int | None = None,
    twins: bool = True,
    adoption: bool = True,
    unknowns: bool = True,
) -> Document:
    """FHIR R4 bundles of a patient and FamilyMemberHistory resources, as a server sends them; as `json.dumps` takes it.

    The entries stand in any order, beside others that are not about the family. Shrinks as `pedigrees` does.

    Args:
        draw: given by Hypothesis.
        min_people: at least so many people.
        max_people: at most so many; by default 8, or two more than the fewest.
        twins: with twins.
        adoption: with people who were adopted.
        unknowns: facts may not be known.

    >>> from hypothesis import find
    >>> find(fhir_bundles(), lambda document: True)["resourceType"]
    'Bundle'
    """
    family = draw(
        pedigrees(min_people=min_people, max_people=max_people, twins=twins, adoption=adoption, unknowns=unknowns)
    )
    document: Document = json.loads(to_write("fhir").write(family))
    if draw(st.booleans()):
        other = {"resource": {"resourceType": "Organization", "id": "ward", "name": "a ward"}}
        document["entry"] = list(draw(st.permutations([*document["entry"], other])))
    return document
