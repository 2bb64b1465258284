"""The methods of a graph are those that the command line describes."""

from __future__ import annotations

import json
import os
from typing import Any

import questions

import demarche_graph as dg
from demarche_graph import _native


def test_every_question_is_a_method(graph: dg.Graph) -> None:
    def example(code: str) -> str:
        found: Any = eval(code, {"graph": graph})
        return repr(found)

    expected = questions.text(example)
    if os.environ.get("UPDATE"):
        questions.FILE.write_text(expected)
    assert questions.FILE.read_text() == expected, "_questions.py is old: UPDATE=1 pytest"


def test_dates_are_known_by_their_names() -> None:
    described = json.loads(_native.described())
    names = {name for one in described for name in one["schema"]["properties"]}
    assert set(questions.DATES) <= names
