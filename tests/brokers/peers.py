"""Betweenness and closeness of a graph by networkx and igraph: edges on standard input, a line a node on standard output."""
import sys

import igraph
import networkx

count, *edges = sys.stdin.read().splitlines()
edges = [tuple(map(int, line.split())) for line in edges]
plain = networkx.Graph()
plain.add_nodes_from(range(int(count)))
plain.add_edges_from(edges)
between = networkx.betweenness_centrality(plain, normalized=False)
close = networkx.closeness_centrality(plain, wf_improved=False)
other = igraph.Graph(n=int(count), edges=edges)
for node, (a, b) in enumerate(zip(other.betweenness(directed=False), other.closeness())):
    print(between[node], close[node], a, b)
