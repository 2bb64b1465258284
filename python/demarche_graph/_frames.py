"""A graph file made of data frames."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _native
from ._base import Finding, GraphError, findings_of
from ._graph import Graph, read

WITH_IDS = ["sources", "actors", "issues", "meetings", "facts"]
"""The sections whose records have ids."""


class Draft:
    """The text of a graph file, made of records."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def check(self) -> list[Finding]:
        """Returns what is wrong with it, or worth a look."""
        return findings_of(_native.check_text("graph.ron", self.text))

    def graph(self) -> Graph:
        """Returns it as a graph."""
        return read(self.text)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes it to a file, whole or not at all. A file that says something else is replaced only
        with ``force``: somebody may have edited it.
        """
        path, text = os.fspath(path), self.text.encode()
        if not force and os.path.exists(path):
            with open(path, "rb") as there:
                if there.read() != text:
                    raise GraphError(
                        f"`{path}` is there already, and says something else",
                        ["name a new file, or replace it with `force=True`"],
                    )
        _native.save(path, text)


def from_frames(
    *,
    sources: object = None,
    actors: object = None,
    issues: object = None,
    stances: object = None,
    meetings: object = None,
    ties: object = None,
    facts: object = None,
) -> Draft:
    """Makes a graph file of data frames, or of lists of dicts. The columns are the fields of FORMAT.md.

    Sources, actors, issues, meetings and facts have a column ``id``. An empty cell is a field that is
    left out. A field that is a list takes a list, or a single value.

    >>> import demarche_graph as dg
    >>> draft = dg.from_frames(
    ...     actors=[{"id": "north", "name": "Northland", "kind": "State"}],
    ...     issues=[{"id": "dam", "name": "The dam"}],
    ...     stances=[{"actor": "north", "issue": "dam", "position": "Opposes", "date": "2024-05-01"}],
    ... )
    >>> draft.graph().positions("north").rows()[0]["position"]
    'opposes'
    """
    frames = {
        "sources": sources,
        "actors": actors,
        "issues": issues,
        "stances": stances,
        "meetings": meetings,
        "ties": ties,
        "facts": facts,
    }
    given = {name: _records(frame) for name, frame in frames.items() if frame is not None}
    sections = {name: _by_id(name, rows) if name in WITH_IDS else rows for name, rows in given.items()}
    return Draft(_native.write_records(json.dumps(sections)))


def _records(frame: Any) -> list[dict[str, Any]]:
    """Returns the rows of a frame, without what is empty."""
    if hasattr(frame, "to_dicts"):
        frame = frame.to_dicts()
    elif hasattr(frame, "to_dict") and not isinstance(frame, Mapping):
        frame = frame.to_dict("records")
    rows = [{str(name): _value(value) for name, value in row.items()} for row in frame]
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def _value(value: Any) -> Any:
    """Returns a cell as JSON has it; ``None`` if it is empty."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or value != value or str(value) in ("", "NaT", "<NA>"):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, Mapping):
        return {str(name): _value(one) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [_value(one) for one in value]
    raise TypeError(f"a cell is a text, a number, a date or a list of these, not {value!r}")


def _by_id(section: str, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Returns records by their ids."""
    records: dict[str, dict[str, Any]] = {}
    for nth, row in enumerate(rows, 1):
        key = str(row.pop("id", ""))
        if not key:
            raise GraphError(f"record {nth} of `{section}` has no id", ["add a column `id`"])
        if key in records:
            raise GraphError(f"`{section}` has two records with the id `{key}`", ["leave one out"])
        records[key] = row
    return records
