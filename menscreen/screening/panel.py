"""The panel of an interview: what everybody is asked about, in plain words, and the kinds that each answer may be.

A short list with names for things finds what "any family history?" does not.
"""

from __future__ import annotations

from typing import NamedTuple

from menscreen.screening.answers import Choice
from menscreen.vocabulary import vocabulary


class Item(NamedTuple):
    """An entry of a list that is read out.

    Attributes:
        id: the value of the answer.
        words: what is read out.
        short: the same in a question about whom it concerns.
        term: what is recorded when nobody knows the kind; `None` when nothing can be.
        ask: what is asked for the kind; see `menscreen.screening.speaking` for the words in braces.
        kinds: terms that are offered as kinds, in this order.
        beside: other answers that are offered, in words that are read as if they were typed.
    """

    id: str
    words: str
    short: str
    term: str | None
    ask: str = ""
    kinds: tuple[str, ...] = ()
    beside: tuple[Choice, ...] = ()

    @property
    def site(self) -> str | None:
        """The organ that it is about."""
        return None if self.term is None else vocabulary().terms[self.term].site


TUMORS = (
    Item(
        "thyroid",
        "a tumor, a lump or cancer of the thyroid gland (at the front of the neck), or an operation on it",
        "a tumor, lump or operation of the thyroid gland",
        "thyroid-tumor",
        "What was found in {your} thyroid gland?",
        (
            "medullary-thyroid-carcinoma", "papillary-thyroid-carcinoma", "follicular-thyroid-carcinoma",
            "anaplastic-thyroid-carcinoma", "thyroid-cancer", "follicular-thyroid-adenoma", "goiter",
        ),
        (Choice("nothing: it was taken out as a precaution (preventive operation)", "preventive thyroidectomy"),),
    ),
    Item(
        "parathyroid",
        "an overactive parathyroid gland, too much calcium in the blood, or an operation on the parathyroid glands",
        "an overactive parathyroid gland or high calcium",
        "hyperparathyroidism",
        "What was wrong with {your} parathyroid glands or calcium?",
        (
            "primary-hyperparathyroidism", "parathyroid-adenoma", "parathyroid-hyperplasia", "parathyroid-carcinoma",
            "secondary-hyperparathyroidism", "hypercalcemia",
        ),
    ),
    Item(
        "pancreas",
        "a tumor or cancer of the pancreas, such as an insulinoma",
        "a tumor of the pancreas",
        "pancreatic-tumor",
        "What kind of tumor of the pancreas did {you} have?",
        (
            "pancreatic-net", "insulinoma", "gastrinoma", "glucagonoma", "vipoma", "pancreatic-adenocarcinoma",
            "pancreatic-cyst",
        ),
    ),
    Item(
        "adrenal",
        "a tumor of an adrenal gland (above the kidney), such as a pheochromocytoma",
        "a tumor of an adrenal gland",
        "adrenal-tumor",
        "What kind of tumor of the adrenal gland did {you} have?",
        ("pheochromocytoma", "adrenocortical-adenoma", "adrenocortical-carcinoma", "adrenocortical-hyperplasia"),
    ),
    Item(
        "pituitary",
        "a tumor of the pituitary gland (below the brain), such as a prolactinoma",
        "a tumor of the pituitary gland",
        "pituitary-tumor",
        "What kind of tumor of the pituitary gland did {you} have?",
        (
            "prolactinoma", "somatotroph-adenoma", "corticotroph-adenoma", "nonfunctioning-pituitary-adenoma",
            "pituitary-adenoma",
        ),
    ),
    Item(
        "carcinoid",
        "a carcinoid or neuroendocrine tumor of the lung, the thymus, the stomach or the bowel",
        "a carcinoid or neuroendocrine tumor",
        "neuroendocrine-tumor",
        "Where was {your} carcinoid or neuroendocrine tumor?",
        (
            "bronchial-net", "thymic-net", "gastric-net", "duodenal-net", "small-bowel-net", "appendiceal-net",
            "colonic-net", "rectal-net",
        ),
    ),
    Item(
        "paraganglioma",
        "a paraganglioma (a tumor of nerve tissue in the neck, the chest or the belly)",
        "a paraganglioma",
        "paraganglioma",
        "Where was {your} paraganglioma?",
        ("head-and-neck-paraganglioma", "sympathetic-paraganglioma"),
    ),
)  # fmt: skip

