"""Measures on plain numbers."""

from __future__ import annotations

import pytest

from demarche_graph import measure


def test_frustration() -> None:
    # Two triangles that share an edge; each has one foe.
    found = measure.frustration([0, 1, 2, 1, 3], [1, 2, 0, 3, 2], [1, 1, -1, -1, 1])
    assert found.is_exact and not found.is_open and found.lower == found.upper
    edges = list(zip([0, 1, 2, 1, 3], [1, 2, 0, 3, 2], [1, 1, -1, -1, 1]))
    contradicted = sum(abs(w) for a, b, w in edges if (found.split[a] == found.split[b]) != (w > 0))
    assert contradicted == found.upper
    assert measure.frustration([0], [1], [-2.5]).upper == 0.0


def test_betweenness() -> None:
    path = measure.betweenness([0, 1, 2], [1, 2, 3], nodes=5)
    assert path.betweenness == [0.0, 2.0, 2.0, 0.0, 0.0]
    assert path.error == [0.0] * 5 and path.closeness[4] is None and path.closeness[1] == 0.75


def test_betweenness_is_that_of_networkx() -> None:
    networkx = pytest.importorskip("networkx")
    numpy = pytest.importorskip("numpy")
    karate = networkx.karate_club_graph()
    edges = numpy.array(karate.edges())
    found = measure.betweenness(edges[:, 0], edges[:, 1])
    expected = networkx.betweenness_centrality(karate, normalized=False)
    assert found.betweenness == pytest.approx([expected[node] for node in sorted(karate)])


def test_wrong_numbers_raise() -> None:
    with pytest.raises(ValueError, match="not equally long"):
        measure.betweenness([0, 1], [1])
    with pytest.raises((OverflowError, TypeError)):
        measure.betweenness([-1], [1])
    with pytest.raises(ValueError, match="at most 10,000,000 nodes"):
        measure.betweenness([4_000_000_000], [1])
    assert measure.betweenness([], []).betweenness == []
