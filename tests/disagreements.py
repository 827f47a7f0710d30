"""Where dated sources differ, as a table: each source with its operator, and families on either side of each line.

Typed from the sources' statements, not from the rulebooks: a test holds that every family is flagged by exactly the
sources that the operators name, and docs/disagreements.md is made of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

People = Mapping[str, Sequence[str]]


class Case(NamedTuple):
    """A family, what the operators look at in it, and its words in the table."""

    words: str
    people: People
    facts: Mapping[str, object]


class Topic(NamedTuple):
    """What the sources differ about. `sources` gives for each rulebook its operator in words and as a predicate."""

    title: str
    says: str
    sources: Mapping[str, tuple[str, Callable[..., bool]]]
    cases: Sequence[Case]

    def flagging(self, case: Case) -> set[str]:
        """The rulebooks that flag a family, by their operators."""
        return {id for id, (_, flags) in self.sources.items() if flags(**case.facts)}


def _one(words: str, finding: str, **facts: object) -> Case:
    return Case(words, {"self": [finding]}, facts)


def _parathyroid() -> Topic:
    cases = []
    for several in (False, True):
        for age in (29, 30, 34, 35, 36, 39, 40, 41, 45, 46):
            number = "multiple" if several else "single"
            words = f"{'several glands' if several else 'one adenoma'} at {age}"
            cases.append(_one(words, f"parathyroid adenoma, {number} @{age}", age=age, several=several))
    return Topic(
        "Primary hyperparathyroidism alone",
        "Lines at 30, 35, 40 and 45, the age itself in or out; several glands with an age, at any age, or not.",
        {
            "genotes-men1": ("at or below 35, with several glands", lambda age, several: age <= 35 and several),
            "eviq-1428": ("below 40, or several glands, or recurrent", lambda age, several: age < 40 or several),
            "sa-cpc": ("below 40, or several glands without kidney failure", lambda age, several: age < 40 or several),
            "qld-cpc": ("at or below 40, before an operation", lambda age, several: age <= 40),
            "aaes-2016": ("below 40, with several glands", lambda age, several: age < 40 and several),
            "de-kps-men1": ("below 30", lambda age, several: age < 30),
            "nl-2005": (
                "any lesion below 35, or several tumors of one organ",
                lambda age, several: age < 35 or several,
            ),
            "phpt-yield": (
                "studies: at or below 45 (others 40), below 30, or several glands",
                lambda age, several: age <= 45 or several,
            ),
            "nccs-sg": ("any adenoma, at any age", lambda age, several: True),
            "hampel-2015": ("below 30, or several glands (draft)", lambda age, several: age < 30 or several),
            "thakker-2012": ("below 30, or several glands (draft)", lambda age, several: age < 30 or several),
            "nccn-ne": ("below 30, or several glands (draft)", lambda age, several: age < 30 or several),
        },
        cases,
    )


def _pancreas() -> Topic:
    cases = []
    for kind, name in (
        ("insulinoma", "insulinoma"),
        ("nonfunctioning", "nonfunctioning pancreatic neuroendocrine tumor"),
    ):
        for age in (19, 20, 21, 29, 30, 34, 35, 39, 40):
            cases.append(_one(f"one {name} at {age}", f"{name}, single @{age}", kind=kind, age=age, several=False))
        cases.append(_one(f"several of {name} at 60", f"{name}, multiple @60", kind=kind, age=60, several=True))
    cases.append(_one("one gastrinoma at 60", "gastrinoma, single @60", kind="gastrinoma", age=60, several=False))
    recalled = ("gastrinoma, or several at any age (draft)", lambda kind, age, several: kind == "gastrinoma" or several)
    return Topic(
        "Neuroendocrine tumor of the pancreas alone",
        "Below 40, at or below 20, below 20 (two pages of one service), below 30, any age, or only as gastrinoma.",
        {
            "eviq-1428": (
                "gastrinoma or several at any age, else below 40",
                lambda kind, age, several: kind == "gastrinoma" or several or age < 40,
            ),
            "genotes-men1": (
                "insulinoma at or below 20",
                lambda kind, age, several: kind == "insulinoma" and age <= 20,
            ),
            "genotes-pit": ("insulinoma below 20", lambda kind, age, several: kind == "insulinoma" and age < 20),
            "qld-cpc": ("gastrinoma at any age", lambda kind, age, several: kind == "gastrinoma"),
            "sa-cpc": ("any, at any age", lambda kind, age, several: True),
            "de-kps-men1": ("islet-cell tumor below 30", lambda kind, age, several: age < 30),
            "nl-2005": ("any below 35, or several", lambda kind, age, several: age < 35 or several),
            "nccs-sg": ("gastrinoma at any age", lambda kind, age, several: kind == "gastrinoma"),
            "hampel-2015": recalled,
            "thakker-2012": recalled,
            "nccn-ne": ("any, at any age (draft)", lambda kind, age, several: True),
        },
        cases,
    )


def _chest() -> Topic:
    return Topic(
        "Bronchial or thymic neuroendocrine tumor alone",
        "Counts at any age, only in the thymus, or only beside something else.",
        {
            "eviq-1428": ("either, at any age", lambda site: True),
            "sa-cpc": ("either, at any age", lambda site: True),
            "ita-thymic": ("every thymic one", lambda site: site == "thymus"),
            "genotes-men1": ("only with another anomaly", lambda site: False),
            "fr-pfmg": ("only as one of two lesions", lambda site: False),
        },
        [
            _one("bronchial at 60", "bronchial neuroendocrine tumor @60", site="lung"),
            _one("thymic at 60", "thymic neuroendocrine tumor @60", site="thymus"),
        ],
    )


def _pituitary() -> Topic:
    cases = [
        _one(
            f"{'macroadenoma' if large else 'microadenoma'} at {age}",
            f"pituitary adenoma, {15 if large else 5} mm @{age}",
            age=age,
            large=large,
            relative=False,
        )
        for large in (False, True)
        for age in (17, 18, 19, 20, 21, 29, 30, 31, 34, 35)
    ]
    cases += [
        Case(
            f"microadenoma at {age}, mother with one at 50",
            {"self": [f"pituitary adenoma, 5 mm @{age}"], "mother": ["pituitary adenoma, 5 mm @50"]},
            {"age": age, "large": False, "relative": True},
        )
        for age in (34, 35)
    ]
    return Topic(
        "Pituitary adenoma alone",
        "Lines at 18, 20 and 30, with and without the age itself; a macroadenoma is larger than 10 mm.",
        {
            "genotes-men1": (
                "at or below 20; macroadenoma below 30; with an affected first-degree relative",
                lambda age, large, relative: age <= 20 or (large and age < 30) or relative,
            ),
            "genotes-pit": (
                "below 20; macroadenoma below 30; below 35 with an affected first-degree relative",
                lambda age, large, relative: age < 20 or (large and age < 30) or (relative and age < 35),
            ),
            "sa-cpc": (
                "below 20; macroadenoma below 30; with a family history",
                lambda age, large, relative: age < 20 or (large and age < 30) or relative,
            ),
            "aip-2012": (
                "below 18; macroadenoma below 30; familial",
                lambda age, large, relative: age < 18 or (large and age < 30) or relative,
            ),
            "aip-2020": (
                "at or below 18; macroadenoma at or below 30; familial",
                lambda age, large, relative: age <= 18 or (large and age <= 30) or relative,
            ),
            "nl-2005": ("any lesion below 35", lambda age, large, relative: age < 35),
        },
        cases,
    )


def _diagnosis() -> Topic:
    gland, pituitary, net = "parathyroid adenoma, single @50", "pituitary adenoma, 5 mm @50", "insulinoma, single @50"

    def case(words: str, own: Sequence[str], mother: Sequence[str] = (), wide: bool = False) -> Case:
        facts = {"own": len(own), "mother": len(mother), "wide": wide}
        return Case(words, {"self": own, **({"mother": mother} if mother else {})}, facts)

    def two(own: int, mother: int, wide: bool) -> bool:
        return (own >= 2 or mother >= 2) and not wide

    return Topic(
        "Clinical MEN1",
        "Two of three glands, two of a wider spectrum, or three of five; in the relative clinical MEN1, or one tumor.",
        {
            "eviq-3176": ("two of three in one person; or one, and a relative with clinical MEN1", two),
            "de-kps-men1": ("two typical tumors; or one, and a relative with MEN1", two),
            "pdq-men1": ("two of three in one person", two),
            "fr-pfmg": (
                "two of four, thymus and lung included; or one each in two relatives",
                lambda own, mother, wide: own >= 2 or mother >= 2 or (own >= 1 and mother >= 1),
            ),
            "nl-2005": ("two of five are suspected MEN1", lambda own, mother, wide: own >= 2 or mother >= 2),
            "genotes-men1": (
                "two anomalies; a single parathyroid adenoma is none",
                lambda own, mother, wide: own >= 3 or mother >= 2,
            ),
        },
        [
            case("parathyroid adenoma", [gland]),
            case("parathyroid and pituitary adenoma", [gland, pituitary]),
            case("parathyroid adenoma and thymic NET", [gland, "thymic neuroendocrine tumor @50"], wide=True),
            case("parathyroid and pituitary adenoma, insulinoma", [gland, pituitary, net]),
            case("parathyroid adenoma, mother with insulinoma", [gland], [net]),
            case("parathyroid adenoma, mother with insulinoma and pituitary adenoma", [gland], [net, pituitary]),
        ],
    )


def _adrenal() -> Topic:
    cases = [
        _one(f"pheochromocytoma of one side at {age}", f"pheochromocytoma, unilateral @{age}", age=age, kind="one")
        for age in (49, 50, 51, 59, 60)
    ]
    cases += [
        _one("pheochromocytoma of both sides at 70", "pheochromocytoma, bilateral @70", age=70, kind="both"),
        _one("extra-adrenal paraganglioma at 70", "paraganglioma @70", age=70, kind="outside"),
    ]
    return Topic(
        "Pheochromocytoma and paraganglioma alone",
        "Every one, or below 60, at or below 50, below 50 for one side.",
        {
            "endo-ppgl-2014": ("consider for every one", lambda age, kind: True),
            "se-ppgl": ("every one, at any age", lambda age, kind: True),
            "genotes-ppgl": (
                "below 60, both sides, or outside the adrenal",
                lambda age, kind: kind != "one" or age < 60,
            ),
            "qld-cpc": ("at or below 50, both sides, or outside", lambda age, kind: kind != "one" or age <= 50),
            "nccs-sg": (
                "below 50, or outside",
                lambda age, kind: kind == "outside" or age < 50,
            ),
            "pdq-ppgl": ("every pheochromocytoma (as quoted)", lambda age, kind: kind != "outside"),
        },
        cases,
    )


def _cortex() -> Topic:
    cases = [
        _one(f"adrenocortical carcinoma at {age}", f"adrenocortical carcinoma @{age}", age=age)
        for age in (39, 40, 49, 50)
    ]
    return Topic(
        "Adrenocortical carcinoma alone",
        "At any age, or below 40.",
        {
            "chompret-2015": ("any age", lambda age: True),
            "genotes-acc": ("any age", lambda age: True),
            "sa-cpc": ("any age", lambda age: True),
            "qld-cpc": ("any age", lambda age: True),
            "nccs-sg": ("below 40", lambda age: age < 40),
        },
        cases,
    )


def _thyroid() -> Topic:
    mtc = "medullary thyroid carcinoma @50"
    relatives = ("mother", "sister", "mother's sister")

    def case(words: str, many: int, other: str | None) -> Case:
        people = {"self": [mtc], **{relation: [mtc] for relation in relatives[: many - 1]}}
        if other is not None:
            people["mother"] = [*people.get("mother", ()), other]
        return Case(words, people, {"many": many, "other": other is not None})

    return Topic(
        "Definitions of MEN2A and familial medullary carcinoma",
        "In one person or across the family; four affected people for the familial form. RET statements take every"
        " medullary carcinoma, whatever the definition.",
        {
            "ret-cons": (
                "the second tumor in any relative; four with carcinoma only",
                lambda many, other: other or many >= 4,
            ),
            "de-kps-men2": ("spread over close relatives; four with carcinoma", lambda many, other: other or many >= 4),
            "eta-2012": ("every medullary carcinoma", lambda many, other: True),
            "nhs-r218-swt": ("every medullary carcinoma", lambda many, other: True),
        },
        [
            case("medullary carcinoma", 1, None),
            case("medullary carcinoma, mother with pheochromocytoma", 1, "pheochromocytoma, unilateral @65"),
            case("medullary carcinoma in three", 3, None),
            case("medullary carcinoma in four", 4, None),
        ],
    )


def _skin() -> Topic:
    return Topic(
        "Skin lesions beside an endocrine tumor",
        "One angiofibroma or collagenoma suffices, or does not count.",
        {
            "genotes-men1": ("one with one endocrine anomaly", lambda lesion: lesion),
            "eviq-3176": ("not one of the three glands", lambda lesion: False),
        },
        [
            _one("pituitary adenoma at 50", "pituitary adenoma, 5 mm @50", lesion=False),
            Case(
                "pituitary adenoma and one facial angiofibroma at 50",
                {"self": ["pituitary adenoma, 5 mm @50", "facial angiofibroma, single @50"]},
                {"lesion": True},
            ),
        ],
    )


TOPICS = (
    _parathyroid(),
    _pancreas(),
    _chest(),
    _pituitary(),
    _diagnosis(),
    _thyroid(),
    _adrenal(),
    _cortex(),
    _skin(),
)
