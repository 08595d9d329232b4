"""What we expect: the contracts every delivery is held against.

Here: the contract model, the YAML that declares it, and what is derived from it (rules, Great Expectations
suite, data dictionary, lint). Not here: reading deliveries (orchestration/landing), SQL (dbt_project),
fictional deliveries (synthetic_world). This package knows neither Dagster nor DuckDB.
"""
