"""The official client of the Model Context Protocol speaks with the wheel's command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_demarche_mcp() -> None:
    pytest.importorskip("mcp")
    here = {"DEMARCHE": str(Path(sys.executable).parent / "demarche"), "GRAPH": "examples/harbour/graph.ron"}
    client = [sys.executable, "tests/assistants/client.py"]
    done = subprocess.run(client, env={**os.environ, **here}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "ok handshake" in done.stdout, done.stdout + done.stderr
