"""The examples in docstrings and in the documentation give what they show."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

MODULES = ["", "._answer", "._base", "._frames", "._graph", "._picture", "._questions", ".measure"]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module("demarche_graph" + name), optionflags=FLAGS)
    assert failed == 0 and tried > 0


def test_the_page(tmp_path: Path) -> None:
    page = Path("docs/python.md")
    failed, tried = doctest.testfile(
        str(page.resolve()), module_relative=False, optionflags=FLAGS, globs={"folder": tmp_path}
    )
    assert failed == 0 and tried > 10
