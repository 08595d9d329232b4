"""Score, profile, publish: from the tables of a night's warehouse to a pack on the shelf.

Here: profile definitions, the pack model and its builders, scoring, and everything that turns a pack into files.
Not here: when any of it runs (orchestration/), the tables (dbt_project/), how a page looks (report_templates/).
"""
