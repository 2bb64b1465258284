"""Writes ``demarche_graph/_questions.py``: a method for each question, as the command line describes it.

``UPDATE=1 pytest`` writes it anew.
"""

from __future__ import annotations

import json
import keyword
import textwrap
from pathlib import Path
from typing import Any

from demarche_graph import _native

FILE = Path(__file__).parent.parent / "demarche_graph" / "_questions.py"

WIDTH = 110

# What takes a date, also as Python has it.
DATES = ["as_of", "known_by", "since", "until"]

# What selects, wherever it does not name what is asked about.
SELECT = {"actor", "issue"}

# An example of each question, on `graphs/blinken-2023.ron`, and what it gives.
EXAMPLES = {
    "list": 'graph.list("actors").title',
    "show": 'graph.show("taiwan").title',
    "brief": 'graph.brief("china").title',
    "positions": 'graph.positions("china", toward="us").title',
    "meetings": 'graph.meetings(["us", "china"]).title',
    "path": 'graph.path("us", "china").title',
    "compare": 'graph.compare(["us", "china"]).title',
    "balance": "graph.balance().title",
    "brokers": "graph.brokers().title",
    "forecast": 'graph.forecast("taiwan").title',
    "history": 'graph.history("china", "taiwan").title',
    "timeline": "graph.timeline(since='2023-06-18').title",
    "evidence": "graph.evidence().title",
    "matrix": 'graph.matrix(measure="net").to_numpy().ndim',
    "camps": "graph.camps().title",
    "common": 'graph.common(["us", "china"]).title',
    "find": 'graph.find("balloon").title',
    "draw": 'graph.draw(view="matrix").svg[:4]',
    "network": 'graph.network(through="met").has_edge("blinken", "qin")',
}

HEAD = '''"""The questions, made from the grammar of the command line: change them there."""

# ruff: noqa: A002

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import networkx

    from ._answer import Answer
    from ._picture import Picture

Date = str | date
"""A day, or a date as EDTF."""


class Questions:
    """A method for each question of the command line, with its flags as keywords."""

    def _ask(self, question: str, arguments: Mapping[str, object], why: bool) -> Answer:
        raise NotImplementedError

    def _draw(self, arguments: Mapping[str, object]) -> Picture:
        raise NotImplementedError

    def _network(
        self,
        through: Literal["met", "ties", "stances"] | None,
        arguments: Mapping[str, object],
    ) -> networkx.MultiGraph[str]:
        raise NotImplementedError
'''

THROUGH = '        through: Literal["met", "ties", "stances"] | None = None,'
THROUGH_DOC = "through: Only edges of this kind, with all actors and what the edges join"
WHY = "        why: bool = False,"
WHY_DOC = "why: A row for each record behind a row"


def text(example: Any) -> str:
    """Returns the whole file; ``example`` returns what an example gives."""
    methods = [method(one, example) for one in json.loads(_native.described())]
    return "\n".join([HEAD, *methods])


def method(described: dict[str, Any], example: Any) -> str:
    name = {"export": "network"}.get(described["name"], described["name"])
    properties = described["schema"]["properties"]
    required = described["schema"]["required"]
    names = [one for one in described["names"] if one in properties]
    flags = sorted(set(properties) - set(names) - {"why"})
    is_question = name not in ("draw", "network")
    own = "Returns the nodes and edges as a ``networkx.MultiGraph``, as of a day"
    about = own if name == "network" else described["about"].split("\n")[0]
    for one in set(names) & SELECT:
        # A name asks, a list selects.
        properties[one] = {**properties[one], "type": "array", "items": {"type": "string"}}
        properties[one]["description"] += "; a list only selects"
    parts = [f"        {parameter(one, properties[one], one in required)}," for one in names]
    parts += ["        *,"]
    parts += [f"        {parameter(one, properties[one], False)}," for one in flags]
    parts += [WHY] if is_question else [THROUGH] if name == "network" else []
    docs = [f"{python(one)}: {properties[one]['description']}" for one in [*names, *flags]]
    docs += [WHY_DOC] if is_question else [THROUGH_DOC] if name == "network" else []
    given = [f'            "{one}": {python(one)},' for one in [*names, *flags]]
    returns, call = {
        "draw": ("Picture", ["return self._draw(arguments)"]),
        "network": ("networkx.MultiGraph[str]", ["return self._network(through, arguments)"]),
    }.get(name, ("Answer", [f'return self._ask("{name}", arguments, why)']))
    if "why" in properties and is_question:
        # Its numbers are told with what they rest on.
        call = ['arguments["why"] = why or None', *call]
    lines = [
        f"    def {name}(",
        "        self,",
        *parts,
        f"    ) -> {returns}:",
        f'        """{sentence(about)}',
        "",
        *(f"        {line}" for line in ["Args:", *wrapped(docs)]),
        "",
        "        >>> import demarche_graph as dg",
        '        >>> graph = dg.open("graphs/blinken-2023.ron")',
        f"        >>> {EXAMPLES[name]}",
        f"        {example(EXAMPLES[name])}",
        '        """',
        "        arguments: dict[str, object] = {",
        *given,
        "        }",
        *(f"        {line}" for line in call),
        "",
    ]
    return "\n".join(lines)


def python(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


def parameter(name: str, schema: dict[str, Any], is_required: bool) -> str:
    default = "" if is_required else " = False" if schema["type"] == "boolean" else " = None"
    typed = type_of(name, schema)
    if default == " = None":
        typed += " | None"
    return f"{python(name)}: {typed}{default}"


def type_of(name: str, schema: dict[str, Any]) -> str:
    if schema["type"] == "array":
        one = type_of(name, schema["items"])
        return f"{one} | Sequence[{one}]"
    if "enum" in schema:
        words = ", ".join(f'"{word}"' for word in schema["enum"])
        return f"Literal[{words}]"
    if name in DATES:
        return "Date"
    return {"boolean": "bool", "integer": "int", "string": "str"}[schema["type"]]


def sentence(about: str) -> str:
    return about.replace("\\", "\\\\").rstrip(".") + "."


def wrapped(docs: list[str]) -> list[str]:
    lines = []
    for doc in docs:
        plain = sentence(" ".join(doc.split()))
        lines += textwrap.wrap(plain, WIDTH - 12, initial_indent="    ", subsequent_indent="        ")
    return lines
