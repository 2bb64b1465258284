"""From nothing to an answer, past one machine: made-up statements, Spark, and back.

    pip install pyspark
    python3 examples/spark/run.py --stances 1000000

1. `demarche` exports a small graph as Parquet: actors, issues, sources, and the columns of every table.
2. Spark makes so many statements in the same columns, in two executors that are processes of their own.
3. Spark runs the views of `demarche export --sql spark`, unchanged: who stands where, and how far all pairs of actors agree.
4. The statements about one issue, of one year, are cut out and written as tables of CSV.
5. `demarche` imports these, and is asked: it must give what the view `standing` gives of them.

Prints for each step how long it took, and how many bytes were read, sent between executors and written.
"""
import argparse
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request

WORDS = ["StronglySupports", "Supports", "Neutral", "Opposes", "StronglyOpposes", "Mixed"]
TABLES_OF_STANCES = ["stance", "stance_actor", "stance_source", "stance_counts"]
# What a cut leaves as it is. The rest is empty here, or is made by `import`.
WHOLE = ["graph", "actor", "actor_alias", "issue", "issue_alias", "issue_mark", "voice", "member"]


def arguments():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stances", type=int, default=1_000_000)
    asked.add_argument("--actors", type=int, default=500)
    asked.add_argument("--issues", type=int, default=200)
    asked.add_argument("--sources", type=int, default=20_000)
    asked.add_argument("--issue", default="i7", help="the issue that is cut out")
    asked.add_argument("--year", type=int, default=2024, help="the year that is cut out")
    asked.add_argument("--master", default="local-cluster[2,1,1024]")
    asked.add_argument("--demarche", default="demarche", help="the program")
    asked.add_argument("--folder", help="where to work; else a new folder that is removed")
    return asked.parse_args()


class Steps:
    """Times steps, and asks Spark how many bytes they moved."""

    def __init__(self, spark):
        self.spark, self.seen, self.rows = spark, set(), []

    def stages(self):
        context = self.spark.sparkContext
        url = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}"
        return json.load(urllib.request.urlopen(f"{url}/stages?status=complete"))

    def step(self, name, work):
        start = time.monotonic()
        result = work()
        took = time.monotonic() - start
        new = [one for one in self.stages() if one["stageId"] not in self.seen]
        self.seen.update(one["stageId"] for one in new)
        moved = [sum(one[key] for one in new) for key in ("inputBytes", "shuffleWriteBytes", "outputBytes")]
        self.rows.append((name, took, *moved))
        print(f"{name:<44} {took:7.1f} s   read {moved[0] / 1e6:9.1f} MB   sent {moved[1] / 1e6:9.1f} MB   "
              f"written {moved[2] / 1e6:9.1f} MB", flush=True)
        return result

    def memory(self):
        context = self.spark.sparkContext
        url = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/allexecutors"
        for one in json.load(urllib.request.urlopen(url)):
            peak = one.get("peakMemoryMetrics", {})
            most = sum(peak.get(key, 0) for key in ("JVMHeapMemory", "JVMOffHeapMemory"))
            print(f"executor {one['id']:<8} read {one['totalInputBytes'] / 1e6:9.1f} MB   "
                  f"received {one['totalShuffleRead'] / 1e6:9.1f} MB   at most {most / 1e6:7.0f} MB of memory")


