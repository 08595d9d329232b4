"""When things happen: the only package that knows Dagster.

Not here: logic. It lives below the assets, in the rooms that `orchestration` may import and that never
import back.
"""
