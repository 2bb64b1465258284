"""A graph in memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import _native
from ._answer import Answer
from ._base import Finding, findings_of, needed, written
from ._picture import Picture
from ._questions import Questions

if TYPE_CHECKING:
    import networkx

COUNTED = ["actors", "issues", "statements", "meetings", "ties", "sources", "facts"]

THROUGH = {"met": "meeting", "ties": "tie", "stances": "stance"}
"""What edges come from, by the word for them."""


def open(path: str | os.PathLike[str]) -> Graph:
    """Opens the graph of a file, or the one that all graph files of a folder make together.

    A mistake in a single record leaves this record out; :meth:`Graph.check` lists it. Half a graph
    is refused, since it may say the opposite of the whole.

    >>> import demarche_graph as dg
    >>> dg.open("graphs/blinken-2023.ron").title
    'Blinken in Beijing, June 2023'
    """
    return Graph(_native.Graph.open(os.fspath(path)))


def read(text: str, name: str = "graph.ron") -> Graph:
    """Reads a graph from text, which messages call ``name``. It can't include other files.

    >>> import demarche_graph as dg
    >>> dg.read('Graph(actors: {"north": (name: "Northland", kind: State)})')
    <Graph: 1 actors>
    """
    return Graph(_native.Graph.read(name, text))


class Graph(Questions):
    """A graph, and its questions. Each question takes the arguments that its command has as flags.

    >>> import demarche_graph as dg
    >>> graph = dg.open("graphs/blinken-2023.ron")
    >>> graph.compare(["us", "china"]).title
    'United States and China'
    """

    def __init__(self, native: _native.Graph) -> None:
        self._native = native

    @property
    def title(self) -> str | None:
        """The title of the graph."""
        return self._native.title

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each kind it has."""
        return dict(zip(COUNTED, self._native.counts))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        title = f" {self.title!r}" if self.title else ""
        return f"<Graph{title}: {counts or 'empty'}>"

    def check(self) -> list[Finding]:
        """Returns every mistake in the files of the graph, and what is worth a look, with its line.

        >>> import demarche_graph as dg
        >>> graph = dg.read('Graph(actors: {"north": (name: "Northland", kind: State)})')
        >>> [finding.code for finding in graph.check()]
        ['unused']
        """
        return findings_of(self._native.check())

    def _ask(self, question: str, arguments: Mapping[str, object], why: bool) -> Answer:
        asked = _Asked(self._native, question, written(arguments), why)
        return Answer(self._native.ask(question, asked.arguments, why), asked)

    def _draw(self, arguments: Mapping[str, object]) -> Picture:
        return Picture(self._native, written(arguments))

    def _network(
        self,
        through: Literal["met", "ties", "stances"] | None,
        arguments: Mapping[str, object],
    ) -> networkx.MultiGraph[str]:
        try:
            import networkx
        except ImportError:
            raise needed("networkx", "network") from None
        nodes, edges = self._native.network(written(arguments))
        if through is not None:
            edges = [edge for edge in edges if edge[2]["record"] == THROUGH[through]]
            ends = {end for edge in edges for end in edge[:2]}
            nodes = [node for node in nodes if node[1]["record"] == "actor" or node[0] in ends]
        network: networkx.MultiGraph[str] = networkx.MultiGraph(title=self.title)
        network.add_nodes_from(nodes)
        # An edge of networkx has no first end: which one it leads from is an attribute.
        network.add_edges_from(
            (first, second, {**attributes, "from": first, "to": second})
            for first, second, attributes in edges
        )
        return network


class _Asked:
    """A question with its arguments, for other forms of its answer."""

    def __init__(self, graph: _native.Graph, question: str, arguments: str, why: bool) -> None:
        self.graph = graph
        self.question = question
        self.arguments = arguments
        self.why = why

    def table(self, key: str) -> _native.Table:
        return self.graph.table(self.question, self.arguments, self.why, key)

    def labels(self) -> tuple[list[str], list[str]]:
        return self.graph.labels(self.question, self.arguments)

    def matrix(self) -> Any:
        return self.graph.matrix(self.question, self.arguments)

    def written(self, format: str) -> str:
        return self.graph.written(self.question, self.arguments, self.why, format)
