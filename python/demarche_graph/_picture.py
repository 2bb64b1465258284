"""Pictures of a graph."""

from __future__ import annotations

import os

from . import _native


class Picture:
    """A picture of a graph, which a notebook shows.

    >>> import demarche_graph as dg
    >>> picture = dg.open("graphs/blinken-2023.ron").draw(view="matrix")
    >>> picture.svg.startswith("<svg")
    True
    """

    def __init__(self, graph: _native.Graph, arguments: str) -> None:
        self._graph = graph
        self._arguments = arguments
        svg, self.notes = graph.draw(arguments, "svg")
        self.svg = svg.decode()
        """The picture as SVG."""

    notes: list[str]
    """What was done so that it can be read, and what it leaves out."""

    def _repr_svg_(self) -> str:
        return self.svg

    def to_bytes(self, format: str) -> bytes:
        """Returns the picture in a format: svg, png, pdf, html, dot, mmd or txt."""
        return self._graph.draw(self._arguments, format)[0]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the picture, in the format of the ending, whole or not at all.

        A file that the graph is made of is not replaced.
        """
        path = os.fspath(path)
        ending = os.path.splitext(path)[1].lstrip(".").lower()
        self._graph.save(path, self.to_bytes(ending))
