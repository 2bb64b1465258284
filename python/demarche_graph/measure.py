"""Measures on plain numbers. Nodes are numbers from 0; edges are given as columns, as lists or arrays.

>>> from demarche_graph import measure
>>> measure.frustration([0, 1, 2], [1, 2, 0], [1, 1, -1]).upper
1.0
>>> measure.betweenness([0, 1], [1, 2]).betweenness
[0.0, 1.0, 0.0]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import _native

MOST_NODES = 10_000_000
"""The most nodes of a graph."""

BUDGET = 100_000
"""The partial splits that a search for the frustration index explores at most."""


@dataclass(frozen=True)
class Frustration:
    """Bounds of the frustration index, and the best split found."""

    lower: float
    """No split frustrates less."""
    upper: float
    """What ``split`` frustrates."""
    split: list[bool]
    """The side of each node."""
    is_open: bool
    """Whether a larger budget may prove more."""

    @property
    def is_exact(self) -> bool:
        """Whether it is proved that no split frustrates less."""
        return self.lower >= self.upper


@dataclass(frozen=True)
class Centrality:
    """The centrality of each node."""

    betweenness: list[float]
    """Over all pairs of other nodes, the sum of the shares of their shortest paths through the node."""
    error: list[float]
    """The standard error of the betweenness; 0 if it is exact."""
    closeness: list[float | None]
    """1 / the mean number of steps to the nodes of its part; ``None`` if there are no others."""


def frustration(
    a: Iterable[int],
    b: Iterable[int],
    weight: Iterable[float],
    *,
    nodes: int | None = None,
    budget: int = BUDGET,
) -> Frustration:
    """Computes the frustration index of an undirected graph (Harary 1959): over all splits of the
    nodes into two sides, the least weight of unfriendly edges within a side and friendly ones between
    the two. Edge ``i`` joins ``a[i]`` and ``b[i]``; its weight is negative if they are foes.
    """
    edges = _edges(a, b, weight)
    return Frustration(*_native.frustration(_many(edges, nodes), edges, budget))


def betweenness(
    a: Iterable[int],
    b: Iterable[int],
    *,
    nodes: int | None = None,
    sample: int | None = None,
) -> Centrality:
    """Computes the betweenness (Brandes 2001) and the closeness of the nodes of an undirected graph.

    ``sample`` estimates them from the shortest paths of so many nodes (Brandes and Pich 2007).
    """
    edges = _edges(a, b)
    return Centrality(*_native.betweenness(_many(edges, nodes), edges, sample))


def _edges(*columns: Any) -> list[tuple[Any, ...]]:
    lists = [column.tolist() if hasattr(column, "tolist") else list(column) for column in columns]
    if len({len(column) for column in lists}) > 1:
        raise ValueError("the columns of edges are not equally long")
    return list(zip(*lists))


def _many(edges: list[tuple[Any, ...]], nodes: int | None) -> int:
    """Returns the number of nodes: as given, else as many as the edges name."""
    many = nodes if nodes is not None else max((max(edge[:2]) for edge in edges), default=-1) + 1
    if many > MOST_NODES:
        raise ValueError(f"there are at most {MOST_NODES:,} nodes, numbered from 0")
    return int(many)
