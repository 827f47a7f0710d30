"""The shape of the native format `menscreen-pedigree/1`, key by key, as strict structs that JSON is decoded into.

An absent key is `UNSET` and a key that says *not known* holds what stood there: the two differ for some keys, and
`menscreen.formats.recording` knows for which. Numbers have their bounds in the JSON Schema only and are checked there.
"""

# No `from __future__ import annotations` here: msgspec would compile every annotation from text at the first reading.

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

SCHEMA = "menscreen-pedigree/1"

#: A document larger than this, or with more values, is refused unread.
MAX_BYTES = 64 * 2**20
MOST_VALUES = 2_000_000

#: What means *not known* besides ``null``. Decoding takes these spellings; the diagnosis maps any other case to them.
NOT_KNOWN = frozenset({"", "unknown", "?"})

#: Stands in a list for an entry that the diagnosis reported already.
REFUSED: Any = object()

NotKnown: TypeAlias = Literal["", "unknown", "?"] | None
#: A key that may be absent or say *not known*.
Open: TypeAlias = Literal["", "unknown", "?"] | UnsetType | None
Text: TypeAlias = str | UnsetType | None
Flag: TypeAlias = bool | Open

Years = Annotated[
    int | float, Meta(description="completed years", extra_json_schema={"minimum": 0, "maximum": 125, "multipleOf": 1})
]
Ages: TypeAlias = (
    Years
    | Annotated[
        list[Years | NotKnown],
        Meta(description="an inclusive band of ages", extra_json_schema={"minItems": 2, "maxItems": 2}),
    ]
    | Open
)
Words: TypeAlias = list[str | None] | Open


class Code(Struct, forbid_unknown_fields=True):
    """A code of another terminology, such as ICD-10-CM E31.22."""

    system: Text = UNSET
    code: Text = UNSET


class Finding(Struct, forbid_unknown_fields=True):
    """A tumor, feature, symptom or diagnosis recorded of a person."""

    finding: Text = UNSET
    site: Text = UNSET
    histology: Text = UNSET
    code: Code | list[Code | NotKnown] | Open = UNSET
    age: Ages = UNSET
    status: Literal["present", "absent", "suspected"] | Open = UNSET
    multiple: Flag = UNSET
    bilateral: Flag = UNSET
    recurrent: Flag = UNSET
    metastatic: Flag = UNSET
    confirmed: Flag = UNSET
    declined: Words = UNSET
    size_mm: Annotated[int | float, Meta(extra_json_schema={"exclusiveMinimum": 0})] | Open = UNSET
    stage: str | int | float | UnsetType | None = UNSET
    grade: str | int | float | UnsetType | None = UNSET
    sstr: Text = UNSET
    text: Text = UNSET
    note: Text = UNSET


class Test(Struct, forbid_unknown_fields=True):
    """A genetic test of one gene; no entry means not done."""

    gene: Text = UNSET
    result: (
        Literal["pathogenic", "likely-pathogenic", "uncertain", "likely-benign", "benign", "negative", "positive"]
        | Open
    ) = UNSET
    variant: Text = UNSET
    scope: Literal["full", "familial-variant", "other-variant"] | Open = UNSET
    origin: Literal["germline", "somatic"] | Open = UNSET


class Relation(Struct, forbid_unknown_fields=True, rename={"as_": "as"}):
    """A relation that cannot be placed in the tree without guessing: an aunt with no side."""

    to: Text = UNSET
    as_: Text = UNSET


class Recorded(Struct, forbid_unknown_fields=True):
    """What is recorded of anybody, in the full and in the short form."""

    id: Text = UNSET
    label: Text = UNSET
    sex: Literal["female", "male"] | Open = UNSET
    gender: Literal["woman", "man", "nonbinary"] | Open = UNSET
    adopted: Literal["in", "out"] | Open = UNSET
    age: Ages = UNSET
    deceased: Flag = UNSET
    birth_year: Annotated[int | float, Meta(extra_json_schema={"multipleOf": 1})] | Open = UNSET
    history: Literal["known"] | Open = UNSET
    asked: Words = UNSET
    findings: list[Finding | NotKnown] | Open = UNSET
    tests: list[Test | NotKnown] | Open = UNSET


class Person(Recorded):
    """A member of the pedigree, with the ids of the parents (full form)."""

    mother: Text = UNSET
    father: Text = UNSET
    adoptive_parents: Words = UNSET
    relation: Relation | Open = UNSET
    placeholder: Flag = UNSET


class Relative(Recorded):
    """A relative of the proband, by relation (short form)."""

    relation: Text = UNSET
    count: Annotated[int | float, Meta(extra_json_schema={"minimum": 0, "maximum": 100, "multipleOf": 1})] | Open = (
        UNSET
    )


class Twins(Struct, forbid_unknown_fields=True):
    """Twins, triplets and so on."""

    people: Words = UNSET
    zygosity: Literal["monozygotic", "dizygotic"] | Open = UNSET


class Document(Struct, forbid_unknown_fields=True):
    """A family: `proband` an id with `people`, or a person with `relatives`."""

    schema: Literal["menscreen-pedigree/1"] | Open = UNSET
    id: Text = UNSET
    proband: str | Recorded | UnsetType | None = UNSET
    family_history: Literal["asked", "not-asked"] | Open = UNSET
    people: list[Person | NotKnown] | Open = UNSET
    relatives: list[Relative | NotKnown] | Open = UNSET
    twins: list[Twins | NotKnown] | Open = UNSET
