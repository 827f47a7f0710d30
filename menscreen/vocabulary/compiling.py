"""From the sources of the vocabulary (TOML, TSV) to the tables that the look-up needs, and their compiled file.

The compiled file is data alone and is made when the package is built; without it, or when the sources have changed
since, the sources are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from os.path import dirname, join
from typing import Any, NamedTuple

from menscreen.vocabulary.codes import normal_code
from menscreen.vocabulary.folding import fold, gene_key

SOURCES = ("terms.toml", "codes.tsv", "genes.toml")
#: The code that makes the tables: a compiled file of other code is not used either.
MAKERS = ("compiling.py", "folding.py", "codes.py")
COMPILED = "compiled.msgpack"
_HERE = dirname(__file__)
_CHOICE = r"\(([^()]*\|[^()]*)\)"


class Compiled(NamedTuple):
    """Plain tables. `joined` and `bags` lead from folded words to places in `terms`; ids elsewhere.

    `ambiguous` leads from the bag of words that mean different things to the ids of what they mean.
    """

    terms: list[list[Any]]
    joined: dict[str, int]
    bags: dict[str, int]
    ambiguous: dict[str, list[str]]
    ambiguous_by: dict[str, str]
    codes: dict[str, dict[str, list[str]]]
    set_aside: dict[str, dict[str, str]]
    written: dict[str, str]
    exact: dict[str, list[str]]
    unlabeled: dict[str, str]
    sites: dict[str, str]
    site_terms: dict[str, str]
    genes: dict[str, list[str]]
    gene_names: dict[str, str]


def compile_vocabulary() -> bytes:
    """Return the content of the compiled file: the tables and the digest of the sources they were made from."""
    import msgspec.msgpack

    sources = _read_sources()
    return msgspec.msgpack.encode([_digest(sources), *_tables(sources)])


def shipped() -> Compiled:
    """Return the tables: from the compiled file when it belongs to the sources, else from the sources."""
    sources = _read_sources()
    try:
        content = _read(COMPILED)
    except OSError:
        return _tables(sources)
    import msgspec.msgpack

    try:
        digest, *tables = msgspec.msgpack.decode(content)
        if digest == _digest(sources):
            return Compiled(*tables)
    except (msgspec.MsgspecError, TypeError, ValueError):
        pass
    return _tables(sources)


def _read(name: str) -> bytes:
    with open(join(_HERE, name), "rb") as file:
        return file.read()


def _read_sources() -> list[bytes]:
    return [_read(name) for name in SOURCES]


def _digest(sources: list[bytes]) -> str:
    from hashlib import sha256

    return sha256(b"\0".join([*sources, *map(_read, MAKERS)])).hexdigest()


def _tables(sources: list[bytes]) -> Compiled:
    import tomllib

    words, codes, genes = (source.decode() for source in sources)
    document = tomllib.loads(words)
    sites: dict[str, list[str]] = document.pop("site")
    ambiguous: dict[str, dict[str, Any]] = document.pop("ambiguous")
    terms = _terms(document)
    joined, bags = _keys(terms)
    code_tables = _codes(codes, {row[0] for row in terms})
    site_names = {fold(name).bag: site for site, names in sites.items() for name in (site, *names)}
    site_terms = {site: id for site in sites if (id := _site_term(site, terms))}
    gene_table = tomllib.loads(genes)
    aliases = {symbol: list(entry.get("aliases", ())) for symbol, entry in gene_table.items()}
    means, sources_of_means = _ambiguous(ambiguous, {row[0] for row in terms}, bags)
    names = _gene_names(gene_table)
    words_to = (terms, joined, bags, means, sources_of_means)
    return Compiled(*words_to, *code_tables, site_names, site_terms, aliases, names)


def _terms(document: dict[str, dict[str, dict[str, Any]]]) -> list[list[Any]]:
    kinds = {id: kind for kind, entries in document.items() for id in entries}
    entries = {id: entry for group in document.values() for id, entry in group.items()}
    known = {"name", "parents", "synonyms", "site", "syndromes", "plain"}
    for id, entry in entries.items():
        unknown = [*(set(entry) - known), *(set(entry.get("parents", ())) - set(entries))]
        if unknown:
            raise ValueError(f"{id}: unknown keys or parents {sorted(unknown)}")
    parents: dict[str, list[str]] = {id: entry.get("parents", []) for id, entry in entries.items()}
    children: dict[str, list[str]] = {id: [] for id in entries}
    for id in entries:
        for parent in parents[id]:
            children[parent].append(id)
    return [
        [
            id,
            name := entry.get("name") or id.replace("-", " "),
            kinds[id],
            parents[id],
            _synonyms(entry, name),
            _site_of(id, entries),
            _stated(id, entries, children) or _stated(id, entries, parents),
            entry.get("plain"),
        ]
        for id, entry in entries.items()
    ]


def _synonyms(entry: dict[str, Any], name: str) -> list[str]:
    words = (" ".join(word.split()) for text in entry.get("synonyms", ()) for word in _choices(text))
    return [word for word in dict.fromkeys(words) if word != name]


def _site_of(id: str, entries: dict[str, dict[str, Any]]) -> str | None:
    """Return the site of a term, or of the first term above it that has one."""
    waiting = [id]
    while waiting:
        entry = entries[waiting.pop(0)]
        if "site" in entry:
            return str(entry["site"])
        waiting.extend(entry.get("parents", ()))
    return None


def _stated(id: str, entries: dict[str, dict[str, Any]], onward: dict[str, list[str]]) -> list[str]:
    """Return the syndromes of a term; when it has none of its own, of the nearest terms on the way that have."""
    found: list[str] = []
    waiting = [id]
    while waiting:
        one = waiting.pop(0)
        found.extend(entries[one].get("syndromes", ()))
        if "syndromes" not in entries[one]:
            waiting.extend(onward[one])
    return list(dict.fromkeys(found))


def _choices(text: str) -> Iterator[str]:
    """Write out the choices of a synonym: "(renal|kidney) cyst" is two."""
    waiting = [text]
    while waiting:
        text = waiting.pop()
        choice = re.search(_CHOICE, text)
        if choice is None:
            yield text
        else:
            waiting.extend(
                text[: choice.start()] + word + text[choice.end() :] for word in reversed(choice[1].split("|"))
            )


def _keys(terms: list[list[Any]]) -> tuple[dict[str, int], dict[str, int]]:
    """Fold every spelling; words that fold alike may not belong to two terms."""
    joined: dict[str, int] = {}
    bags: dict[str, int] = {}
    clashes: list[str] = []
    for place, (id, name, _, _, synonyms, *_) in enumerate(terms):
        for words in (id, name, *synonyms):
            keys = fold(words)
            for table, key in ((joined, keys.joined), (bags, keys.bag)):
                if not key or table.setdefault(key, place) != place:
                    clashes.append(f"{words!r} is {id} and {terms[table.get(key, place)][0]}")
    if clashes:
        raise ValueError("; ".join(clashes))
    return joined, bags


def _ambiguous(
    entries: dict[str, dict[str, Any]], ids: set[str], bags: dict[str, int]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Fold the words that mean different things, none of which may be the words of one term, with their sources."""
    means: dict[str, list[str]] = {}
    sources: dict[str, str] = {}
    for words, entry in entries.items():
        bag = fold(words).bag
        if bag in bags or not ids.issuperset(entry["means"]) or not entry["source"].startswith("https://"):
            raise ValueError(f"{words!r}: the words of a term, an unknown term or no source")
        means[bag], sources[bag] = entry["means"], entry["source"]
    return means, sources


