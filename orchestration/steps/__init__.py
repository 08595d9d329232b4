"""What each stage does, one module a stage, as plain functions of a Night. The assets call these and add metadata.

Not here: Dagster (assets), landing's own pure functions (landing/), SQL (dbt_project/).
"""