SIGNS = (
    Item("stones", "kidney stones", "kidney stones", "kidney-stones"),
    Item(
        "bumps",
        "small soft bumps on the lips, the tongue or the eyelids",
        "bumps on the lips, the tongue or the eyelids",
        "lip-or-tongue-bumps",
        "Does anybody know what {your} bumps were?",
        ("mucosal-neuroma", "lip-or-tongue-bumps"),
    ),
    Item(
        "build",
        "a tall, thin build with very long limbs, thick lips, or Hirschsprung disease (a bowel that did not work "
        "from birth)",
        "a tall, thin build, thick lips or Hirschsprung disease",
        None,
        "Which of these was it that {you} had?",
        ("marfanoid-habitus", "thick-lips", "hirschsprung-disease"),
    ),
    Item(
        "skin",
        "many small firm bumps on the face or the skin, several fatty lumps, or a meningioma",
        "bumps or lumps of the skin, or a meningioma",
        None,
        "What was found on {your} skin, or in {your} head?",
        ("facial-angiofibroma", "collagenoma", "lipoma", "meningioma", "cutaneous-lichen-amyloidosis"),
    ),
    Item(
        "syndrome",
        "a diagnosis of an inherited tumor syndrome, such as MEN",
        "an inherited tumor syndrome",
        None,
        "Which syndrome {were} {you} told of?",
        ("men1", "men2a", "men2b", "men2", "men4", "men", "nf1", "vhl"),
    ),
    Item("test", "a genetic test for such a syndrome", "a genetic test", None),
    Item("other", "any other tumor or cancer, or another gland disease", "another tumor or gland disease", None),
)

#: Asked for the gene that was tested, in this order.
GENES = ("RET", "MEN1", "CDKN1B", "MAX")

LISTS = {"tumors": TUMORS, "signs": SIGNS}

_SPOKEN = {
    "thyroid-cancer": "cancer, of a kind that nobody knows",
    "follicular-thyroid-adenoma": "a lump that was no cancer (an adenoma)",
    "goiter": "an enlarged thyroid (goiter)",
    "secondary-hyperparathyroidism": "overactive because of kidney disease, lithium or a lack of vitamin D (secondary)",
    "tertiary-hyperparathyroidism": "overactive for good, after a long kidney disease (tertiary)",
    "hypercalcemia": "too much calcium in the blood, the cause not known",
    "primary-hyperparathyroidism": "overactive by itself (primary hyperparathyroidism)",
    "parathyroid-adenoma": "one enlarged gland (adenoma)",
    "parathyroid-hyperplasia": "enlarged glands (hyperplasia)",
    "pituitary-adenoma": "an adenoma, of a kind that nobody knows",
    "men": "MEN, of a type that nobody knows",
    "men2": "MEN2, 2A or 2B not known",
    "mucosal-neuroma": "growths of nerve tissue (neuromas)",
    "lip-or-tongue-bumps": "bumps, of a kind that nobody knows",
    "head-and-neck-paraganglioma": "in the head or the neck",
    "sympathetic-paraganglioma": "in the chest, the belly or the pelvis",
    "gastroduodenopancreatic-net": "in the pancreas, the stomach or the duodenum",
    "gastroenteropancreatic-net": "in the bowel, farther down",
    "gastric-net": "in the stomach",
    "duodenal-net": "in the duodenum (the first part of the small bowel)",
    "small-bowel-net": "in the small bowel, farther down",
    "appendiceal-net": "in the appendix",
    "colonic-net": "in the colon",
    "rectal-net": "in the rectum",
    "bronchial-net": "in the lung or the bronchi",
    "thymic-net": "in the thymus (behind the breastbone)",
}

#: Kinds that say by themselves that nobody knows more.
OF_UNKNOWN_KIND = frozenset(["thyroid-cancer", "pituitary-adenoma", "hypercalcemia", "lip-or-tongue-bumps"])


def offered(term: str) -> str:
    """How a kind is offered as an answer.

    >>> offered("thyroid-cancer"), offered("bronchial-net")
    ('cancer, of a kind that nobody knows', 'in the lung or the bronchi')
    """
    known = vocabulary().terms[term]
    return _SPOKEN.get(term) or known.plain or known.name
