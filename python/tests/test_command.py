"""The command that comes with the wheel."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import demarche_graph as dg

PROGRAM = Path(sys.executable).parent / "demarche"
GRAPH = "graphs/blinken-2023.ron"


def run(*typed: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *typed], capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]


def test_it_answers() -> None:
    shown = run("-g", GRAPH, "show", "taiwan")
    assert shown.returncode == 0 and shown.stdout.startswith("Taiwan") and shown.stderr == ""
    assert run("--version").stdout == f"demarche {dg.__version__}\n"


def test_exit_codes(tmp_path: Path) -> None:
    assert run("-g", GRAPH, "show", "taiwam").returncode == 2
    assert run("no-such-command").returncode == 2
    broken = tmp_path / "broken.ron"
    broken.write_text("Graph(")
    assert run("check", str(broken)).returncode == 1
    assert run("check", GRAPH).returncode == 0


def test_colours_where_they_are_asked_for() -> None:
    plain = run("-g", GRAPH, "show", "taiwan").stdout
    coloured = run("-g", GRAPH, "--color", "always", "show", "taiwan").stdout
    assert "\x1b[" in coloured and "\x1b[" not in plain


def test_a_closed_pipe_is_no_error() -> None:
    line = f"'{PROGRAM}' -g {GRAPH} list stances | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""


def test_ctrl_c_ends_it() -> None:
    waiting = subprocess.Popen(
        [PROGRAM, "-g", GRAPH, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1)
    assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=20)
    assert waiting.returncode == -signal.SIGINT and said == b""


def test_arguments_come_as_they_are_typed() -> None:
    wrong = run("-g", GRAPH, "show", "no “such” thing")
    assert "no “such” thing" in wrong.stderr and wrong.returncode == 2


def test_shells_complete_it() -> None:
    words = ["--", "demarche", "-g", GRAPH, "show", "taiw"]
    completed = run(*words, env={"COMPLETE": "bash", "_CLAP_COMPLETE_INDEX": "4", "_CLAP_IFS": "\n"})
    assert completed.returncode == 0 and "taiwan" in completed.stdout
