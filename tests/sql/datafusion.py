"""Runs the views in DataFusion, in the folder of each graph, and writes what they give as JSON."""
import json, os, sys
from datafusion import SessionConfig, SessionContext

views, *folders = sys.argv[1:]
for folder in folders:
    os.chdir(folder)
    context = SessionContext(SessionConfig().with_target_partitions(1))
    for statement in open("views.sql").read().split(";\n"):
        if not statement.strip():
            continue
        # A view keeps the table that it was made on.
        if statement.startswith("CREATE TABLE ask"):
            context.sql(statement.replace(" ask ", " ask_of_the_script ", 1)).collect()
            statement = "CREATE TABLE ask AS " + open("ask.sql").read()
        context.sql(statement).collect()
    rows = {view: context.sql(f"SELECT * FROM {view}").to_pylist() for view in views.split(",")}
    json.dump(rows, open("rows.json", "w"), default=str)
