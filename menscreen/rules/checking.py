"""Check a rulebook: every problem with its place, before anything is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

import msgspec

from menscreen.pedigree.person import MAX_AGE
from menscreen.problems import Problem, RulebookError, Severity
from menscreen.rules.criteria import AgeNow, AtLeast, Criterion, Has, Meets, PersonIs, Relatives, Tested, Tumors
from menscreen.rules.rulebook import (
    KINDS,
    Action,
    Codon,
    Example,
    Guideline,
    LeftOut,
    Reading,
    RuleTable,
    criterion,
)
from menscreen.vocabulary import GENES, vocabulary

#: Bounds that keep a hostile rulebook from costing much.
MOST_RULES = 2_000
MOST_DEFINITIONS = 500
MOST_PARTS = 500
DEEPEST = 20
#: Definitions that name definitions that name others: evaluation follows them one inside the other.
LONGEST_CHAIN = 10
#: The parts of a key are apart by dots, and reading one takes the square of their number.
MOST_DOTS = 200
#: No more problems than this are listed of one rulebook.
MOST_PROBLEMS = 200

_MOST = {"rules": MOST_RULES, "actions": MOST_RULES, "definitions": MOST_DEFINITIONS}

Table = Mapping[str, Any]


def parse(text: bytes, name: str) -> Table:
    """Read TOML; `RulebookError` with the line when it is none."""
    import tomllib

    if any(line.count(b".") > MOST_DOTS for line in text.split(b"\n")):
        found = f"a line of more than {MOST_DOTS} dots"
        raise RulebookError([_problem("R012", name, found, "keys of few parts", "write the line as several")])
    try:
        return tomllib.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        found = "bytes that are not UTF-8"
    except tomllib.TOMLDecodeError as error:
        found = f"no TOML ({_place_only(str(error))})"
    except ValueError:
        found = "a number with thousands of digits"
    except RecursionError:
        found = "tables nested too deeply"
    raise RulebookError([_problem("R001", name, found, "a TOML document", "correct the syntax")])


def _place_only(message: str) -> str:
    return message[message.rfind("(at ") + 1 : -1] if "(at " in message else "at the end"


def problems_in(document: Table, name: str) -> list[Problem]:
    """Everything that is wrong with a rulebook, in the order of the document; of very much the beginning."""
    found = list(islice(_Checking(document, name).all(), MOST_PROBLEMS + 1))
    if len(found) > MOST_PROBLEMS:
        found[-1] = _problem("R014", name, "more problems than these", "fewer", "mend these, then check it again")
    return found


def _problem(code: str, where: str, found: str, needed: str, fix: str) -> Problem:
    return Problem(code, Severity.ERROR, where, found, needed, fix)


class _Checking:
    def __init__(self, document: Table, name: str) -> None:
        self.document = document
        self.name = name
        definitions = document.get("definitions")
        self.definitions = definitions if isinstance(definitions, dict) else {}

    def _at(self, place: str) -> str:
        return f"{self.name}: {place}"

    def all(self) -> Iterator[Problem]:
        yield from self._keys(self.document, ("guideline", "definitions", "rules", "actions", "left_out", "codons"), "")
        yield from self._guideline()
        too_many = list(filter(None, map(self._too_many, _MOST)))
        if too_many:
            yield from too_many
            return
        for name, table in self.definitions.items():
            yield from self._definition(name, table)
        yield from self._chains()
        yield from self._rules()
        for number, codon in enumerate(self._list("codons")):
            yield from self._convert(codon, Codon, f"codons[{number}]")
        for number, left_out in enumerate(self._list("left_out")):
            yield from self._convert(left_out, LeftOut, f"left_out[{number}]")
        for number, action in enumerate(self._list("actions")):
            yield from self._action(action, f"actions[{number}]")
        yield from self._ids()

    def _too_many(self, key: str) -> Problem | None:
        value, most = self.document.get(key), _MOST[key]
        if not isinstance(value, (list, dict)) or len(value) <= most:
            return None
        return _problem("R012", self._at(key), f"{len(value)} {key}", f"at most {most}", "split the rulebook")

    def _list(self, key: str) -> list[Any]:
        value = self.document.get(key, [])
        return value if isinstance(value, list) else []

    def _keys(self, table: Table, known: tuple[str, ...], place: str) -> Iterator[Problem]:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known)
                fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"
                where = f"{place}.{key}" if place else key
                yield _problem("R002", self._at(where), "an unknown key", "a key of the rulebook format", fix)

    def _convert(self, value: object, type: type[msgspec.Struct], place: str) -> Iterator[Problem]:
        """Check a table against a class: unknown keys all at once, then the first wrong value."""
        if not isinstance(value, dict):
            yield _problem("R002", self._at(place), "no table", "a table", "write it as a table")
            return
        fields = {field.encode_name for field in msgspec.structs.fields(type)}
        yield from self._keys(value, tuple(sorted(fields)), place)
        for field in msgspec.structs.fields(type):
            where = f"{place}.{field.encode_name}"
            if field.encode_name not in value:
                if field.required:
                    yield _problem("R003", self._at(where), "nothing", "a value: it is required", "write it")
                continue
            try:
                msgspec.convert(value[field.encode_name], field.type)
            except msgspec.ValidationError as error:
                yield _problem("R002", self._at(where), "a wrong value", _plain(error), "correct the value")

    def _guideline(self) -> Iterator[Problem]:
        guideline = self.document.get("guideline")
        if guideline is None:
            yield _problem(
                "R003", self._at("guideline"), "nothing", "a [guideline] table", "say whose statements these are"
            )
            return
        yield from self._convert(guideline, Guideline, "guideline")
        if isinstance(guideline, dict):
            yield from self._address(guideline.get("url"), "guideline.url")

    def _address(self, url: object, place: str) -> Iterator[Problem]:
        if isinstance(url, str) and not url.startswith("https://"):
            yield _problem(
                "R007", self._at(place), "an address that is not https", "https://...", "give the https address"
            )

    def _definition(self, name: str, table: object) -> Iterator[Problem]:
        place = f"definitions.{name}"
        if not isinstance(table, dict):
            yield _problem("R002", self._at(place), "no table", "a table", "write it as a table")
            return
        if not isinstance(table.get("says"), str):
            yield _problem("R003", self._at(f"{place}.says"), "nothing", "what it means, in words", "write it")
        yield from self._criterion({key: value for key, value in table.items() if key != "says"}, place)

    def _rules(self) -> Iterator[Problem]:
        rules = self._list("rules")
        if not rules and not self._list("actions"):
            yield _problem("R003", self._at("rules"), "no rule and no action", "[[rules]] or [[actions]]", "add a rule")
        for number, rule in enumerate(rules):
            place = f"rules[{number}]"
            yield from self._convert(rule, RuleTable, place)
            if isinstance(rule, dict):
                yield from self._rule(rule, place)

    def _ids(self) -> Iterator[Problem]:
        """Rules and actions have ids of their own, and those of actions name no rule."""
        places = [
            (f"{key}[{number}].id", one.get("id"))
            for key in ("rules", "actions")
            for number, one in enumerate(self._list(key))
            if isinstance(one, dict) and isinstance(one.get("id"), str)
        ]
        often = Counter(id for _, id in places)
        for place, id in places:
            if often[id] > 1:
                yield _problem("R009", self._at(place), "an id that stands twice", "ids of their own", "rename it")

    def _citation(self, table: Table, place: str) -> Iterator[Problem]:
        yield from self._address(table.get("url"), f"{place}.url")
        for key in ("says", "locator"):
            value = table.get(key)
            if isinstance(value, str) and not value.strip():
                fix = "every statement cites its source"
                yield _problem("R003", self._at(f"{place}.{key}"), "nothing", "a text", fix)

    def _rule(self, rule: Table, place: str) -> Iterator[Problem]:
        yield from self._citation(rule, place)
        genes = rule.get("genes", ())
        for number, gene in enumerate(genes if isinstance(genes, list) else ()):
            yield from self._gene(gene, f"{place}.genes[{number}]")
        if isinstance(rule.get("when"), dict):
            yield from self._criterion(rule["when"], f"{place}.when")
        for key, type in (("examples", Example), ("readings", Reading)):
            items = rule.get(key, ())
            for number, item in enumerate(items if isinstance(items, list) else ()):
                yield from self._convert(item, type, f"{place}.{key}[{number}]")

    def _action(self, action: object, place: str) -> Iterator[Problem]:
        yield from self._convert(action, Action, place)
        if isinstance(action, dict):
            yield from self._citation(action, place)
            if isinstance(action.get("when"), dict):
                yield from self._criterion(action["when"], f"{place}.when")

    def _gene(self, gene: object, place: str) -> Iterator[Problem]:
        if isinstance(gene, str) and gene not in GENES:
            near = get_close_matches(gene, GENES)
            fix = f"write {near[0]}" if near else "use the HGNC symbol"
            yield _problem("R005", self._at(place), "an unknown gene", "a gene of the vocabulary", fix)

    def _criterion(self, table: Table, place: str) -> Iterator[Problem]:
        """Problems of a criterion and of everything inside it, without recursion."""
        waiting: list[tuple[object, str, int]] = [(table, place, 0)]
        seen = 0
        while waiting:
            one, at, depth = waiting.pop()
            seen += 1
            if seen > MOST_PARTS or depth > DEEPEST:
                yield _problem(
                    "R012", self._at(at), "too many parts", f"at most {MOST_PARTS}, {DEEPEST} deep", "simplify"
                )
                return
            if not isinstance(one, dict):
                yield _problem("R002", self._at(at), "no table", "a criterion", "write it as a table")
                continue
            inner = list(_inside(one, at))
            waiting.extend((part, where, depth + 1) for part, where in reversed(inner))
            yield from self._single(one, at, has_parts=bool(inner))

    def _single(self, table: Table, place: str, *, has_parts: bool) -> Iterator[Problem]:
        kinds = [key for key in table if key in KINDS]
        if len(kinds) != 1:
            found = "no criterion" if not kinds else f"{' and '.join(kinds)} in one table"
            yield _problem("R002", self._at(place), found, "one of " + ", ".join(sorted(KINDS)), "name one criterion")
            return
        try:
            made = criterion(_shallow(table) if has_parts else table)
        except msgspec.ValidationError as error:
            yield _problem("R002", self._at(place), "a wrong criterion", _plain(error), "correct the criterion")
            return
        yield from self._facts(made, table, place)

    def _range(self, bounds: object, place: str) -> Iterator[Problem]:
        """An age that nobody can have: below 0, or both above and below."""
        if not isinstance(bounds, (Has, AgeNow)):
            return
        ends = [end for end in (bounds.by, None if bounds.before is None else bounds.before - 1) if end is not None]
        if ends and min(ends) < (bounds.from_ or 0):
            yield _problem(
                "R008", self._at(place), "an age that nobody has", "from at or below the other", "correct it"
            )

    def _false_conditions(self, table: Table, place: str) -> Iterator[Problem]:
        for name in ("multiple", "bilateral", "recurrent", "metastatic"):
            if table.get(name) is False:
                needed = "true, or no such key: that a tumor is single is no condition of a statement"
                yield _problem("R002", self._at(f"{place}.{name}"), "false", needed, "leave the key out")

    def _facts(self, made: Criterion, table: Table, place: str) -> Iterator[Problem]:
        terms: tuple[str, ...] = ()
        numbers: list[tuple[str, int | None, int, int]] = []
        match made:
            case Has():
                terms = (made.has,)
                numbers = [(name, getattr(made, name), 0, MAX_AGE) for name in ("before", "by", "from_")]
                numbers.append(("larger_than", made.larger_than, 0, 1000))
                yield from self._false_conditions(table, place)
            case Tumors():
                terms, numbers = made.of, [("at_least", made.at_least, 1, 20)]
            case Tested():
                yield from self._gene(made.gene, f"{place}.tested.gene")
            case PersonIs(age=AgeNow()):
                numbers = [(name, getattr(made.age, name), 0, MAX_AGE) for name in ("before", "by", "from_")]
            case Relatives():
                numbers = [("within", made.within, 1, 20), ("at_least", made.at_least, 1, 50)]
            case AtLeast():
                numbers = [("at_least", made.at_least, 1, 20)]
            case Meets():
                if made.meets not in self.definitions:
                    fix = "define it under [definitions]"
                    yield _problem(
                        "R006", self._at(place), "a definition that is missing", "a name of [definitions]", fix
                    )
        for term in terms:
            if term not in vocabulary().terms:
                near = vocabulary().nearest(term.replace("-", " "))
                fix = f"write the id of {near[0]}" if near else "menscreen vocabulary lists the ids"
                yield _problem("R004", self._at(place), "an unknown finding", "the id of a term", fix)
        yield from self._range(made.age if isinstance(made, PersonIs) else made, place)
        for name, value, low, high in numbers:
            if value is not None and not low <= value <= high:
                where = f"{place}.{name.rstrip('_')}"
                yield _problem("R008", self._at(where), str(value), f"a number from {low} to {high}", "correct it")

    def _chains(self) -> Iterator[Problem]:
        """Definitions that refer to themselves; where none does, chains of definitions that are too long."""
        uses = {name: _names_in(table) for name, table in self.definitions.items() if isinstance(table, dict)}
        circular = []
        for name in uses:
            reached, waiting = set[str](), list(uses[name])
            while waiting:
                one = waiting.pop()
                if one not in reached:
                    reached.add(one)
                    waiting.extend(uses.get(one, ()))
            if name in reached:
                circular.append(name)
        for name in circular:
            where = self._at(f"definitions.{name}")
            yield _problem("R006", where, "a definition that refers to itself", "no circle", "write it out")
        if circular:
            return
        long = list(uses)
        for _ in range(LONGEST_CHAIN):
            long = [name for name in long if not uses[name].isdisjoint(long)]
        for name in long:
            where, needed = self._at(f"definitions.{name}"), f"at most {LONGEST_CHAIN}, each naming the next"
            yield _problem("R012", where, "a chain of too many definitions", needed, "write some of them out")


def _inside(table: Table, at: str) -> Iterator[tuple[object, str]]:
    for key in ("all", "any", "none", "of"):
        value = table.get(key)
        if isinstance(value, list):
            yield from ((part, f"{at}.{key}[{number}]") for number, part in enumerate(value))
    relatives = table.get("relatives")
    if isinstance(relatives, dict) and "have" in relatives:
        yield relatives["have"], f"{at}.relatives.have"


def _shallow(table: Table) -> Table:
    """The criterion with its parts left out, which are checked by themselves."""
    shallow = {
        key: [] if key in ("all", "any", "none", "of") and isinstance(value, list) else value
        for key, value in table.items()
    }
    relatives = table.get("relatives")
    if isinstance(relatives, dict):
        shallow["relatives"] = {**relatives, "have": {"all": []}}
    return shallow


def _names_in(table: Table) -> set[str]:
    """The definitions that a table names, anywhere inside."""
    names: set[str] = set()
    waiting: list[object] = [table]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("meets"), str):
                names.add(one["meets"])
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return names


def _plain(error: msgspec.ValidationError) -> str:
    """What msgspec found wrong, without quoting what stood there."""
    import re

    text = str(error)
    return re.sub(r"Invalid enum value '.*?'", "one of the words that the format knows", text, flags=re.DOTALL)
