"""The module and a script that uses it are typed, as mypy and pyright see it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = "python/tests/sample.py"


def run(*typed: str) -> None:
    done = subprocess.run([sys.executable, "-m", *typed], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy() -> None:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    run("mypy", "--strict", "-p", "demarche_graph")
    run("mypy", "--strict", SAMPLE)


def test_pyright() -> None:
    if importlib.util.find_spec("pyright") is None:
        pytest.skip("pyright is not installed")
    run("pyright", "--pythonpath", sys.executable, SAMPLE)


def test_the_sample_runs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SAMPLE, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
