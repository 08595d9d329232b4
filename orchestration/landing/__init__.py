"""From a landing folder or zip to kept deliveries: pure functions, with nothing of Dagster in them.

Here: what lies at the landing path (`archive`, `folder`, `zip_members`, `byte_gate`), and reading it row by
row. Not here: what we expect of a file (`data_contracts/`), when landing happens
(`orchestration/assets/land.py`).
"""
