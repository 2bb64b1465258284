"""Answers, and their tables."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from ._base import GraphError, Note, needed

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars

    from . import _native

Cell = Any
"""A value of a table: a text, a number, a date or ``None``."""

MOST_SHOWN = 20
"""The rows of a table that a notebook shows."""

MOST_OF_MATRIX = 60
"""The rows or columns up to which a notebook shows a matrix."""


class Table:
    """A table of an answer, with the columns of CSV.

    A date is three columns: its text as EDTF, and its first and last day.

    >>> import demarche_graph as dg
    >>> graph = dg.open("graphs/blinken-2023.ron")
    >>> table = graph.show("taiwan")["supports"]
    >>> table.columns[:3], len(table)
    (['actor', 'actor_name', 'issue'], 1)
    """

    def __init__(self, native: _native.Table, heading: str = "") -> None:
        self._native = native
        self.heading = heading
        """The heading for people; may be empty."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._native.columns

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return iter(self.rows())

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    def rows(self, limit: int | None = None) -> list[dict[str, Cell]]:
        """Returns the rows, each as a dict; the first ones with ``limit``."""
        return self._native.rows(limit)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hands the columns to a library that reads Arrow, without a copy."""
        return self._native.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pandas.DataFrame:
        """Returns a pandas data frame. Days are ``datetime64``."""
        try:
            import pandas
        except ImportError:
            raise needed("pandas", "to_pandas") from None
        try:
            import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
        except ImportError:
            return pandas.DataFrame(self._series(pandas))
        frame: pandas.DataFrame = pyarrow.table(self).to_pandas(date_as_object=False)
        return frame

    def _series(self, pandas: Any) -> dict[str, Any]:
        """Makes the columns of a data frame one by one, where pyarrow is not installed."""
        text = "object" if pandas.__version__.startswith(("1.", "2.")) else "str"
        types = {"number": "float64", "date": "datetime64[ms]", "text": text}
        series = {}
        for nth, (name, holds) in enumerate(zip(self.columns, self._native.types)):
            values = self._native.column(nth)
            whole = "float64" if None in values else "int64"
            series[name] = pandas.Series(values, dtype=types.get(holds, whole))
        return series

    def to_polars(self) -> polars.DataFrame:
        """Returns a polars data frame, without a copy of what is large."""
        try:
            import polars
        except ImportError:
            raise needed("polars", "to_polars") from None
        return polars.DataFrame(self)

    def _repr_html_(self) -> str:
        if len(self) == 0:
            return ""
        # A column that is empty everywhere says nothing to people.
        rows = self.rows(MOST_SHOWN)
        columns = [name for name in self.columns if any(row[name] is not None for row in rows)]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_shown(row[name])}</td>" for name in columns) + "</tr>" for row in rows
        )
        more = len(self) - len(rows)
        end = f"<p>and {more} more rows</p>" if more > 0 else ""
        title = f"<h4>{html.escape(self.heading)}</h4>" if self.heading else ""
        return f"{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{end}"


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    return html.escape(f"{value:g}" if isinstance(value, float) else str(value))


class Asking(Protocol):
    """A question that was asked: it can be asked again, for another form of its answer."""

    def table(self, key: str) -> _native.Table: ...
    def labels(self) -> tuple[list[str], list[str]]: ...
    def matrix(self) -> Any: ...
    def written(self, format: str) -> str: ...


class Answer:
    """The answer to a question: tables, and notes on what it leaves out or leaves open.

    What a single table has, the answer has, too: that of the table which it is about.

    >>> import demarche_graph as dg
    >>> graph = dg.open("graphs/blinken-2023.ron")
    >>> answer = graph.show("taiwan")
    >>> answer.title
    'Taiwan'
    >>> answer.tables[:3], [row["actor"] for row in answer["supports"].rows()]
    (['about', 'supports', 'opposes'], ['china'])
    """

    def __init__(self, native: _native.Answer, asking: Asking) -> None:
        self._native = native
        self._asking = asking
        self._matrix: Table | None = None

    @property
    def name(self) -> str:
        """The name of the answer, as in ``docs/schema``."""
        return self._native.name

    @property
    def title(self) -> str:
        """What was asked, in words."""
        return self._native.title

    @property
    def notes(self) -> list[Note]:
        """What the answer does not claim, takes for granted or leaves out."""
        return [_note(row) for row in self._native.notes.rows(None)]

    @property
    def tables(self) -> list[str]:
        """The keys of its tables."""
        return self._native.keys

    def __getitem__(self, key: str) -> Table:
        try:
            nth = self.tables.index(key)
        except ValueError:
            raise KeyError(f"the answer has no table {key!r}; it has {', '.join(self.tables)}") from None
        table = self._native.tables[nth]
        if table is not None:
            return Table(table, self._native.headings[nth])
        if self._matrix is None:
            self._matrix = Table(self._asking.table(key))
        return self._matrix

    @property
    def main(self) -> Table:
        """The table that the answer is about."""
        if self._native.main is None:
            raise GraphError("the answer has no table", [str(note) for note in self.notes])
        return self[self.tables[self._native.main]]

    @property
    def columns(self) -> list[str]:
        """The names of the columns of its main table."""
        return self.main.columns

    def rows(self, limit: int | None = None) -> list[dict[str, Cell]]:
        """Returns the rows of its main table, each as a dict."""
        return self.main.rows(limit)

    def __len__(self) -> int:
        return len(self.main)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return iter(self.main)

    def to_pandas(self) -> pandas.DataFrame:
        """Returns its main table as a pandas data frame."""
        return self.main.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Returns its main table as a polars data frame."""
        return self.main.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hands its main table to a library that reads Arrow."""
        return self.main.__arrow_c_stream__(requested_schema)

    def to_numpy(self) -> numpy.ndarray[Any, numpy.dtype[numpy.float64]]:
        """Returns the numbers of a matrix; NaN where nothing is known. ``labels`` names rows and columns."""
        try:
            import numpy  # noqa: F401
        except ImportError:
            raise needed("numpy", "to_numpy") from None
        matrix: numpy.ndarray[Any, numpy.dtype[numpy.float64]] = self._asking.matrix()
        return matrix

    @property
    def labels(self) -> tuple[list[str], list[str]]:
        """The ids of the rows and of the columns of a matrix."""
        return self._asking.labels()

    def to_dict(self) -> dict[str, Any]:
        """Returns the whole answer as JSON has it: every row with the records that it rests on."""
        answer: dict[str, Any] = json.loads(self._asking.written("json"))
        return answer

    def to_markdown(self) -> str:
        """Returns the answer as Markdown."""
        return self._asking.written("md")

    def __str__(self) -> str:
        return self._asking.written("text")

    def __repr__(self) -> str:
        return f"<Answer {self.title!r}: {', '.join(self.tables) or 'no table'}>"

    def _repr_html_(self) -> str:
        tables = self._matrix_html() + "".join(self[key]._repr_html_() for key in self._shown())
        notes = "".join(f"<li>{html.escape(note.text)}</li>" for note in self.notes)
        notes = f"<ul>{notes}</ul>" if notes else ""
        return f"<h3>{html.escape(self.title)}</h3>{tables}{notes}"

    def _matrix_html(self) -> str:
        """Shows a matrix that is small enough as a grid."""
        nth = self._native.matrix
        if nth is None:
            return ""
        rows, columns = self.labels
        if not rows or max(len(rows), len(columns)) > MOST_OF_MATRIX:
            return ""
        cells: dict[tuple[str, str], str] = {}
        for row in self[self.tables[nth]]:
            values = list(row.values())
            shown = _shown(next((value for value in values[4:6] if value is not None), None))
            cells[row["actor"], values[2]] = shown
            if "other" in row:
                cells[row["other"], row["actor"]] = shown
        head = "".join(f"<th>{html.escape(name)}</th>" for name in ["", *columns])
        body = "".join(
            f"<tr><th>{html.escape(row)}</th>"
            + "".join(f"<td>{cells.get((row, column), '')}</td>" for column in columns)
            + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _shown(self) -> list[str]:
        return [key for key, table in zip(self.tables, self._native.tables) if table is not None]


def _note(row: dict[str, Cell]) -> Note:
    about = (row["about"] or "").split()
    count = None if row["count"] is None else int(row["count"])
    return Note(row["note"], row["text"], count, tuple(about))
