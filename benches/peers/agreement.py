"""Net agreement of every two actors with polars and numpy, from CSV. AGREEMENT FOLDER prints the 20 highest and the 20 lowest;
AGREEMENT FOLDER FILE writes the whole matrix."""
import os
import sys

import numpy as np
import polars as pl

folder = sys.argv[1]
read = lambda name: pl.scan_csv(f"{folder}/{name}.csv", infer_schema=False)
actors, issues = (read(name).collect()["id"].to_list() for name in ("actors", "issues"))
numbers = lambda name, ids, number: pl.LazyFrame({name: ids, number: range(len(ids))})
newest = (
    read("stances").sort("date").unique(["actor", "issue"], keep="last")
    .join(numbers("actor", actors, "row"), on="actor").join(numbers("issue", issues, "column"), on="issue")
    .with_columns(pl.when(pl.col("position") == "Supports").then(1).when(pl.col("position") == "Opposes").then(-1).otherwise(0).alias("side"))
    .collect()
)
sides = np.zeros((len(actors), len(issues)), dtype=np.float32)
sides[newest["row"].to_numpy(), newest["column"].to_numpy()] = newest["side"].to_numpy()
net = (sides @ sides.T).astype(np.int32)
if len(sys.argv) > 2:
    pl.DataFrame(net, schema=actors).insert_column(0, pl.Series("actor", actors)).write_csv(sys.argv[2])
else:
    lower, upper = np.triu_indices(len(actors), 1)
    pairs = net[lower, upper]
    for key in (-pairs, pairs):
        near = np.flatnonzero(key <= np.partition(key, 20)[20])
        for pair in near[np.argsort(key[near], kind="stable")][:20]:
            print(actors[lower[pair]], actors[upper[pair]], pairs[pair])
sys.stdout.flush()
os._exit(0)  # nobody waits for it to be taken apart
