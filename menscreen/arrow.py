"""Families in the rows of a table: Arrow record batches in, record batches with the results out.

All that a cluster, Polars or an Arrow dataset needs. pyarrow must be there: ``pip install 'menscreen[arrow]'``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from menscreen.problems import UsageError
from menscreen.reports.json import KEYS_OF_PROBLEM, write_json
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.verdict import Screening, Verdict
from menscreen.streaming.columns import chosen, library, rows
from menscreen.streaming.screener import Screener, manner_of

if TYPE_CHECKING:
    import pyarrow as pa

#: A batch that comes out has at most so many rows, or fewer whose results have so many bytes together.
_ROWS = 512
_BYTES = 2**24


def screen_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    column: str | None = None,
    everyone: bool = False,
    profile: str | None = None,
    rulebooks: Sequence[Rulebook | str | Path] | None = None,
    drafts: bool = False,
    strict: bool = False,
    format: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """Screen the families in a column of text or bytes, a row for a row in the same order.

    The other columns are handed on; `result_schema` tells what takes the place of the column. A row that cannot be
    screened, such as one without a value, is `rejected` and has its `problems`.

    Args:
        batches: with the same columns all; as many at a time are held as are needed.
        column: the name of the column; needed where several have text or bytes.
        everyone: screen every person of each family. The typed columns tell of the proband, `result` of all.
        profile: name of the set of rulebooks to run; by default ``default``.
        rulebooks: those to run instead of a profile: loaded ones, ids, or paths that end in ``.toml``.
        drafts: run rulebooks whose wording nobody has seen too.
        strict: words that the vocabulary does not know are errors.
        format: the id of the format; not given, the content of each row tells.

    Raises:
        RulebookError: there is no such profile or rulebook, or a file is wrong.
        UsageError: there is no such column, the options do not go together, or pyarrow is not here.
    """
    manner = manner_of(
        profile=profile, rulebooks=rulebooks, drafts=drafts, everyone=everyone, strict=strict, format=format
    )
    return answered(batches, Screener(manner), column)


def result_schema(schema: pa.Schema, column: str | None = None) -> pa.Schema:
    """The columns of the results: those that came in, without the families, and then

    - `rejected`: whether the row could not be screened; then only `result` and `problems` say something;
    - `person`, `outcome`, `could_become`, `also_outcome`, `syndromes`, `urgency` as in the result;
    - `flags`: the statements met, for MEN and for other syndromes;
    - `questions`: how many there are;
    - `result`: the whole result as JSON, the line that `menscreen batch` writes;
    - `problems`: errors and warnings.

    Raises:
        UsageError: there is no such column, or one is called like a column of the results.
    """  # noqa: D415
    name = chosen(schema, column)
    others = [field for field in schema if field.name != name]
    taken = sorted({field.name for field in others} & set(_fields().names))
    if taken:
        needed = f"no column called {' or '.join(taken)} beside the families"
        raise UsageError.of("B005", "columns called like those of the results", needed, "rename or drop them")
    return library("pyarrow").schema([*others, *_fields()])


def answered(batches: Iterable[pa.RecordBatch], screener: Screener, column: str | None) -> Iterator[pa.RecordBatch]:
    """Screen the rows of batches with what was made ready before."""
    arrow = library("pyarrow")
    schema: pa.Schema | None = None
    for batch in batches:
        if schema is None:
            name = chosen(batch.schema, column)
            schema = result_schema(batch.schema, name)
        others = batch.drop_columns([name])
        start = 0
        screenings = map(screener.screening, rows(batch.column(name).to_pylist()))
        while start < batch.num_rows:
            made = list(_some(_row(screening) for screening in screenings))
            part = others.slice(start, len(made))
            start += len(made)
            columns = [
                arrow.array(values, field.type)
                for values, field in zip(zip(*made, strict=True), _fields(), strict=True)
            ]
            yield arrow.RecordBatch.from_arrays([*part.columns, *columns], schema=schema)


def _some(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """As many rows as make a batch."""
    size = 0
    for row in islice(rows, _ROWS):
        yield row
        size += len(row[_RESULT])
        if size >= _BYTES:
            return


_SAID = ("person", "outcome", "could_become", "also_outcome", "syndromes", "urgency", "flags", "questions")
_RESULT = 1 + len(_SAID)


def _row(screening: Screening) -> tuple[Any, ...]:
    """The values of the columns, in their order."""
    said = _said(screening.results[0]) if screening.results else (None,) * len(_SAID)
    problems = [{name: getattr(problem, name) for name in KEYS_OF_PROBLEM} for problem in screening.problems]
    return (not screening.results, *said, write_json(screening), problems)


def _said(verdict: Verdict) -> tuple[Any, ...]:
    """What the columns of `_SAID` say."""
    flags = (*verdict.flags, *verdict.also)
    return (
        verdict.person,
        verdict.outcome,
        verdict.could_become,
        verdict.also_outcome,
        verdict.syndromes,
        verdict.urgency,
        list(dict.fromkeys(flag.rule for flag in flags)) if flags else (),
        len(verdict.questions),
    )


@cache
def _fields() -> pa.Schema:
    arrow = import_module("pyarrow")
    text = arrow.string()
    problem = arrow.struct([(name, text) for name in KEYS_OF_PROBLEM])
    types = {"syndromes": arrow.list_(text), "flags": arrow.list_(text), "questions": arrow.int32()}
    said = {name: types.get(name, text) for name in _SAID}
    return arrow.schema({"rejected": arrow.bool_(), **said, "result": text, "problems": arrow.list_(problem)})
