"""The panel of an interview: what everybody is asked about, in plain words, and the kinds that each answer may be.

A short list with names for things finds what "any family history?" does not.
"""

from __future__ import annotations

from typing import NamedTuple

from menscreen.vocabulary import vocabulary


class Item(NamedTuple):
    """An entry of a list that is read out.

    Attributes:
        id: the value of the answer.
        words: what is read out.
        term: what is recorded when nobody knows the kind; `None` when nothing can be.
        kinds: terms that are offered as kinds, in this order.
    """

    id: str
    words: str
    term: str | None
    kinds: tuple[str, ...] = ()


TUMORS = (
    Item(
        "thyroid",
        "a tumor, a lump or cancer of the thyroid gland (at the front of the neck), or an operation on it",
        "thyroid-tumor",
        (
            "medullary-thyroid-carcinoma", "papillary-thyroid-carcinoma", "follicular-thyroid-carcinoma",
            "anaplastic-thyroid-carcinoma", "thyroid-cancer", "follicular-thyroid-adenoma", "goiter",
        ),
    ),
    Item(
        "parathyroid",
        "an overactive parathyroid gland, too much calcium in the blood, or an operation on the parathyroid glands",
        "hyperparathyroidism",
        (
            "primary-hyperparathyroidism", "parathyroid-adenoma", "parathyroid-hyperplasia", "parathyroid-carcinoma",
            "secondary-hyperparathyroidism", "hypercalcemia",
        ),
    ),
    Item(
        "pancreas",
        "a tumor or cancer of the pancreas, such as an insulinoma",
        "pancreatic-tumor",
        (
            "pancreatic-net", "insulinoma", "gastrinoma", "glucagonoma", "vipoma", "pancreatic-adenocarcinoma",
            "pancreatic-cyst",
        ),
    ),
    Item(
        "adrenal",
        "a tumor of an adrenal gland (above the kidney), such as a pheochromocytoma",
        "adrenal-tumor",
        ("pheochromocytoma", "adrenocortical-adenoma", "adrenocortical-carcinoma", "adrenocortical-hyperplasia"),
    ),
    Item(
        "pituitary",
        "a tumor of the pituitary gland (below the brain), such as a prolactinoma",
        "pituitary-tumor",
        (
            "prolactinoma", "somatotroph-adenoma", "corticotroph-adenoma", "nonfunctioning-pituitary-adenoma",
            "pituitary-adenoma",
        ),
    ),
    Item(
        "carcinoid",
        "a carcinoid or neuroendocrine tumor of the lung, the thymus, the stomach or the bowel",
        "neuroendocrine-tumor",
        (
            "bronchial-net", "thymic-net", "gastric-net", "duodenal-net", "small-bowel-net", "appendiceal-net",
            "colonic-net", "rectal-net",
        ),
    ),
    Item(
        "paraganglioma",
        "a paraganglioma (a tumor of nerve tissue in the neck, the chest or the belly)",
        "paraganglioma",
        ("head-and-neck-paraganglioma", "sympathetic-paraganglioma"),
    ),
)  # fmt: skip

SIGNS = (
    Item("stones", "kidney stones", "kidney-stones"),
    Item("bumps", "small soft bumps on the lips, the tongue or the eyelids", "lip-or-tongue-bumps", ("mucosal-neuroma",)),
    Item(
        "build",
        "a tall, thin build with very long limbs, thick lips, or Hirschsprung disease (a bowel that did not work "
        "from birth)",
        None,
        ("marfanoid-habitus", "thick-lips", "hirschsprung-disease"),
    ),
    Item(
        "skin",
        "many small firm bumps on the face or the skin, several fatty lumps, or a meningioma",
        None,
        ("facial-angiofibroma", "collagenoma", "lipoma", "meningioma", "cutaneous-lichen-amyloidosis"),
    ),
    Item(
        "syndrome",
        "a diagnosis of an inherited tumor syndrome, such as MEN",
        None,
        ("men1", "men2a", "men2b", "men2", "men4", "men", "nf1", "vhl"),
    ),
    Item("test", "a genetic test for such a syndrome", None),
    Item("other", "any other tumor or cancer, or another disease of a gland", None),
)

#: Asked for the gene that was tested, in this order.
GENES = ("RET", "MEN1", "CDKN1B", "MAX")

LISTS = {"tumors": TUMORS, "signs": SIGNS}

_SPOKEN = {
    "thyroid-cancer": "cancer, of a kind that nobody knows",
    "follicular-thyroid-adenoma": "a lump that was no cancer (an adenoma)",
    "goiter": "an enlarged thyroid (goiter)",
    "secondary-hyperparathyroidism": "overactive because of kidney disease or too little vitamin D (secondary)",
    "hypercalcemia": "too much calcium in the blood, the cause not known",
    "primary-hyperparathyroidism": "overactive by itself (primary hyperparathyroidism)",
    "parathyroid-adenoma": "one enlarged gland (adenoma)",
    "parathyroid-hyperplasia": "enlarged glands (hyperplasia)",
    "pituitary-adenoma": "an adenoma, of a kind that nobody knows",
    "men": "MEN, of a type that nobody knows",
    "men2": "MEN2, 2A or 2B not known",
    "thick-lips": "thick lips",
    "mucosal-neuroma": "yes, they were found to be neuromas",
}

#: Kinds that say by themselves that nobody knows more.
OF_UNKNOWN_KIND = frozenset(["thyroid-cancer", "pituitary-adenoma", "hypercalcemia"])


def offered(term: str) -> str:
    """How a kind is offered as an answer.

    >>> offered("thyroid-cancer"), offered("bronchial-net")
    ('cancer, of a kind that nobody knows', 'a carcinoid of the lung or bronchus')
    """
    known = vocabulary().terms[term]
    return _SPOKEN.get(term) or known.plain or known.name