def demarche(program, *words, output=None):
    """Runs the program. Returns what it prints, and the seconds and most megabytes that it took."""
    start = time.monotonic()
    with subprocess.Popen([program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said, errors = process.communicate()
    took = time.monotonic() - start
    if process.returncode != 0:
        raise SystemExit(f"demarche {' '.join(words)}\n{errors}")
    print(f"{'demarche ' + ' '.join(words)[:60]:<72} {took:7.1f} s", flush=True)
    if output:
        pathlib.Path(output).write_text(said)
    return said


def small_graph(asked):
    """The text of a graph of actors, issues and sources. Every fifth source repeats another. One statement of
    each position shows what score it has."""
    sources = [f'"r{n}": (title: "Report {n}"' + (f', via: "r{n - 1}"' if n % 5 == 0 else "") + ")"
               for n in range(1, asked.sources + 1)]
    actors = [f'"a{n}": (name: "Actor {n}", kind: State)' for n in range(asked.actors)]
    issues = [f'"i{n}": (name: "Issue {n}", question: "Should it be so?")' for n in range(asked.issues)]
    stances = [f'(actor: "a{n}", issue: "i0", position: {word}, source: "r1", date: "2020-01-01")'
               for n, word in enumerate(WORDS)]
    return (f"Graph(title: \"Made up\", sources: {{{', '.join(sources)}}}, actors: {{{', '.join(actors)}}}, "
            f"issues: {{{', '.join(issues)}}}, stances: [{', '.join(stances)}])")


def make(spark, asked, seed, folder):
    """Makes the tables of the statements, with the columns of the small graph's."""
    scores = dict(spark.read.parquet(str(seed / "stance.parquet")).select("position", "score").collect())
    word = " ".join(f"WHEN {nth} THEN '{word}'" for nth, word in enumerate(WORDS))
    score = " ".join(f"WHEN {nth} THEN {scores[word]}" for nth, word in enumerate(WORDS) if scores[word] is not None)
    pick = "pmod(xxhash64(id, {salt}), {among})".format
    # Low numbers are more frequent, as some actors and issues are busier than others.
    busy = lambda salt, among: f"least({pick(salt=salt, among=among)}, {pick(salt=salt + 1, among=among)})"
    parts = max(8, asked.stances // 500_000)
    spark.range(1, asked.stances + 1, numPartitions=parts).selectExpr(
        "id", "concat('s', id) AS stance", f"concat('a', {busy(1, asked.actors)}) AS actor",
        f"concat('i', {busy(3, asked.issues)}) AS issue", f"concat('r', 1 + {pick(salt=5, among=asked.sources)}) AS source",
        f"date_add(DATE '2016-01-01', CAST({pick(salt=6, among=3653)} AS INT)) AS day",
        f"{pick(salt=7, among=len(WORDS))} AS nth_word",
    ).selectExpr("*", f"CASE nth_word {word} END AS word", f"CASE nth_word {score} END AS worth").createOrReplaceTempView("made")
    known = {
        "stance": {"position": "word", "score": "worth", "date": "CAST(day AS STRING)", "date_from": "day", "date_to": "day",
                   "file": "'made-up'", "line": "id"},
        "stance_actor": {"nth": "0"}, "stance_source": {"nth": "0", "lends": "true"},
        "stance_counts": {"through": "actor", "counts_from": "day"},
    }
    for table in TABLES_OF_STANCES:
        given = {name: name for name in ("stance", "actor", "issue", "source")} | known[table]
        columns = []
        for column in spark.read.parquet(str(seed / f"{table}.parquet")).schema:
            kind = column.dataType.simpleString()
            empty = "false" if kind == "boolean" else "NULL"
            columns.append(f"CAST({given.get(column.name, empty)} AS {kind}) AS {column.name}")
        made = spark.sql(f"SELECT {', '.join(columns)} FROM made")
        made.write.mode("overwrite").parquet(str(folder / f"{table}.parquet"))


def run_script(spark, text):
    for statement in text.split(";\n"):
        if statement.strip():
            spark.sql(statement)


def standing(spark):
    """What the view gives, with the words of answers: `strongly_supports` for `StronglySupports`."""
    rows = spark.sql("SELECT actor, issue, verdict, independent FROM standing").collect()
    in_words = lambda word: re.sub("(?<=[a-z])(?=[A-Z])", "_", word).lower()
    return {(row.actor, row.issue, in_words(row.verdict), row.independent) for row in rows}


def cut(spark, asked, views):
    """Leaves the statements about an issue, of a year, and what they refer to; the views are asked of these."""
    spark.sql("SELECT * FROM stance").createOrReplaceTempView("all_stances")
    spark.sql(f"SELECT * FROM all_stances WHERE issue = '{asked.issue}' AND year(date_from) = {asked.year}") \
        .createOrReplaceTempView("stance")
    for table in TABLES_OF_STANCES[1:]:
        of = spark.table(table)
        of.join(spark.table("stance").select("stance"), "stance", "left_semi").select(of.columns).createOrReplaceTempView(table)
    run_script(spark, views)


def write_tables(spark, folder):
    """Writes the tables of the cut as CSV, as `import` reads them: a file for each."""
    cited = "SELECT r.root AS source FROM stance_source x JOIN source_root r ON r.source = x.source UNION SELECT source FROM stance_source"
    tables = {name: f"SELECT * FROM {name}" for name in WHOLE + TABLES_OF_STANCES}
    tables |= {name: f"SELECT * FROM {name} WHERE source IN ({cited})" for name in ("source", "source_via")}
    folder.mkdir()
    for name, select in tables.items():
        part = folder.parent / "part"
        spark.sql(select).coalesce(1).write.mode("overwrite").csv(
            str(part), header=True, nullValue="", emptyValue='""', quote='"', escape='"', quoteAll=False)
        shutil.move(next(part.glob("part-*.csv")), folder / f"{name}.csv")
        shutil.rmtree(part)


def ask(asked, graph):
    said = demarche(asked.demarche, "-g", graph, "--as-of", f"{asked.year}-12-31", "positions", "--format", "csv")
    rows = csv.DictReader(said.splitlines())
    return {(row["actor"], row["issue"], row["position"], int(row["position_independent_sources"])) for row in rows}


def main():
    asked = arguments()
    folder = pathlib.Path(asked.folder or tempfile.mkdtemp(prefix="demarche-spark-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    pathlib.Path("small.ron").write_text(small_graph(asked))
    demarche(asked.demarche, "-g", "small.ron", "export", "-o", "tables.parquet")
    demarche(asked.demarche, "--as-of", f"{asked.year}-12-31", "export", "--sql", "spark", "--tables", "parquet", output="views.sql")
    os.rename("tables.parquet", "seed.parquet")
    seed, tables = folder / "seed.parquet", folder / "tables.parquet"
    shutil.copytree(seed, tables, ignore=lambda _, names: [f"{one}.parquet" for one in TABLES_OF_STANCES])
    # The executors are processes of their own, on this machine, and take the tables from its disk. Spark
    # takes the relative paths of the script from where it is started.
    os.chdir(tables)
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    from pyspark.sql import SparkSession
    spark = (SparkSession.builder.master(asked.master).appName("demarche")
             .config("spark.sql.shuffle.partitions", 8).config("spark.executor.processTreeMetrics.enabled", "true")
             .config("spark.ui.showConsoleProgress", "false").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    steps = Steps(spark)
    steps.step(f"{asked.stances:,} statements made", lambda: make(spark, asked, seed, tables))
    script = (folder / "views.sql").read_text()
    steps.step("tables and views registered", lambda: run_script(spark, script))
    stood = steps.step("where everybody stands", lambda: spark.sql(
        "SELECT verdict, count(*) AS many FROM standing GROUP BY verdict ORDER BY verdict").collect())
    print("   ", {row.verdict: row.many for row in stood})
    pairs = steps.step("how far all pairs agree", lambda: spark.sql(
        "SELECT count(*) AS pairs, sum(congruence) AS congruence FROM congruence").collect()[0])
    print("   ", pairs.asDict())
    views = script[script.index("VIEW ask AS"):]
    views = "CREATE OR REPLACE TEMPORARY " + views
    steps.step(f"cut to {asked.issue} in {asked.year}", lambda: cut(spark, asked, views))
    expected = steps.step("where everybody stands, of the cut", lambda: standing(spark))
    steps.step("written as tables of CSV", lambda: write_tables(spark, folder / "cut.csv"))
    steps.memory()
    os.chdir(folder)
    demarche(asked.demarche, "import", "cut.csv", "-o", "cut.ron")
    given = ask(asked, "cut.ron")
    spark.stop()
    if not asked.folder:
        shutil.rmtree(folder)
    if given != expected or not given:
        raise SystemExit(f"not the same: {len(given - expected)} only here, {len(expected - given)} only there: "
                         f"{sorted(given - expected)[:3]} {sorted(expected - given)[:3]}")
    print(f"the same answer here as in Spark: {len(given)} positions")


if __name__ == "__main__":
    main()
