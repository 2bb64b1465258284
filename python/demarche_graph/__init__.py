"""Plain-text graphs of stakeholder positions: who stands where on what, on whose word, and who met whom.

>>> import demarche_graph as dg
>>> graph = dg.open("graphs/blinken-2023.ron")
>>> answer = graph.positions("china", toward="us", as_of="2023-06-19")
>>> answer.title
'Statements in force of China toward United States'
>>> [(row["issue"], row["position"], row["line"]) for row in answer.rows()]
[('core-interests', 'supports', 234), ('domestic-affairs', 'supports', 225), ('taiwan', 'supports', 243)]
"""

from . import measure
from ._answer import Answer, Table
from ._base import Finding, GraphError, Note
from ._frames import Draft, from_frames
from ._graph import Graph, open, read
from ._native import __version__
from ._picture import Picture

__all__ = [
    "Answer",
    "Draft",
    "Finding",
    "Graph",
    "GraphError",
    "Note",
    "Picture",
    "Table",
    "__version__",
    "from_frames",
    "measure",
    "open",
    "read",
]
