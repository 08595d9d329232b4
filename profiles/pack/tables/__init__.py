"""The tables a pack prints, one typed row a table: the contract that the SQL models are written to satisfy.

Here: columns, their types and their meaning, by subject. A row's table is prof_<profile>__<section>.
Not here: reading (profiles/pack/rows.py), SQL (dbt_project/models/marts/profiles), pages (profiles/pack/<profile>/).
"""
