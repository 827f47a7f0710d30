"""Damage to a document of the native format, each with the problem that is to be expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

Document: TypeAlias = dict[str, Any]


class BrokenDocument(NamedTuple):
    """A document with an error, and the problem that a reader has to find, among others that follow from it.

    Attributes:
        document: as `json.dumps` takes it.
        code: such as ``P004``.
        where: the place of the problem, such as ``people[0].mother``.
    """

    document: Document
    code: str
    where: str


Break: TypeAlias = Callable[[Document, int], BrokenDocument]


def _sets(code: str, where: str, **keys: Any) -> Break:
    """Record something impossible of a person."""

    def damaged(document: Document, at: int) -> BrokenDocument:
        people = [{**one, **keys} if number == at else one for number, one in enumerate(document["people"])]
        return BrokenDocument({**document, "people": people}, code, f"people[{at}]{where}")

    return damaged


def _with_parent(code: str, where: str, sex: str, *roles: str) -> Break:
    """Give a person a parent who cannot be one."""

    def damaged(document: Document, at: int) -> BrokenDocument:
        stranger = {"id": "stranger", "sex": sex}
        damage = _sets(code, where, **dict.fromkeys(roles, "stranger"))(document, at)
        return damage._replace(document={**damage.document, "people": [*damage.document["people"], stranger]})

    return damaged


def _of_document(code: str, where: str, **keys: Any) -> Break:
    def damaged(document: Document, at: int) -> BrokenDocument:
        return BrokenDocument({**document, **keys}, code, where)

    return damaged


def _own_ancestor(document: Document, at: int) -> BrokenDocument:
    one = document["people"][at]
    role = "mother" if one["sex"] == "female" else "father"
    return _sets("P003", "", **{role: one["id"]})(document, at)


def _twice(document: Document, at: int) -> BrokenDocument:
    people = document["people"]
    again = {"id": people[at]["id"]}
    return BrokenDocument({**document, "people": [*people, again]}, "P001", f"people[{len(people)}].id")


def _without_id(document: Document, at: int) -> BrokenDocument:
    people = list(document["people"])
    people[at] = {key: value for key, value in people[at].items() if key != "id"}
    return BrokenDocument({**document, "people": people}, "D006", f"people[{at}].id")


def _twin_alone(document: Document, at: int) -> BrokenDocument:
    twins = [{"people": [document["people"][at]["id"]]}]
    return BrokenDocument({**document, "twins": twins}, "P009", "twins[0]")


def _twins_of_different_sex(document: Document, at: int) -> BrokenDocument:
    one = document["people"][at]
    other = {"id": "twin", "sex": "male" if one["sex"] == "female" else "female"}
    twins = [{"people": [one["id"], "twin"], "zygosity": "monozygotic"}]
    return BrokenDocument({**document, "people": [*document["people"], other], "twins": twins}, "P007", "twins[0]")


#: Every kind of damage, the plainest first.
BREAKS: tuple[Break, ...] = (
    _sets("A001", ".age", age=-1),
    _sets("A003", ".age", age=[49, 40]),
    _sets("A002", ".findings[0].age", age=20, findings=[{"finding": "insulinoma", "age": 44}]),
    _sets("A004", ".birth_year", birth_year=80),
    _sets("D004", "", agee=44),
    _sets("D005", ".sex", sex="femal"),
    _sets("D005", ".findings[0]", findings=["insulinoma"]),
    _sets("F013", ".findings[0]", findings=[{}]),
    _sets("F021", ".findings[0].size_mm", findings=[{"finding": "insulinoma", "size_mm": 0}]),
    _sets("T001", ".tests[0]", tests=[{"result": "negative"}]),
    _sets("P002", ".mother", mother="nobody"),
    _with_parent("P004", ".mother", "male", "mother"),
    _with_parent("P005", ".father", "unknown", "mother", "father"),
    _own_ancestor,
    _twice,
    _without_id,
    _twin_alone,
    _twins_of_different_sex,
    _of_document("P014", "proband", proband="nobody"),
    _of_document("D009", "schema", schema="menscreen-pedigree/2"),
    _of_document("D007", "relatives", relatives=[]),
)
