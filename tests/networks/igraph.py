"""Compares what igraph reads of GraphML with what was written."""
import json, sys
import igraph

# What igraph has where a value is missing.
def is_missing(value):
    return value is None or value == "" or value is False or value != value

def same(read, attributes):
    for key, value in read.items():
        if key == "id":
            continue
        if key in attributes:
            assert value == attributes[key], (key, value, attributes)
        else:
            assert is_missing(value), (key, value, attributes)
    assert set(attributes) <= set(read)

for folder in sys.argv[1:]:
    for name in ("pairs", "nodes"):
        known = json.load(open(f"{folder}/{name}.json"))
        graph = igraph.Graph.Read_GraphML(f"{folder}/{name}.graphml")
        assert graph.vs["id"] == [node for node, _ in known["nodes"]] if known["nodes"] else graph.vcount() == 0
        for vertex, (_, attributes) in zip(graph.vs, known["nodes"]):
            same(vertex.attributes(), attributes)
        assert graph.ecount() == len(known["edges"])
        for edge, (one, other, attributes) in zip(graph.es, known["edges"]):
            assert (graph.vs[edge.source]["id"], graph.vs[edge.target]["id"]) == (one, other)
            same(edge.attributes(), attributes)
print(len(sys.argv) - 1, "graphs")
