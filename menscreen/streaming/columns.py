"""Documents in a column of a table: which column it is, and what stands in its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BufferedReader
from typing import Any

from menscreen.problems import Problem, Severity, UsageError
from menscreen.streaming.screener import Document

PARQUET = b"PAR1"
#: Rows that are read at a time.
_ROWS = 1024


def documents(file: BufferedReader, column: str | None) -> Iterator[Document]:
    """The documents of a Parquet file in their order.

    Raises:
        UsageError: there is no such column, or pyarrow is not here, or it cannot read the file.
    """
    arrow, parquet = library("pyarrow"), library("pyarrow.parquet")
    if not file.seekable():
        raise UsageError.of("B004", "Parquet from a pipe", "a file on disk", "name the file")
    try:
        table = parquet.ParquetFile(file)
        name = chosen(table.schema_arrow, column)
        for batch in table.iter_batches(batch_size=_ROWS, columns=[name]):
            yield from rows(batch.column(0).to_pylist())
    except arrow.ArrowException as error:
        found = f"a Parquet file that cannot be read ({type(error).__name__})"
        raise UsageError.of("B004", found, "a whole one", "write or copy it again") from None


def chosen(schema: Any, column: str | None) -> str:
    """The name of the column with the documents: the one named, or the only one of text or bytes.

    Raises:
        UsageError: there is none, or several could be it.
    """
    types = library("pyarrow.types")
    tests = ("is_string", "is_large_string", "is_string_view", "is_binary", "is_large_binary", "is_binary_view")
    able = [
        field.name for field in schema if any(getattr(types, test)(_values_of(field.type, types)) for test in tests)
    ]
    if column is None and len(able) == 1:
        return str(able[0])
    if column is not None and column in able:
        return column
    if column is None:
        found = f"{len(able)} columns of text or bytes"
    else:
        found = "a column of another type than text or bytes" if column in schema.names else "no such column"
    raise UsageError.of("B005", found, "one column of text or bytes with a family in each row", "name it (--column)")


def _values_of(type: Any, types: Any) -> Any:
    return type.value_type if types.is_dictionary(type) else type


def rows(values: Iterable[str | bytes | None]) -> Iterator[Document]:
    """The documents in the rows of a column; a row without a value is one that cannot be screened."""
    for value in values:
        yield value.encode("utf-8", "surrogatepass") if isinstance(value, str) else _EMPTY if value is None else value


_EMPTY = (Problem("D002", Severity.ERROR, "document", "a row without a value", "a family", "leave the row out"),)


def library(name: str) -> Any:
    """A module of pyarrow or pyspark.

    Raises:
        UsageError: it is not here.
    """
    try:
        return import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        fix = f"pip install 'menscreen[{'spark' if package == 'pyspark' else 'arrow'}]'"
        raise UsageError.of("U007", "a table in Parquet, Arrow or Spark", f"the package {package}", fix) from None
