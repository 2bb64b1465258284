"""Graphs, questions and answers."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import demarche_graph as dg

GRAPH = "graphs/blinken-2023.ron"


def demarche(*typed: str) -> subprocess.CompletedProcess[str]:
    """Runs the command that came with the wheel."""
    program = Path(sys.executable).parent / "demarche"
    plain = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return subprocess.run([program, *typed], capture_output=True, text=True, env=plain)


def test_a_graph_opens(graph: dg.Graph) -> None:
    assert graph.title == "Blinken in Beijing, June 2023"
    assert graph.counts["actors"] > 10
    assert repr(graph).startswith("<Graph 'Blinken in Beijing, June 2023': ")


def test_what_can_not_be_read_raises() -> None:
    with pytest.raises(dg.GraphError, match="can't read `no-such.ron`"):
        dg.open("no-such.ron")


def test_half_a_graph_raises_with_its_findings() -> None:
    with pytest.raises(dg.GraphError, match="half a graph") as raised:
        dg.read('Graph(\n    actors: {"north": (name: "North", kind: State)},\n    stances: [', "pact.ron")
    [finding] = raised.value.findings
    assert (finding.code, finding.severity, finding.file, finding.line) == ("syntax", "error", "pact.ron", 3)
    assert str(finding).startswith("error[syntax] pact.ron:3: ")


def test_findings_say_what_to_do() -> None:
    graph = dg.read('Graph(actors: {"north": (name: "North", kind: State), "nort": (name: "N", kind: Stat)})')
    wrong = [finding for finding in graph.check() if finding.severity == "error"]
    assert [finding.line for finding in wrong] == [1]
    assert "State" in " ".join([wrong[0].message, *wrong[0].help])


def test_a_whole_graph_has_no_errors(graph: dg.Graph) -> None:
    assert [finding for finding in graph.check() if finding.severity == "error"] == []


def test_an_unknown_name_raises_with_near_ones(graph: dg.Graph) -> None:
    with pytest.raises(dg.GraphError, match="no record is called `taiwam`; did you mean `taiwan`"):
        graph.show("taiwam")


def test_arguments_that_are_wrong_raise(graph: dg.Graph) -> None:
    with pytest.raises(dg.GraphError, match="as_of"):
        graph.positions(as_of="someday")
    with pytest.raises(TypeError):
        graph.positions(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        graph.positions(toward=object())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        (["positions"], lambda g: g.positions()),
        (["positions", "china", "--toward", "us"], lambda g: g.positions("china", toward="us")),
        (["positions", "--why"], lambda g: g.positions(why=True)),
        (["meetings", "us"], lambda g: g.meetings("us")),
        (["show", "taiwan"], lambda g: g.show("taiwan")),
        (["history", "china"], lambda g: g.history("china")),
        (["timeline", "--since", "2023-06-18"], lambda g: g.timeline(since=datetime.date(2023, 6, 18))),
        (["brokers"], lambda g: g.brokers()),
        (["matrix", "--measure", "net"], lambda g: g.matrix(measure="net")),
        (["list", "actors"], lambda g: g.list("actors")),
    ],
)
def test_columns_and_rows_are_those_of_csv(graph: dg.Graph, typed: list[str], ask: object) -> None:
    written = demarche("-g", GRAPH, *typed, "--format", "csv")
    assert written.returncode == 0, written.stderr
    lines = list(csv.DictReader(io.StringIO(written.stdout)))
    answer = ask(graph)  # type: ignore[operator]
    # A date has its ends beside it.
    days = [name for name in answer.columns if name.endswith(("_from", "_to")) and name not in lines[0]]
    assert [name for name in answer.columns if name not in days] == list(lines[0])
    rows = answer.rows()
    assert len(rows) == len(answer) == len(lines)
    for row, line in zip(rows, lines):
        for name, text in line.items():
            value = row[name]
            same = "" if value is None else str(int(value)) if is_whole(value) else str(value)
            assert same == text, (name, row)


def is_whole(value: object) -> bool:
    return isinstance(value, float) and value.is_integer()


def test_dates_are_text_with_their_ends(graph: dg.Graph) -> None:
    row = graph.positions("china").rows()[0]
    assert row["date"] == "2023-06-18~/2023-06-19~"
    assert (row["date_from"], row["date_to"]) == (datetime.date(2023, 6, 18), datetime.date(2023, 6, 19))


def test_a_date_has_ends_as_far_as_it_has_any(graph: dg.Graph) -> None:
    row = next(row for row in graph.meetings("us").rows() if row["meeting"] == "biden-xi-before")
    assert row["date"] == "../2023-06-18~"
    assert (row["date_from"], row["date_to"]) == (None, datetime.date(2023, 6, 18))


def test_notes_are_sentences_for_people_and_kinds_for_programs(graph: dg.Graph) -> None:
    notes = graph.positions(known_by="2023-06-18").notes
    assert notes and all(str(note).endswith(".") for note in notes)
    assert [note.kind for note in notes] == ["perhaps_known"] and notes[0].about == ("aljazeera", "report")


def test_an_answer_is_that_of_the_command(graph: dg.Graph) -> None:
    typed = ["-g", GRAPH, "compare", "us", "china"]
    answer = graph.compare(["us", "china"])
    assert answer.to_dict() == json.loads(demarche(*typed, "--format", "json").stdout)
    assert answer.to_markdown() == demarche(*typed, "--format", "md").stdout
    assert str(answer) == demarche(*typed).stdout


def test_tables_are_had_by_their_keys(graph: dg.Graph) -> None:
    answer = graph.show("taiwan")
    assert set(answer.tables) <= set(answer.to_dict())
    assert len(answer[answer.tables[1]].columns) > 2
    with pytest.raises(KeyError, match="it has"):
        answer["no_such_table"]


def test_a_notebook_shows_an_answer(graph: dg.Graph) -> None:
    shown = graph.positions("china")._repr_html_()
    assert shown.startswith("<h3>Statements in force of China</h3>") and "<table>" in shown
    graph = dg.read('Graph(actors: {"x": (name: "<b>bold</b>", kind: State)})')
    shown = graph.list("actors")._repr_html_()
    assert "&lt;b&gt;bold" in shown and "<b>" not in shown


def test_a_notebook_shows_a_matrix(graph: dg.Graph) -> None:
    shown = graph.matrix(measure="net")._repr_html_()
    assert "<tr><th>china</th>" in shown and "<th>us</th>" in shown
    assert "agree" in graph.matrix("issues", measure="combine")._repr_html_()


def test_what_was_not_known_has_no_table_but_notes(graph: dg.Graph) -> None:
    answer = graph.show("biden-xi-before", known_by="2022-01-01")
    assert answer.name == "gone" and answer.tables == [] and answer.notes
    with pytest.raises(dg.GraphError, match="the answer has no table; "):
        answer.rows()


def test_other_threads_go_on(graph: dg.Graph) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(len(graph.positions()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1 and len(answers) == 4
