"""XML is read without entities, in bounded time and memory, and every element has its place."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from histories import effort
from hypothesis import given, strategies as st

import menscreen
from menscreen.formats.content import Content
from menscreen.formats.markup import parse
from menscreen.formats.table import FORMATS
from menscreen.problems import PedigreeError

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE FamilyHistory [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (ord("b") + n, (b"&%c;" % (ord("a") + n)) * 10) for n in range(9))
    + b"]><FamilyHistory><subject><patient><patientPerson><name>&j;</name></patientPerson></patient></subject>"
    b"</FamilyHistory>"
)
QUADRATIC = b'<!DOCTYPE FamilyHistory [<!ENTITY a "%s">]><FamilyHistory>%s</FamilyHistory>' % (
    b"a" * 200_000,
    b"&a;" * 20_000,
)
EXTERNAL = b'<!DOCTYPE FamilyHistory [<!ENTITY x SYSTEM "file:///etc/passwd">]><FamilyHistory>&x;</FamilyHistory>'
PARAMETER = b'<!DOCTYPE FamilyHistory [<!ENTITY % p SYSTEM "http://example.org/a.dtd"> %p;]><FamilyHistory/>'
OUTSIDE = b'<!DOCTYPE FamilyHistory SYSTEM "http://example.org/a.dtd"><FamilyHistory/>'
DEEP = b"<FamilyHistory>" + b"<relative>" * 100_000
MANY = b"<FamilyHistory>" + b"<a/>" * 1_000_000 + b"</FamilyHistory>"
HOSTILE = {
    "billion laughs": (LAUGHS, "D014"),
    "quadratic blow-up": (QUADRATIC, "D014"),
    "external entity": (EXTERNAL, "D014"),
    "parameter entity": (PARAMETER, "D014"),
    "external document type": (OUTSIDE, "D014"),
    "deep": (DEEP, "D008"),
    "many elements": (MANY, "D008"),
    "cut off": (b"<FamilyHistory><subject>", "D014"),
    "undefined entity": (b"<FamilyHistory>&nothing;</FamilyHistory>", "D014"),
    "unknown encoding": (b'<?xml version="1.0" encoding="nonsense"?><FamilyHistory/>', "D014"),
    "zero byte": (b"<FamilyHistory>\0</FamilyHistory>", "D014"),
}


@pytest.mark.clock
@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("format", [None, "fhh", "ccda"])
def test_hostile_xml_is_refused_in_bounded_time(content: bytes, code: str, format: str | None) -> None:
    began = time.perf_counter()
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(content, format=format)
    assert time.perf_counter() - began < 5
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("content", [LAUGHS, QUADRATIC, DEEP], ids=["laughs", "quadratic", "deep"])
def test_hostile_xml_takes_little_memory(content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(PedigreeError):
        parse(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_a_refusal_quotes_nothing_of_the_document() -> None:
    secret = b"Anna Karenina"
    for content in (b"<FamilyHistory name='%s' name=''/>" % secret, b"<FamilyHistory>&%s;" % secret, secret + b"<a>"):
        with pytest.raises(PedigreeError) as refused:
            parse(content)
        assert "Karenina" not in str(refused.value)


def test_places_are_lines_and_columns_from_one() -> None:
    root = parse(b"<a>\n  <b/><c\n/></a>")
    assert [(one.name, one.at) for one in root.walk()] == [
        ("a", "line 1, column 1"),
        ("b", "line 2, column 3"),
        ("c", "line 2, column 7"),
    ]


def test_prefixes_need_not_be_declared() -> None:
    root = parse(b'<v3:a sdtc:x="1"><xsi:b/></v3:a>')
    assert root.name == "a"
    assert root.get("x") == "1"
    assert root.first("b") is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_followed(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?><a b="Zoë"/>'
    assert parse(text.encode(encoding)).get("b") == "Zoë"


def hostile() -> Iterator[st.SearchStrategy[bytes]]:
    yield st.binary(max_size=200)
    pieces = ["<", ">", "/", "&", ";", "a", '"', "=", "<FamilyHistory>", "<section>", "<!--", "]]>", "<![CDATA[", "\0"]
    yield (
        st.lists(st.sampled_from(pieces), max_size=30)
        .map(lambda parts: "<FamilyHistory>" + "".join(parts))
        .map(str.encode)
    )
    yield st.sampled_from(list(HOSTILE.values())[:4]).flatmap(
        lambda one: st.integers(0, 200).map(lambda at: one[0][:300][:at])
    )


@effort(150)
@given(st.one_of(*hostile()), st.sampled_from(["fhh", "ccda", "csv"]))
def test_random_bytes_give_problems_and_nothing_else(content: bytes, format: str) -> None:
    with contextlib.suppress(PedigreeError):
        assert FORMATS[format].read(Content(content), strict=False).people


TAGS = [
    "relative", "relationshipHolder", "code", "id", "subjectOf1", "subjectOf2", "clinicalObservation",
    "dataEstimatedAge", "subject", "value", "low", "high", "deceasedEstimatedAge", "deceasedIndCode", "birthTime",
    "sourceOf", "geneticLocus", "sequenceVariation", "interpretationCode", "name", "organizer", "relatedSubject",
    "component", "observation", "entry", "entryRelationship", "effectiveTime", "originalText", "translation",
    "reference", "text", "templateId", "statusCode", "deceasedInd", "deceasedTime", "administrativeGenderCode",
]  # fmt: skip
ATTRIBUTES = {
    "code": [
        "NMTH",
        "NFTH",
        "MAUNT",
        "HBRO",
        "NEPHEW",
        "SON",
        "FAMMEMB",
        "160496001",
        "313415001",
        "255032005",
        "F",
        "ZZ",
    ],
    "codeSystem": ["2.16.840.1.113883.6.96", "x"],
    "codeSystemName": ["SNOMED_CT", ""],
    "displayName": ["MTC", "Thyroid Cancer", "maternal uncle", "RET", "?"],
    "originalText": ["unknown", "goiter", "pre-birth"],
    "extention": ["1", "2", "3", "me"],
    "extension": ["1", "2"],
    "value": ["41", "-1", "1e400", "nan", "1950", "99999999", "02/30/1950", "true", "#a", ""],
    "unit": ["year", "day", "parsec"],
    "root": ["2.16.840.1.113883.10.20.22.4.31", "2.16.840.1.113883.10.20.22.4.47", "2.16.840.1.113883.10.20.22.4.45"],
    "negationInd": ["true"],
    "nullFlavor": ["UNK"],
}


def elements() -> st.SearchStrategy[str]:
    attributes = st.fixed_dictionaries({}, optional={name: st.sampled_from(said) for name, said in ATTRIBUTES.items()})
    written = attributes.map(lambda said: "".join(f' {name}="{value}"' for name, value in said.items()))

    def around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.tuples(st.sampled_from(TAGS), written, st.lists(inside, max_size=5).map("".join)).map(
            lambda parts: f"<{parts[0]}{parts[1]}>{parts[2]}</{parts[0]}>"
        )

    return st.recursive(st.tuples(st.sampled_from(TAGS), written).map(lambda parts: f"<{parts[0]}{parts[1]}/>"), around)


def relative(code: str, id: str, mother: str, father: str, inside: str) -> str:
    def parent(role: str, at: str) -> str:
        return (
            f'<relative><code code="{role}"/><relationshipHolder><id extention="{at}"/></relationshipHolder></relative>'
        )

    return (
        f'<relative><code code="{code}"/><relationshipHolder>{parent("NMTH", mother)}{parent("NFTH", father)}{inside}'
        f'<id extention="{id}"/></relationshipHolder></relative>'
    )


def relatives() -> st.SearchStrategy[str]:
    ids = st.sampled_from(["1", "2", "3", "4", "me", ""])
    codes = st.sampled_from(
        ["NMTH", "NFTH", "NSIS", "HBRO", "SON", "MAUNT", "PCOUSN", "GRNSON", "MGRMTH", "EXT", "HUSB"]
    )
    marks = st.sampled_from(["", "160496001", "313415001"]).map(
        lambda code: f'<subjectOf2><clinicalObservation><code code="{code}"/></clinicalObservation></subjectOf2>'
    )
    return st.builds(relative, codes, ids, ids, ids, marks)


@effort(150)
@given(st.lists(st.one_of(elements(), relatives()), max_size=6).map("".join))
def test_a_family_history_of_any_shape_is_read_or_refused(inside: str) -> None:
    patient = f"<patient><patientPerson>{inside}</patientPerson>{inside}</patient>"
    text = f"<FamilyHistory><subject>{patient}</subject></FamilyHistory>"
    with contextlib.suppress(PedigreeError):
        assert menscreen.screen(menscreen.read(text.encode())).results


@effort(150)
@given(st.lists(elements(), max_size=6).map("".join))
def test_a_clinical_document_of_any_shape_is_read_or_refused(inside: str) -> None:
    section = (
        f'<section><code code="{{}}"/><entry><organizer>{inside}</organizer></entry><entry>{inside}</entry></section>'
    )
    text = f"<ClinicalDocument>{inside}{section.format('10157-6')}{section.format('11450-4')}</ClinicalDocument>"
    with contextlib.suppress(PedigreeError):
        assert menscreen.screen(menscreen.read(text.encode())).results
