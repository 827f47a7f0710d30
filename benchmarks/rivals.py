"""What a user would take instead, where it installs: each gives an action, or says why there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path
from typing import Any

from population import TELLING, family, usual

import menscreen
from benchmarks.rounds import Spread, seconds, spread
from menscreen.formats import fhir
from menscreen.pedigree.family import Pedigree

Action = Callable[[], object]

#: Medullary carcinoma in a relative: the statement that one small rulebook of ours makes, too.
HEAD = """library Medullary version '1'
using FHIR version '4.0.1'
context Patient
"""
CQL = """define Met%s: exists ([FamilyMemberHistory] M
  where exists (M.condition C
    where exists (C.code.coding D where D.system.value = '%s' and D.code.value = '%s')))
"""


def _missing(name: str) -> None:
    print(f"{name} is not here: left out", file=sys.stderr)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return _missing(name)


def _rows(one: Pedigree) -> list[tuple[str, str, str, str, str]]:
    sexes = {"female": "2", "male": "1", "unknown": "0"}
    return [
        (person.id, person.father or "0", person.mother or "0", sexes[person.sex.value], "1") for person in one.people
    ]


def pednet_relations(families: list[Pedigree]) -> Action | None:
    """PedNet: the relationship of everybody to the proband, with one kinship matrix for each family."""
    pednet, graph = _module("pednet"), _module("pednet.graph")
    if pednet is None:
        return None
    read = [(one, pednet.pedigree_from_rows(_rows(one))) for one in families]

    def run() -> None:
        for one, pedigree in read:
            matrix = graph.kinship_matrix(pedigree)
            for person in one.people:
                if person.id != one.proband:
                    graph.relationship(pedigree, one.proband, person.id, matrix)

    return run


def peddy_relations(families: list[Pedigree]) -> Action | None:
    """Peddy: the relation of everybody to the proband."""
    peddy = _module("peddy")
    if peddy is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "families.ped"
        rows = [("family%d" % at, *row) for at, one in enumerate(families) for row in _rows(one)]  # noqa: UP031
        ids = {(at, person.id): f"{at}-{person.id}" for at, one in enumerate(families) for person in one.people}
        text = "#family_id\tsample_id\tpaternal_id\tmaternal_id\tsex\tphenotype\n"
        for of, id, father, mother, sex, status in rows:
            at = int(of.removeprefix("family"))
            known = [parent if parent == "0" else ids[at, parent] for parent in (father, mother)]
            text += "\t".join((of, ids[at, id], *known, sex, status)) + "\n"
        file.write_text(text)
        read = peddy.Ped(str(file))
    pairs = [
        (ids[at, one.proband], ids[at, person.id])
        for at, one in enumerate(families)
        for person in one.people
        if person.id != one.proband
    ]
    samples = {sample.sample_id: sample for sample in read.samples()}

    def run() -> None:
        with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):  # it wonders aloud about each pair
            for one, other in pairs:
                read.relation(samples[one], samples[other])

    return run


def bundles() -> list[bytes]:
    """Families of twelve as FHIR bundles, one in six with something telling."""
    import random

    chance = random.Random(1)
    records = [*TELLING[:4], *(usual(chance) for _ in range(20))]
    return [json.dumps(json.loads(fhir.write(menscreen.read(family(one))))).encode() for one in records]


def _library(criteria: int = 1) -> tuple[str, list[bool]]:
    """The criterion in CQL, so many times, with the code that our writer gives, and what it must answer."""
    answers, code = [], ("", "")
    for document in bundles():
        met = False
        for entry in json.loads(document)["entry"]:
            resource = entry["resource"]
            if resource["resourceType"] != "FamilyMemberHistory":
                continue
            for condition in resource.get("condition", ()):
                for coding in condition["code"].get("coding", ()):
                    if coding.get("display", "").lower().startswith("medullary thyroid"):
                        code, met = (coding["system"], coding["code"]), True
        answers.append(met)
    return HEAD + "".join(CQL % (name, *code) for name in ("", *map(str, range(1, criteria)))), answers


def dhis2w(documents: list[bytes], criteria: int) -> Action | None:
    """dhis2w-fhir-engine: criteria compiled once, evaluated on each bundle from its bytes."""
    engine, r4 = _module("dhis2w_fhir_engine"), _module("dhis2w_fhir_engine.r4")
    if engine is None:
        return None
    source, expected = _library(criteria)
    names = ["Met", *(f"Met{number}" for number in range(1, criteria))]
    evaluator = engine.CQLEvaluator(data_source=r4.BundleDataSource(json.loads(documents[0])))
    evaluator.compile(source)

    def answers() -> list[bool]:
        found = []
        for document in documents:
            evaluator.data_source = r4.BundleDataSource(json.loads(document))
            first, *_ = [bool(evaluator.evaluate_definition(name)) for name in names]
            found.append(first)
        return found

    assert answers() == expected, "the criterion is not evaluated as it must be"
    return answers


_NODE = """
const cql = require('cql-execution'), fhir = require('cql-exec-fhir'), fs = require('fs');
const library = new cql.Library(JSON.parse(fs.readFileSync(process.argv[2])));
const lines = fs.readFileSync(process.argv[3], 'utf8').trim().split('\\n');
const source = fhir.PatientSource.FHIRv401();  // which reads the model of FHIR, once
async function once() {
  const found = [];
  for (const line of lines) {
    [source._index, source._bundles] = [0, []];
    source.loadBundles([JSON.parse(line)]);
    const results = await new cql.Executor(library).exec(source);
    found.push(Object.values(results.patientResults).some(one => one.Met));
  }
  return found;
}
(async () => {
  const found = await once();
  process.stdout.write(JSON.stringify(found) + '\\n');
  for await (const _ of require('readline').createInterface({input: process.stdin})) {
    const begun = process.hrtime.bigint();
    await once();
    process.stdout.write(Number(process.hrtime.bigint() - begun) / 1e9 + '\\n');
  }
})();
"""


def cql_execution(documents: list[bytes], base: Action, rounds: int) -> Spread | None:
    """cql-execution in Node, taking turns with `base`; the criterion is translated by dhis2w-fhir-engine."""
    home = Path(__file__).parent / "node_modules"
    engine = _module("dhis2w_fhir_engine")
    if engine is None or shutil.which("node") is None or not (home / "cql-execution").exists():
        return _missing("cql-execution")
    source, expected = _library()
    elm = engine.CQLEvaluator().to_elm_dict(source)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "elm.json").write_text(json.dumps(elm))
        (Path(folder) / "in").write_bytes(b"\n".join(documents))
        script = home.parent / ".cql-execution.js"
        script.write_text(_NODE)
        command = ["node", str(script), f"{folder}/elm.json", f"{folder}/in"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
            assert node.stdin is not None
            assert node.stdout is not None
            answered = node.stdout.readline()
            if not answered or json.loads(answered) != expected:
                node.kill()
                return _missing("an answer of cql-execution that is right")
            found = []
            for _ in range(rounds):
                node.stdin.write("\n")
                node.stdin.flush()
                found.append(float(node.stdout.readline()) / seconds(base))
            node.stdin.close()
        script.unlink()
    return spread(found)


def local_spark(lines: list[bytes]) -> Action | None:
    """Spark in local mode, started and with its workers ready: an action that screens the lines once."""
    if _module("pyspark") is None or shutil.which("java") is None:
        return None
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    frame = spark.createDataFrame([(line.decode(),) for line in lines], "family string").repartition(8).cache()
    frame.count()
    screened = menscreen.spark.screen(frame)

    def run() -> None:
        screened.write.format("noop").mode("overwrite").save()

    run()
    return run
