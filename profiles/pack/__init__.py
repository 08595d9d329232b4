"""From warehouse tables to a pack as data: every sentence chosen by rule, every figure with its source.

Here: the pack model, reading the tables, wording and disclosure rules, one builder a page.
Not here: drawing (report_templates/, profiles/publish/geometry.py), statistics (profiles/scoring/).
"""
