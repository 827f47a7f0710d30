"""From relations in words to a tree: the short form of a pedigree, as an intake questionnaire has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec

from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.making import Draft, closed, opened, reopened
from menscreen.pedigree.person import Adoption, Person, Sex, UnplacedRelation
from menscreen.pedigree.relations import Relation, Tie, advice, are_placed, parse, plain_words
from menscreen.problems import MOST_OFFERS, Problem, Severity, of_length, within


class Relative(msgspec.Struct, frozen=True, gc=False):
    """An entry of the short form.

    `person` is what is recorded, with an empty id where the source gives none; it stands for `count` people alike.
    Without `relation` the person stays as recorded.
    """

    relation: str | None
    person: Person
    count: int = 1
    at: str = ""


def build(
    proband: Person,
    relatives: Sequence[Relative],
    *,
    id: str | None = None,
    family_history: FamilyHistory | None = None,
    format: str = "menscreen",
    digest: str = "",
    taking: bool = False,
) -> tuple[Pedigree, list[Problem]]:
    """Place relatives around the proband, with placeholders for the people in between.

    Ids, unless given, are ``self``, ``r1``, ``r2`` in the order of the entries, and ``r2-2``, ``r2-3`` for the further
    people of an entry with a count. A linking person whom the words leave open ("niece", "maternal cousin") is a
    placeholder; one whom they name ("sister's son") is the sister recorded, if there is exactly one. Who cannot be
    placed without guessing keeps `Person.relation`. The problems are those of the entries; those of the tree are found
    by `problems_of`. With `taking`, the people given, who were made for this call alone, become those of the family.

    >>> family, problems = build(Person("", sex=Sex.FEMALE), [Relative("maternal aunt", Person(""))])
    >>> [person.id for person in family.people if not person.placeholder], len(family.people)
    (['self', 'r1'], 5)
    """
    tree = _Tree(proband, relatives, reopened if taking else opened)
    for said in sorted(tree.said.values(), key=_turn):
        tree.place(said)
    if family_history is None:
        family_history = FamilyHistory.ASKED if relatives else FamilyHistory.NOT_ASKED
    people = tuple([closed(draft) for draft in tree.drafts])
    family = Pedigree(people, tree.me.id, id, tree.born_together(), family_history, format, digest)
    return family, tree.problems


#: A placeholder, but for id and sex.
_PLACEHOLDER = Person("", placeholder=True)


class _Said(msgspec.Struct, eq=False, gc=False):
    """What words of relation say of somebody of a recorded sex, and the relatives of whom they are said.

    Attributes:
        sex: as recorded, or else as the words say.
        turn: ancestors come first, then the nearer before those who may hang on them.
        is_doubtful: something is to be said about these words, or about this sex beside them.
        entries: with the people each stands for, who are all in `drafts`.
    """

    relation: Relation
    steps: tuple[str, ...]
    sex: Sex
    turn: int
    is_doubtful: bool
    entries: list[tuple[Relative, list[Draft]]] = []
    drafts: list[Draft] = []


_turn = attrgetter("turn")
#: More steps than any words have.
_LATER = 100


#: To look a member of an enumeration up takes as long as several of these steps.
_UNKNOWN, _FEMALE, _MALE = Sex.UNKNOWN, Sex.FEMALE, Sex.MALE
_SELF, _BLOOD, _ADOPTIVE = Tie.SELF, Tie.BLOOD, Tie.ADOPTIVE
_ANCESTORS = {"mother", "father"}
_FULL_SIBLINGS = {"sister", "brother", "sibling"}
_SEXED = {Sex.FEMALE: "mother", Sex.MALE: "father"}
_NEEDED = "a relation such as 'maternal aunt'"


class _Tree:
    def __init__(self, proband: Person, relatives: Sequence[Relative], open: Callable[[Person], Draft]) -> None:
        self.open = open
        self.own_adoption = (proband.adopted, proband.adoptive_parents)
        self.problems: list[Problem] = []
        self.taken = {relative.person.id for relative in relatives} | {proband.id}
        self.drafts: list[Draft] = []
        self.twins: dict[tuple[str, bool], list[tuple[str, Zygosity]]] = {}
        self.placed: dict[tuple[str, ...], list[Draft]] = {}
        self.said: dict[tuple[str, Sex], _Said] = {}
        self.me = self._draft(open(proband), proband.id or self._fresh("self"), proband.sex)
        for at, relative in enumerate(relatives):
            self._enter(at, relative)

    def _fresh(self, id: str) -> str:
        while id in self.taken:
            id += "_"
        self.taken.add(id)
        return id

    def _draft(self, draft: Draft, id: str, sex: Sex) -> Draft:
        draft.id, draft.sex = id, sex
        self.drafts.append(draft)
        return draft

    def _placeholder(self, id: str, sex: Sex) -> Draft:
        return self._draft(opened(_PLACEHOLDER), self._fresh(id), sex)

    def _problem(self, code: str, source: Relative, found: str, needed: str, fix: str, warning: bool = False) -> None:
        severity = Severity.WARNING if warning else Severity.ERROR
        self.problems.append(
            Problem(code, severity, within(source.at, "relation") if source.at else "", found, needed, fix)
        )

    def _enter(self, at: int, source: Relative) -> None:
        """Make the people of an entry, and note what its words say of them if they can be used."""
        words, person = source.relation, source.person
        recorded = person.sex
        said = None if words is None else self.said.get((words, recorded)) or self._read(words, recorded)
        draft = self.open(person)
        if not draft.id:
            draft.id = self._fresh(f"r{at + 1}")
        if said is not None:
            draft.sex = said.sex
        drafts = [draft]
        self.drafts.append(draft)
        if source.count > 1:
            fresh = [self._fresh(f"{draft.id}-{number}") for number in range(2, source.count + 1)]
            drafts += [self._draft(opened(person), id, draft.sex) for id in fresh]
        if words is None:
            return
        if said is None:
            fix = advice(words if len(self.problems) < MOST_OFFERS else "")
            self._problem("P010", source, of_length("words", words), _NEEDED, fix)
            return
        if said.is_doubtful:
            if said.relation.tie is _SELF:
                self._problem("P012", source, "the proband", "somebody else", "write these facts under `proband`")
                return
            self._check_sex(source, recorded, said.relation, said.steps)
        said.entries.append((source, drafts))
        said.drafts += drafts

    def _read(self, words: str, recorded: Sex) -> _Said | None:
        relation = parse(words)
        if relation is None:
            return None
        sex = relation.sex if recorded is _UNKNOWN else recorded
        steps = relation.steps
        if steps and steps[-1] == "parent" and relation.tie is _BLOOD and sex is not _UNKNOWN:
            steps = (*steps[:-1], _SEXED[sex])
        is_doubtful = relation.tie is _SELF or _UNKNOWN is not recorded is not relation.sex is not _UNKNOWN
        turn = len(steps) if _ANCESTORS.issuperset(steps) else len(steps) + _LATER
        said = self.said[words, recorded] = _Said(relation, steps, sex, turn, is_doubtful)
        return said

    def _check_sex(self, source: Relative, recorded: Sex, relation: Relation, steps: tuple[str, ...]) -> None:
        said = relation.sex
        is_parent = relation.tie is Tie.BLOOD and steps[-1:] != () and steps[-1] in _ANCESTORS
        if is_parent or source.person.gender is None:
            self._problem(
                "P016",
                source,
                f"a {said} relative, recorded as {recorded}",
                "the sex assigned at birth",
                "correct the sex or the relation, or record the gender",
                warning=not is_parent,
            )

    def place(self, said: _Said) -> None:
        """Give the people of whom this is said their parents, or keep the words."""
        relation = said.relation
        if relation.tie is _ADOPTIVE:
            self._adopt(said)
        elif relation.tie is _BLOOD and relation.kin is not None and are_placed(said.steps):
            if self.own_adoption[0] is not None and self._are_adoptive_after_all(said):
                self._adopt(said)
            elif said.steps[-1] in _ANCESTORS:
                self._place_ancestor(said)
            else:
                self._place_collaterals(said)
        else:
            self._keep_words(said)

    def _keep_words(self, said: _Said) -> None:
        for source, drafts in said.entries:
            words = UnplacedRelation(self.me.id, plain_words(source.relation or ""))
            for draft in drafts:
                draft.relation = words

    def _adopt(self, said: _Said) -> None:
        step = said.steps[-1] if len(said.steps) == 1 else ""
        if step in ("mother", "father", "parent"):
            self.me.adoptive_parents += tuple(draft.id for draft in said.drafts)
            if self.me.adopted is None:
                self.me.adopted = Adoption.IN
        elif step in ("son", "daughter", "child"):
            for draft in said.drafts:
                draft.adoptive_parents = (self.me.id,)
                if draft.adopted is None:
                    draft.adopted = Adoption.IN
        else:
            self._keep_words(said)

    def _are_adoptive_after_all(self, said: _Said) -> bool:
        """Whether the mother or father of somebody adopted is the adoptive one, the words not saying otherwise."""
        adopted, adoptive_parents = self.own_adoption
        if len(said.steps) > 1 or adopted is not Adoption.IN or said.relation.is_stated:
            return False
        step = said.steps[0]
        if step not in _ANCESTORS or adoptive_parents or self._names_adoptive_parents():
            return False
        for source, _ in said.entries:
            self._problem(
                "P013",
                source,
                f"the {step} of an adopted person",
                f"'biological {step}' or 'adoptive {step}'",
                "say which; it was read as adoptive",
                warning=True,
            )
        return True

    def _names_adoptive_parents(self) -> bool:
        return any(
            said.entries and said.relation.tie is Tie.ADOPTIVE and said.steps in (("mother",), ("father",), ("parent",))
            for said in self.said.values()
        )

    def _place_ancestor(self, said: _Said) -> None:
        role = said.steps[-1]
        for source, (first, *more) in said.entries:
            child = self._walk(said.steps, first)
            present = _placed(child, role)
            if present is not None or more:
                self._problem(
                    "P011",
                    source,
                    "a second person for a relation of which there is one",
                    "one entry for one person",
                    "put both findings in one entry",
                )
            if present is None:
                setattr(child, role, first)

    def _place_collaterals(self, said: _Said) -> None:
        steps, zygosity = said.steps, said.relation.twin
        link = None
        for draft in said.drafts:
            if link is None or not _ANCESTORS.issuperset(steps[:-1]):
                link = self._walk(steps, draft)
            self._attach(link, steps[-1], draft)
            if zygosity is not None:
                if zygosity is Zygosity.MONOZYGOTIC and draft.sex is Sex.UNKNOWN:
                    draft.sex = link.sex
                self.twins.setdefault((link.id, zygosity is Zygosity.MONOZYGOTIC), []).append((draft.id, zygosity))
        self.placed.setdefault(steps, []).extend(said.drafts)

    def born_together(self) -> tuple[Twins, ...]:
        """The sets of twins: for each person at most one of monozygotic twins and one of others."""
        sets = []
        for (one, _), others in self.twins.items():
            kinds = {zygosity for _, zygosity in others}
            sets.append(Twins((one, *(id for id, _ in others)), kinds.pop() if len(kinds) == 1 else Zygosity.UNKNOWN))
        return tuple(sets)

    def _walk(self, steps: tuple[str, ...], draft: Draft) -> Draft:
        """The person from whom the last step starts, made up where nobody is recorded."""
        here = self.me
        for index, step in enumerate(steps[:-1]):
            if step in _ANCESTORS:
                here = self._parent(here, step)
                continue
            named = self.placed.get(steps[: index + 1], []) if step not in ("sibling", "child") else []
            if len(named) == 1:
                here = named[0]
                continue
            id = draft.id + "-parent" * (len(steps) - 1 - index)
            link = self._placeholder(id, _sex_of(step))
            self._attach(here, step, link)
            here = link
        return here

    def _parent(self, child: Draft, role: str) -> Draft:
        parent = child.mother if role == "mother" else child.father
        if parent.__class__ is not Draft:
            parent = self._placeholder(f"{child.id}-{role}", _FEMALE if role == "mother" else _MALE)
            setattr(child, role, parent)
        return parent

    def _attach(self, link: Draft, step: str, draft: Draft) -> None:
        """Make `draft` the sibling, half sibling or child of `link` that the step says."""
        if step in _FULL_SIBLINGS:
            mother, father = link.mother, link.father
            draft.mother = mother if mother.__class__ is Draft else self._parent(link, "mother")
            draft.father = father if father.__class__ is Draft else self._parent(link, "father")
            return
        kind = step.rpartition("-")[2]
        if kind in ("son", "daughter", "child"):
            setattr(draft, "father" if link.sex is _MALE else "mother", link)
            return
        mother, father = self._parent(link, "mother"), self._parent(link, "father")
        draft.mother = self._parent(draft, "mother") if step.startswith("paternal half") else mother
        draft.father = self._parent(draft, "father") if step.startswith("maternal half") else father


def _placed(child: Draft, role: str) -> Draft | None:
    """The parent who was placed; an id that is recorded counts when nobody was."""
    parent = child.mother if role == "mother" else child.father
    return parent if isinstance(parent, Draft) else None


def _sex_of(step: str) -> Sex:
    kind = step.rpartition("-")[2]
    if kind in ("sister", "daughter"):
        return Sex.FEMALE
    return Sex.MALE if kind in ("brother", "son") else Sex.UNKNOWN
