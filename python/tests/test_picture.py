"""Pictures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import demarche_graph as dg


def test_a_notebook_shows_it(graph: dg.Graph) -> None:
    picture = graph.draw(view="map")
    assert picture._repr_svg_() == picture.svg and picture.svg.startswith("<svg")
    assert picture.svg != graph.draw(view="map", theme="dark").svg


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.svg", b"<svg"), ("x.png", b"\x89PNG"), ("x.PDF", b"%PDF"), ("x.html", b"<!DOCTYPE html>"), ("x.dot", b"digraph")],
)
def test_it_is_saved_by_its_ending(graph: dg.Graph, tmp_path: Path, name: str, start: bytes) -> None:
    path = tmp_path / name
    graph.draw(view="map").save(path)
    assert path.read_bytes().lower().startswith(start.lower())


def test_it_is_the_picture_of_the_command(graph: dg.Graph, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "demarche"
    path = tmp_path / "there.svg"
    typed = ["-g", "graphs/blinken-2023.ron", "draw", "--view", "agreement", "--as-of", "2023-06-19", "-o", path]
    subprocess.run([program, *typed], check=True)
    assert graph.draw(view="agreement", as_of="2023-06-19").svg == path.read_text()


def test_what_can_not_be_drawn_raises(graph: dg.Graph, tmp_path: Path) -> None:
    with pytest.raises(dg.GraphError, match="no record is called `nobody`"):
        graph.draw(focus="nobody")
    with pytest.raises(dg.GraphError, match="is no format of a picture"):
        graph.draw().save(tmp_path / "x.gif")
    with pytest.raises(dg.GraphError, match="can't write"):
        graph.draw().save(tmp_path / "no-such-folder" / "x.svg")
    assert list(tmp_path.iterdir()) == []


def test_the_graph_is_not_replaced_by_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "graph.svg"
    path.write_text('Graph(actors: {"north": (name: "North", kind: State)})')
    with pytest.raises(dg.GraphError, match="is one of the files that this was made from"):
        dg.open(path).draw().save(path)
    assert path.read_text().startswith("Graph(")
