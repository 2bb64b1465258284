"""Runs the views in DuckDB, in the folder of each graph, and writes what they give as JSON."""
import json, os, sys
import duckdb

views, *folders = sys.argv[1:]
for folder in folders:
    os.chdir(folder)
    base = duckdb.connect()
    base.execute(open("views.sql").read())
    assert base.execute("SELECT count(*) FROM ask WHERE day IS NOT NULL").fetchone() == (1,)
    base.execute("DELETE FROM ask; INSERT INTO ask " + open("ask.sql").read())
    rows = {}
    for view in views.split(","):
        answer = base.execute(f"SELECT * FROM {view}")
        names = [column[0] for column in answer.description]
        rows[view] = [dict(zip(names, row)) for row in answer.fetchall()]
    json.dump(rows, open("rows.json", "w"), default=str)
