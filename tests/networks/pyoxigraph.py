"""Counts the statements that pyoxigraph reads of Turtle 1.2, and the triples that they state."""
import json, sys
import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

D = "urn:demarche:vocabulary:"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
for folder in sys.argv[1:]:
    rows = json.load(open(f"{folder}/rows.json"))
    for version in ("1.1", "1.2"):
        quads = list(pyoxigraph.parse(path=f"{folder}/{version}.ttl", format=RdfFormat.TURTLE))
        of = {quad.subject for quad in quads if quad.predicate == NamedNode(RDF + "type") and quad.object == NamedNode(D + "Stance")}
        assert len(of) == rows.get("stance", 0), (version, len(of), rows)
        positions = {quad.subject for quad in quads if quad.predicate == NamedNode(D + "position")}
        reified = [quad for quad in quads if quad.predicate == NamedNode(RDF + "reifies")]
        assert all(isinstance(quad.object, Triple) for quad in reified)
        assert {quad.subject for quad in reified} == (positions if version == "1.2" else set())
        if version == "1.2":
            actors = {(quad.subject, quad.object) for quad in quads if quad.predicate == NamedNode(D + "actor") and quad.subject in positions}
            assert {(quad.subject, quad.object.subject) for quad in reified} == actors
        names = sorted(quad.object.value for quad in quads if quad.predicate.value.endswith("rdf-schema#label") and (quad.subject, "Actor") in {(q.subject, "Actor") for q in quads if q.predicate == NamedNode(RDF + "type") and q.object == NamedNode(D + "Actor")})
        assert names == sorted(json.load(open(f"{folder}/names.json"))), names
print(len(sys.argv) - 1, "graphs")
