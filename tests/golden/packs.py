"""Packs of the two invented forces of sample_tables.py, for tests of more than one kind."""

import functools
import importlib
import sys
from datetime import date
from pathlib import Path

from profiles.definitions import load_definition
from profiles.pack.frame import Frame
from profiles.pack.model import ProfilePack
from profiles.pack.strategic.head import build_pack
from profiles.pack.strategic.tables import StrategicTables, read_strategic

sys.path.insert(0, str(Path(__file__).parent))  # tests are no package; the sample files belong together
sample_tables = importlib.import_module("sample_tables")

AS_OF = {"northmoor": date(2026, 11, 1), "eastmarch": date(2024, 5, 1), "calderwick": date(2024, 5, 1)}


@functools.cache
def tables(force: str, name: str = "", *statements: str) -> StrategicTables:
    """Tables of one invented force; `statements` change them first."""
    con = sample_tables.connect()
    con.begin()
    named = {"name": name} if name else {}
    if force == "northmoor":
        sample_tables.steady(con, **named)
    else:
        sample_tables.broken(con, force, name or force.capitalize() + " Police", force == "eastmarch")
    for statement in statements:
        con.execute(statement)
    return read_strategic(con, force)


@functools.cache
def pack(force: str, name: str = "", *statements: str) -> ProfilePack:
    """The pack of one invented force."""
    return build_pack(
        tables(force, name, *statements), Frame(as_of=AS_OF[force]), load_definition("strategic")
    )
