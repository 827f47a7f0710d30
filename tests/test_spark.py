"""`menscreen.spark` on a real Spark in local mode, with two Python workers."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_arrow import documents, lines
from test_batch import batched

import menscreen

pytest.importorskip("pyspark", reason="pip install 'menscreen[spark]'")
pytest.importorskip("pandas", reason="pip install 'menscreen[spark]'")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java here (Debian: openjdk-17-jre-headless)"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("menscreen")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def rows() -> list[tuple[int, str | None]]:
    return list(enumerate([*(one.decode() for one in documents()), None, "not JSON"]))


def test_local_spark_gives_the_rows_of_batch(spark: Any, rows: list[tuple[int, str | None]]) -> None:
    frame = spark.createDataFrame(rows, "mrn long, family string").repartition(3)
    made = menscreen.spark.screen(frame).orderBy("mrn").collect()
    assert [row.mrn for row in made] == [number for number, _ in rows]
    assert [row.result for row in made][:-2] == list(lines())
    empty, broken = made[-2:]
    assert (empty.rejected, empty.outcome, empty.problems[0].code) == (True, None, "D002")
    assert (broken.rejected, broken.problems[0].code) == (True, "D011")


def test_a_column_of_bytes_and_every_option_give_the_same(spark: Any) -> None:
    frame = spark.createDataFrame(list(enumerate(documents()[:60])), "mrn long, doc binary")
    options: dict[str, Any] = {"rulebooks": ["eviq-1428", "eta-2012"], "everyone": True, "strict": True}
    made = menscreen.spark.screen(frame, "doc", **options).orderBy("mrn").collect()
    assert [row.result for row in made] == [line.decode() for line in batched(list(documents()[:60]), **options)[0]]


def test_a_rulebook_of_ones_own_goes_to_the_workers(spark: Any, tmp_path: Path) -> None:
    shipped = Path(menscreen.__file__).parent / "rulebooks" / "eta-2012.toml"
    mine = tmp_path / "mine.toml"
    mine.write_text(shipped.read_text().replace('id = "eta-2012"', 'id = "mine"', 1))
    frame = spark.createDataFrame([("MTC", '{"proband": {"findings": [{"finding": "MTC"}]}}')], "name string, f string")
    made = menscreen.spark.screen(frame, "f", rulebooks=[mine])
    mine.unlink()
    [row] = made.collect()
    assert row.flags == ["mine/medullary-carcinoma"]
    assert row.outcome == "warranted"


def test_the_typed_columns_can_be_counted_in_sql(spark: Any, rows: list[tuple[int, str | None]]) -> None:
    frame = spark.createDataFrame(rows, "mrn long, family string")
    menscreen.spark.screen(frame).createOrReplaceTempView("screened")
    counted = spark.sql(
        "select outcome, count(*) as number from screened where not rejected group by outcome"
    ).collect()
    _, summary = batched(list(documents()))
    assert {row.outcome: row.number for row in counted} == dict(summary.outcomes)
    codes = spark.sql("select p.code from screened lateral view explode(problems) as p where rejected").collect()
    assert {row.code for row in codes} >= set(summary.rejects)


def test_a_column_that_is_not_there_is_told_before_anything_runs(spark: Any) -> None:
    frame = spark.createDataFrame([(1, "{}")], "mrn long, family string")
    for column, said in (("famly", "no such column"), ("mrn", "another type")):
        with pytest.raises(menscreen.UsageError, match=said):
            menscreen.spark.screen(frame, column)
    with pytest.raises(menscreen.UsageError, match="called outcome"):
        menscreen.spark.screen(frame.withColumnRenamed("mrn", "outcome"))
    with pytest.raises(menscreen.RulebookError):
        menscreen.spark.screen(frame, profile="nowhere")
