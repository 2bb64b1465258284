"""Counts the records that rdflib reads of Turtle 1.1."""
import json, sys
import rdflib

D = rdflib.Namespace("urn:demarche:vocabulary:")
for folder in sys.argv[1:]:
    rows = json.load(open(f"{folder}/rows.json"))
    graph = rdflib.Graph().parse(f"{folder}/1.1.ttl", format="turtle")
    for table, of in (("stance", D.Stance), ("actor", D.Actor), ("issue", D.Issue), ("source", D.Source), ("meeting", D.Meeting), ("tie", D.Tie), ("fact", D.Fact)):
        found = len(set(graph.subjects(rdflib.RDF.type, of)))
        assert found == rows.get(table, 0), (table, found, rows)
    for property, table in ((D.actor, "stance_actor"), (D.via, "source_via"), (D.topic, "meeting_topic")):
        assert len(list(graph.subject_objects(property))) == rows.get(table, 0), table
    names = sorted(str(label) for one in graph.subjects(rdflib.RDF.type, D.Actor) for label in graph.objects(one, rdflib.RDFS.label))
    assert names == sorted(json.load(open(f"{folder}/names.json"))), names
print(len(sys.argv) - 1, "graphs")
