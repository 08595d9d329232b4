"""Who is who: from mentions to persons and places, with nothing of Dagster or dbt in it.

The only room that may import Splink. Empty until the linkage issue: places are conflated by key alone, in the
models of `dbt_project/models/conflation/`.
"""
