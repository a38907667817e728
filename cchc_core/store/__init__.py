"""Where everything is kept: one embedded database, one module per family of tables, all SQL in here.

The SQL runs on DuckDB and PostgreSQL alike: no text functions or collations of one engine, no foreign keys, no
secondary indexes, parameters as ``:name``. Rows are never deleted, only ended.
"""
