"""Packs of the two invented forces of sample_tables.py, for tests of more than one kind."""

import functools
import importlib
import sys
from datetime import date
from pathlib import Path

from profiles.definitions import load_definition
from profiles.pack.build import Built, build_pack, read_book
from profiles.pack.frame import Frame
from profiles.pack.model import ProfilePack

sys.path.insert(0, str(Path(__file__).parent))  # tests are no package; the sample files belong together
sample_tables = importlib.import_module("sample_tables")

AS_OF = {"northmoor": date(2026, 11, 1), "eastmarch": date(2024, 5, 1), "calderwick": date(2024, 5, 1)}


@functools.cache
def built(force: str, name: str = "", *statements: str) -> Built:
    """The pack of one invented force with the book it was made from; `statements` change the tables first."""
    con = sample_tables.connect()
    con.begin()
    named = {"name": name} if name else {}
    if force == "northmoor":
        sample_tables.steady(con, **named)
    else:
        sample_tables.broken(con, force, name or force.capitalize() + " Police", force == "eastmarch")
    for statement in statements:
        con.execute(statement)
    return build_pack(read_book(con, load_definition("strategic"), force, Frame(as_of=AS_OF[force])))


def pack(force: str, name: str = "", *statements: str) -> ProfilePack:
    """The pack of one invented force."""
    return built(force, name, *statements).pack
