"""A script as people write them, typed, for mypy and pyright."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import demarche_graph as dg


def positions(graph: dg.Graph, actor: str) -> dict[str, str]:
    answer = graph.positions(actor, toward="us", as_of=date(2023, 6, 19), all=True)
    return {row["issue"]: row["position"] for row in answer.rows()}


def supporters(graph: dg.Graph) -> list[str]:
    frame = graph.positions().to_pandas()
    return [str(actor) for actor in frame[frame["position"] == "supports"]["actor"].unique()]


def degrees(graph: dg.Graph) -> dict[str, int]:
    network = graph.network(through="met")
    return {node: len(list(network.neighbors(node))) for node in network.nodes}


def mistakes(graph: dg.Graph) -> list[tuple[str, int]]:
    return [(finding.file, finding.line) for finding in graph.check() if finding.severity == "error"]


def main(folder: Path) -> None:
    graph = dg.open("graphs/blinken-2023.ron")
    assert positions(graph, "china") and supporters(graph) and degrees(graph) and not mistakes(graph)
    total: float = float(graph.matrix(measure="net").to_numpy().shape[0])
    assert total > 0 and graph.meetings("us").to_polars().height > 0
    picture: dg.Picture = graph.draw(view="agreement", theme="dark", top=5)
    picture.save(folder / "agreement.png")
    index = dg.measure.frustration([0, 1, 2], [1, 2, 0], [1.0, 1.0, -1.0])
    assert index.is_exact and index.upper == 1.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
