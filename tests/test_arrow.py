"""`menscreen.arrow`: the results of ``batch`` in the rows of a table, whoever hands the record batches in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from test_batch import batched, mixed

import menscreen
from menscreen import arrow as arrow_module

pa = pytest.importorskip("pyarrow", reason="pip install 'menscreen[arrow]'")


@cache
def documents() -> tuple[bytes, ...]:
    return tuple(line for line in mixed() if line.isascii())


@cache
def lines() -> tuple[str, ...]:
    """What ``batch`` writes for them."""
    return tuple(line.decode() for line in batched(list(documents()))[0])


def table(type: Any, *more: Any) -> Any:
    """The families with a number each, and rows with something else in the column."""
    values = [document.decode() for document in documents()]
    column = pa.array([*values, *more]).cast(type)
    return pa.table({"mrn": pa.array(range(len(column)), pa.int64()), "family": column})


def screened(batches: Iterator[Any] | list[Any], **options: Any) -> Any:
    return pa.Table.from_batches(menscreen.arrow.screen_batches(batches, **options))


TYPES = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")


@pytest.mark.parametrize("type", [*(pytest.param(getattr(pa, one)(), id=one) for one in TYPES)])
def test_a_column_of_any_kind_of_text_or_bytes_gives_what_batch_gives(type: Any) -> None:
    made = screened(table(type).to_batches(max_chunksize=50))
    assert made["result"].to_pylist() == list(lines())
    assert made["mrn"].to_pylist() == list(range(len(documents())))
    assert made.schema == menscreen.arrow.result_schema(table(type).schema)


def test_a_column_of_repeated_texts_is_read_too() -> None:
    assert screened(table(pa.string()).combine_chunks().to_batches()[0:1])["result"].to_pylist() == list(lines())
    coded = pa.table({"family": table(pa.string())["family"].combine_chunks().dictionary_encode()})
    assert screened(coded.to_batches())["result"].to_pylist() == list(lines())


def test_the_typed_columns_say_what_the_result_says() -> None:
    rows = screened(table(pa.string()).to_batches()).to_pylist()
    assert any(row["rejected"] for row in rows)
    assert any(row["questions"] for row in rows)
    assert any(row["urgency"] for row in rows)
    for row in rows:
        result = json.loads(row["result"])
        assert row["rejected"] == (not result["results"])
        assert row["problems"] == result["problems"]
        verdict = result["results"][0] if result["results"] else None
        for name in ("person", "outcome", "could_become", "also_outcome", "syndromes", "urgency"):
            assert row[name] == (None if verdict is None else verdict.get(name))
        flags = None if verdict is None else [one["rule"] for one in (*verdict["flags"], *verdict["also"])]
        assert (row["flags"] and set(row["flags"])) == (flags and set(flags))
        assert row["questions"] == (None if verdict is None else len(verdict["questions"]))


def test_a_row_without_a_value_is_rejected_and_keeps_its_place() -> None:
    rows = screened(table(pa.string(), None, "{}", None).to_batches()).to_pylist()[-3:]
    assert [row["rejected"] for row in rows] == [True, True, True]
    assert [row["problems"][0]["code"] for row in rows] == ["D002", "P014", "D002"]
    assert "a row without a value" in rows[0]["result"]


def test_options_are_those_of_batch() -> None:
    options: dict[str, Any] = {"rulebooks": ["eviq-1428"], "everyone": True, "strict": True}
    assert screened(table(pa.string()).to_batches(), **options)["result"].to_pylist() == [
        line.decode() for line in batched(list(documents()), **options)[0]
    ]


@pytest.mark.parametrize(("columns", "column", "said"), [
    ({"a": ["{}"], "b": ["{}"]}, None, "2 columns"),
    ({"a": [1]}, None, "0 columns"),
    ({"a": [1], "b": ["{}"]}, "a", "another type"),
    ({"a": ["{}"]}, "b", "no such column"),
    ({"a": ["{}"], "outcome": [1]}, "a", "no column called outcome"),
])  # fmt: skip
def test_a_column_that_cannot_be_screened_is_told(columns: dict[str, Any], column: str | None, said: str) -> None:
    with pytest.raises(menscreen.UsageError, match=said):
        screened(pa.table(columns).to_batches(), column=column)


def test_no_batch_gives_none_and_an_empty_one_gives_no_row() -> None:
    assert list(menscreen.arrow.screen_batches([])) == []
    assert list(menscreen.arrow.screen_batches(table(pa.string()).slice(0, 0).to_batches())) == []


def test_batches_are_small_and_one_is_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def source() -> Iterator[Any]:
        nonlocal taken
        for batch in table(pa.string()).to_batches(max_chunksize=100):
            taken += 1
            yield batch

    monkeypatch.setattr(arrow_module, "_ROWS", 40)
    made = menscreen.arrow.screen_batches(source())
    assert [next(made).num_rows for _ in range(4)] == [40, 40, 20, 40]
    assert taken == 2
    monkeypatch.setattr(arrow_module, "_BYTES", 1)
    assert {batch.num_rows for batch in menscreen.arrow.screen_batches(source())} == {1}


def test_polars_hands_its_frames_in() -> None:
    polars = pytest.importorskip("polars")

    def screen(frame: Any) -> Any:
        return polars.from_arrow(screened(frame.to_arrow().to_batches(), column="family"))

    frame = polars.LazyFrame({"mrn": range(len(documents())), "family": [one.decode() for one in documents()]})
    made = frame.map_batches(screen, schema=None, validate_output_schema=False).collect()
    assert made["result"].to_list() == list(lines())


def test_a_dataset_is_screened_into_another(tmp_path: Any) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in").mkdir()
    parquet.write_table(table(pa.string()), tmp_path / "in" / "families.parquet")
    families = dataset.dataset(tmp_path / "in")
    dataset.write_dataset(
        menscreen.arrow.screen_batches(families.to_batches()),
        tmp_path / "out",
        schema=menscreen.arrow.result_schema(families.schema),
        format="parquet",
    )
    made = dataset.dataset(tmp_path / "out").to_table().sort_by("mrn")
    assert made["result"].to_pylist() == list(lines())
