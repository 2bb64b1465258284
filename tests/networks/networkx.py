"""Compares what networkx reads of GraphML and GEXF with what was written."""
import json, sys
import networkx

def same(graph, name, known):
    assert list(graph.nodes) == [node for node, _ in known["nodes"]], name
    for node, attributes in known["nodes"]:
        read = dict(graph.nodes[node])
        read.pop("label", None)
        assert read == attributes, (name, node, read, attributes)
    edges = {key: (one, other, of) for one, other, key, of in graph.edges(keys=True, data=True)}
    assert len(edges) == len(known["edges"]), name
    for number, (one, other, attributes) in enumerate(known["edges"], 1):
        a, b, read = edges[f"e{number}"]
        read = {key: value for key, value in read.items() if key not in ("id", "spells", "start", "end")}
        assert (a, b, read) == (one, other, attributes), (name, read, attributes)

for folder in sys.argv[1:]:
    for name in ("pairs", "nodes"):
        known = json.load(open(f"{folder}/{name}.json"))
        same(networkx.read_graphml(f"{folder}/{name}.graphml", force_multigraph=True), "graphml", known)
        read = networkx.read_gexf(f"{folder}/{name}.gexf")
        if read.is_multigraph():
            same(read, "gexf", known)
        else:
            assert list(read.nodes) == [node for node, _ in known["nodes"]]
            for one, other, attributes in known["edges"]:
                of = {key: value for key, value in read.edges[one, other].items() if key not in ("id", "spells", "start", "end")}
                assert of == attributes, (of, attributes)
            assert read.number_of_edges() == len(known["edges"])
print(len(sys.argv) - 1, "graphs")
