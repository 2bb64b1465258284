"""Exact betweenness with igraph, from CSV: whoever met is connected. Prints the 20 highest."""
import os
import sys

import igraph
import polars as pl

folder = sys.argv[1]
actors = pl.read_csv(f"{folder}/actors.csv", infer_schema=False)["id"].to_list()
met = pl.scan_csv(f"{folder}/participants.csv", infer_schema=False).join(
    pl.LazyFrame({"actor": actors, "number": range(len(actors))}), on="actor"
)
pairs = met.join(met, on="meeting").filter(pl.col("number") < pl.col("number_right")).select("number", "number_right").unique().collect()
graph = igraph.Graph(n=len(actors), edges=pairs.rows())
between = graph.betweenness(directed=False)
for actor in sorted(range(len(actors)), key=lambda actor: -between[actor])[:20]:
    print(actors[actor], round(between[actor], 3))
sys.stdout.flush()
os._exit(0)  # nobody waits for it to be taken apart
