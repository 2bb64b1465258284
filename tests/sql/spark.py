"""Runs the views in Spark, in the folder of each graph, and writes what they give as JSON."""
import json, os, sys

views, *folders = sys.argv[1:]
os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
for folder in folders:
    # Spark takes relative paths from where it was started.
    os.chdir(folder)
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 2).config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    for statement in open("views.sql").read().split(";\n"):
        if not statement.strip():
            continue
        if "VIEW ask AS" in statement:
            assert spark.sql(statement[statement.index("SELECT"):]).count() == 1
            statement = "CREATE OR REPLACE TEMPORARY VIEW ask AS " + open("ask.sql").read()
        spark.sql(statement)
    rows = {view: [row.asDict() for row in spark.sql(f"SELECT * FROM {view}").collect()] for view in views.split(",")}
    json.dump(rows, open("rows.json", "w"), default=str)
    spark.stop()
