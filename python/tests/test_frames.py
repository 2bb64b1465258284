"""Data frames in and out. What is not installed is skipped; `.ci/clients` installs all of it."""

from __future__ import annotations

import builtins
import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import demarche_graph as dg


def test_pandas(graph: dg.Graph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = graph.positions().to_pandas()
    assert list(frame.columns) == graph.positions().columns and len(frame) == len(graph.positions())
    assert pandas.api.types.is_datetime64_any_dtype(frame["date_from"])
    assert pandas.api.types.is_float_dtype(frame["position_number"])
    assert frame["line"].dtype == "int64"


def test_pandas_without_pyarrow(graph: dg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    answer = graph.positions()
    expected = answer.to_pandas()
    hide(monkeypatch, "pyarrow")
    frame = answer.to_pandas()
    pandas.testing.assert_frame_equal(frame, expected, check_dtype=False)
    numbers = ["position_number", "line", "position_statements", "date_from"]
    assert list(frame[numbers].dtypes) == list(expected[numbers].dtypes)


def test_polars(graph: dg.Graph) -> None:
    polars = pytest.importorskip("polars")
    answer = graph.positions()
    frame = answer.to_polars()
    assert frame.rows(named=True) == answer.rows()
    assert frame.schema["date_from"] == polars.Date and frame.schema["line"] == polars.Int64


def test_arrow(graph: dg.Graph) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(graph.meetings())
    assert table.column_names == graph.meetings().columns
    assert table.to_pylist() == graph.meetings().rows()


def test_numpy(graph: dg.Graph) -> None:
    numpy = pytest.importorskip("numpy")
    answer = graph.matrix(measure="net")
    matrix = answer.to_numpy()
    rows, columns = answer.labels
    assert matrix.shape == (len(rows), len(columns)) and rows == columns
    assert numpy.array_equal(matrix, matrix.T, equal_nan=True)
    for row in answer.rows():
        assert matrix[rows.index(row["actor"]), columns.index(row["other"])] == row["net"]
    assert len(answer.rows()) == int((~numpy.isnan(matrix)).sum() - (~numpy.isnan(matrix.diagonal())).sum()) // 2
    with pytest.raises(dg.GraphError, match="has no matrix"):
        graph.positions().to_numpy()


def test_networkx(graph: dg.Graph) -> None:
    networkx = pytest.importorskip("networkx")
    met = graph.network(through="met")
    assert isinstance(met, networkx.MultiGraph) and met.graph["title"] == graph.title
    assert {attributes["record"] for _, attributes in met.nodes(data=True)} == {"actor"}
    assert {attributes["record"] for *_, attributes in met.edges(data=True)} == {"meeting"}
    everything = graph.network()
    assert everything.number_of_edges() > met.number_of_edges()
    assert {attributes["record"] for *_, attributes in everything.edges(data=True)} == {"stance", "meeting", "tie"}
    stance = next(one for *_, one in everything.edges(data=True) if one["record"] == "stance")
    assert {"position", "sign", "weight", "sources", "place", "from", "to"} <= set(stance)
    assert everything.nodes[stance["to"]]["record"] == "issue"
    assert graph.network(meetings=True).number_of_nodes() > everything.number_of_nodes()
    without = graph.network(without=["quote"])
    assert not any("quote" in attributes for *_, attributes in without.edges(data=True))


@pytest.mark.parametrize("package", ["pandas", "polars", "numpy", "networkx"])
def test_what_is_not_installed_is_named(
    graph: dg.Graph, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    hide(monkeypatch, package)
    ask: dict[str, Any] = {
        "pandas": lambda: graph.positions().to_pandas(),
        "polars": lambda: graph.positions().to_polars(),
        "numpy": lambda: graph.matrix().to_numpy(),
        "networkx": lambda: graph.network(),
    }
    with pytest.raises(ImportError, match=f"pip install {package}, or pip install 'demarche-graph"):
        ask[package]()


def hide(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Makes a package one that is not installed."""
    real = builtins.__import__

    def imported(name: str, *rest: Any, **more: Any) -> Any:
        if name == package or name.startswith(package + "."):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", imported)


def test_it_is_imported_without_any_of_them() -> None:
    code = "import sys, demarche_graph; print(sorted({'pandas', 'polars', 'numpy', 'networkx', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


RECORDS: dict[str, list[dict[str, Any]]] = {
    "sources": [{"id": "paper", "title": "The paper", "date": "2024-05-02", "reliability": "B"}],
    "actors": [
        {"id": "north", "name": "Northland", "kind": "State", "aliases": ["The North"]},
        {"id": "south", "name": "Southland", "kind": "State", "aliases": None},
    ],
    "issues": [{"id": "dam", "name": "The dam"}],
    "stances": [
        {"actor": "north", "issue": "dam", "position": "Opposes", "source": "paper", "credibility": 2},
        {"actor": "south", "issue": "dam", "position": "Supports", "source": "paper", "credibility": None},
    ],
}


def made(kind: str) -> dg.Draft:
    if kind == "lists":
        return dg.from_frames(**RECORDS)
    library = pytest.importorskip(kind)
    return dg.from_frames(**{name: library.DataFrame(rows) for name, rows in RECORDS.items()})


@pytest.mark.parametrize("kind", ["lists", "pandas", "polars"])
def test_frames_become_a_graph(kind: str, tmp_path: Path) -> None:
    draft = made(kind)
    assert [finding for finding in draft.check() if finding.severity == "error"] == []
    path = tmp_path / "graph.ron"
    draft.save(path)
    rows = dg.open(path).positions().rows()
    assert [(row["actor"], row["position"], row["position_grade"]) for row in rows] == [
        ("north", "opposes", "B2"),
        ("south", "supports", "B"),
    ]
    assert dg.open(path).show("the north").title == "Northland"


def test_days_of_frames() -> None:
    pandas = pytest.importorskip("pandas")
    stances = pandas.DataFrame(RECORDS["stances"])
    stances["date"] = [pandas.Timestamp("2024-05-01"), pandas.NaT]
    draft = dg.from_frames(**{**RECORDS, "stances": stances})
    assert [row["date"] for row in draft.graph().positions().rows()] == ["2024-05-01", "2024-05-02"]
    draft = dg.from_frames(
        **{**RECORDS, "stances": [{**RECORDS["stances"][0], "date": datetime.date(2024, 5, 1)}]}
    )
    assert "2024-05-01" in draft.text


def test_wrong_frames_are_refused_at_the_record() -> None:
    with pytest.raises(dg.GraphError, match="record 2 of `stances`: there is no field of a stance `positoin`"):
        dg.from_frames(stances=[RECORDS["stances"][0], {"actor": "south", "positoin": "Supports"}])
    with pytest.raises(dg.GraphError, match="record 1 of `actors` has no id"):
        dg.from_frames(actors=[{"name": "Northland"}])
    with pytest.raises(dg.GraphError, match="two records with the id `a`"):
        dg.from_frames(actors=[{"id": "a", "name": "A"}, {"id": "a", "name": "B"}])
    unknown = dg.from_frames(stances=[{"actor": "north", "issue": "dam", "position": "Opposes"}])
    assert "unknown" in [finding.code for finding in unknown.check() if finding.severity == "error"][0]


def test_a_file_that_somebody_edited_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.ron"
    draft = dg.from_frames(**RECORDS)
    draft.save(path)
    draft.save(path)
    path.write_text(draft.text + "// mine\n")
    with pytest.raises(dg.GraphError, match="is there already, and says something else"):
        draft.save(path)
    assert path.read_text().endswith("// mine\n")
    draft.save(path, force=True)
    assert path.read_text() == draft.text
