"""Families in a column of a Spark data frame, screened where they are.

pyspark and pyarrow must be there, and menscreen on every worker: ``pip install 'menscreen[spark]'``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from menscreen.arrow import answered, result_schema
from menscreen.rules.rulebook import Rulebook
from menscreen.streaming.columns import library
from menscreen.streaming.screener import Manner, Screener, manner_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType


def screen(
    frame: DataFrame,
    column: str = "family",
    *,
    everyone: bool = False,
    profile: str | None = None,
    rulebooks: Sequence[Rulebook | str | Path] | None = None,
    drafts: bool = False,
    strict: bool = False,
    format: str | None = None,
) -> DataFrame:
    """Screen the families in a column of text or bytes, a row for a row.

    The other columns are handed on; `menscreen.arrow.result_schema` tells what takes the place of the column. Rulebooks
    are read here and sent to the workers, each of which makes them ready once.

    Args:
        frame: nothing of it is computed before the results are asked for.
        column: the name of the column with the families.
        everyone: screen every person of each family. The typed columns tell of the proband, `result` of all.
        profile: name of the set of rulebooks to run; by default ``default``.
        rulebooks: those to run instead of a profile: loaded ones, ids, or paths that end in ``.toml``.
        drafts: run rulebooks whose wording nobody has seen too.
        strict: words that the vocabulary does not know are errors.
        format: the id of the format; not given, the content of each row tells.

    Raises:
        RulebookError: there is no such profile or rulebook, or a file is wrong.
        UsageError: there is no such column, the options do not go together, or pyspark or pyarrow is not here.
    """
    arrow, types = library("pyarrow"), library("pyspark.sql.types")
    manner = manner_of(
        profile=profile, rulebooks=rulebooks, drafts=drafts, everyone=everyone, strict=strict, format=format
    )
    stand_in = {types.StringType: arrow.string(), types.BinaryType: arrow.binary()}
    schema = arrow.schema([(field.name, stand_in.get(type(field.dataType), arrow.null())) for field in frame.schema])
    added = [field for field in result_schema(schema, column) if field.name not in frame.columns]
    kept = [field for field in frame.schema if field.name != column]
    whole = types.StructType([*kept, *(types.StructField(field.name, _type(field.type)) for field in added)])

    def screened(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return answered(batches, _ready(manner), column)

    return frame.mapInArrow(screened, whole)


@lru_cache(maxsize=4)
def _ready(manner: Manner) -> Screener:
    """A screener for a manner that was sent; a worker that gets several tasks makes it once."""
    return Screener(manner)


def _type(type: pa.DataType) -> DataType:
    """The Spark type of a column of the results."""
    kinds: Any = library("pyarrow.types")
    types: Any = library("pyspark.sql.types")
    if kinds.is_list(type):
        return types.ArrayType(_type(type.value_type))
    if kinds.is_struct(type):
        return types.StructType([types.StructField(field.name, _type(field.type)) for field in type])
    plain = {"string": types.StringType, "bool": types.BooleanType, "int32": types.IntegerType}
    return plain[str(type)]()
