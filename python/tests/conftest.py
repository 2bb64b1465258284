"""Tests run in the folder of the project, where the graphs are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import demarche_graph as dg

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(Path(__file__).parent))
os.environ.pop("DEMARCHE_GRAPH", None)


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def graph() -> dg.Graph:
    return dg.open(ROOT / "graphs" / "blinken-2023.ron")
