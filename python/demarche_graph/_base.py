"""What everything here uses: the exception, findings and notes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A mistake in the files of a graph, or what is worth a look."""

    code: str
    """What kind of finding it is; ``demarche explain CODE`` says more."""
    severity: str
    """``error`` or ``warning``."""
    message: str
    file: str
    line: int
    column: int
    help: tuple[str, ...]
    """What to do about it, a sentence each."""

    def __str__(self) -> str:
        said = "; ".join([self.message, *self.help])
        return f"{self.severity}[{self.code}] {self.file}:{self.line}: {said}"


@dataclass(frozen=True)
class Note:
    """What an answer does not claim, takes for granted or leaves out."""

    kind: str
    text: str
    """The sentence."""
    count: int | None
    """How many things it speaks of, where it counts any."""
    about: tuple[str, ...]
    """The ids of the things it speaks of."""

    def __str__(self) -> str:
        return self.text


class GraphError(Exception):
    """What could not be done: a file that can't be read, half a graph, an unknown name.

    >>> import demarche_graph as dg
    >>> try:
    ...     dg.read("Graph(\\n    stances: [")
    ... except dg.GraphError as error:
    ...     print(error.findings[0].code, error.findings[0].line)
    syntax 2
    """

    findings: list[Finding]
    """What is wrong in the files, if that is why."""
    help: list[str]
    """What to do about it, a sentence each."""

    def __init__(self, message: str, help: Iterable[str] = (), findings: Iterable[Finding] = ()) -> None:
        super().__init__("; ".join([message, *help]))
        self.help = list(help)
        self.findings = list(findings)

    @classmethod
    def _of(cls, message: str, help: list[str], findings: str) -> GraphError:
        return cls(message, help, findings_of(findings))


def findings_of(text: str) -> list[Finding]:
    """Reads findings as ``check --format json`` writes them."""
    return [
        Finding(
            one["code"],
            one["severity"],
            one["message"],
            one["file"],
            one["start"]["line"],
            one["start"]["column"],
            tuple(one["help"]),
        )
        for one in json.loads(text)
    ]


def written(arguments: Mapping[str, object]) -> str:
    """Writes the arguments of a question as JSON, without those that are not given."""
    return json.dumps({name: _plain(value) for name, value in arguments.items() if value is not None})


def _plain(value: Any) -> Any:
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, Iterable):
        return [_plain(one) for one in value]
    raise TypeError(f"an argument is a text, a number, a date or a list of these, not {value!r}")


def needed(package: str, what: str) -> ImportError:
    """Says that an optional package is not installed."""
    return ImportError(
        f"{what} needs the package {package}: pip install {package}, or pip install 'demarche-graph[all]'"
    )