def _site_term(site: str, terms: list[list[Any]]) -> str | None:
    """Return the tumor that a site alone stands for: `<site>-tumor`, or the only top term of the site."""
    ids = {row[0]: row for row in terms if row[5] == site and row[2] == "tumor"}
    for id in (f"{site}-tumor", _SITE_TERMS.get(site, "")):
        if id in ids:
            return id
    tops = [id for id, row in ids.items() if not any(parent in ids for parent in row[3])]
    return tops[0] if len(tops) == 1 else None


_SITE_TERMS = {
    "pancreas": "pancreatic-tumor",
    "duodenum": "duodenal-tumor",
    "thymus": "thymic-tumor",
    "paraganglia": "paraganglioma",
    "breast": "breast-cancer",
}


class _Codes(NamedTuple):
    """The tables of `codes.tsv`, in the order in which `Compiled` has them."""

    codes: dict[str, dict[str, list[str]]]
    set_aside: dict[str, dict[str, str]]
    written: dict[str, str]
    exact: dict[str, list[str]]
    unlabeled: dict[str, str]


def _codes(text: str, ids: set[str]) -> _Codes:
    tables = _Codes({}, {}, {}, {}, {})
    for line in text.splitlines()[1:]:
        system, code, term, exactness, seen = line.split("\t")
        morphology, _, topography = code.partition(" + ")
        key = normal_code(system, morphology)
        if key is None or seen not in _SEEN:
            raise ValueError(f"codes.tsv: {line!r}")
        name, value = key
        if topography:
            value += " " + topography.replace(".", "")
        if value != code:
            tables.written[f"{name} {value}"] = code
        if seen != "label":
            tables.unlabeled[f"{name} {value}"] = seen
        if term == "-":
            tables.set_aside.setdefault(name, {})[value] = exactness
        elif term in ids and exactness in _EXACTNESS:
            tables.codes.setdefault(name, {}).setdefault(value, []).append(term)
            if exactness == "exact":
                tables.exact.setdefault(name, []).append(value)
        else:
            raise ValueError(f"codes.tsv: {line!r}")
    return tables


#: The code means the term; its label is another spelling of the term, perhaps a kind of it; the term is our reading.
_EXACTNESS = ("exact", "close", "read")
#: With its own label in an edition of its system; in a published mapping; on a page of a society; nowhere.
_SEEN = ("label", "mapped", "page", "recalled")


def _gene_names(document: dict[str, dict[str, Any]]) -> dict[str, str]:
    numbered: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("hgnc", "HGNC:{}".format),
        ("ncbi", "NCBIGene:{}".format),
    )
    symbols: dict[str, str] = {}
    for symbol, entry in document.items():
        numbers = [write(entry[key]) for key, write in numbered if key in entry]
        for words in (symbol, *entry.get("aliases", ()), *numbers):
            if symbols.setdefault(gene_key(words), symbol) != symbol:
                raise ValueError(f"genes.toml: {words!r} stands for two genes")
    return symbols
