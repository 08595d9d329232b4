"""Nights of linkage of the invented people: their mentions in the columns of a night, and what a night finds."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from conflation.link import Decided
from conflation.model import Model, load
from conflation.nightly import link_night
from conflation.sayings import READ
from conflation.schooling import train_model
from conflation.viewer import people_for_viewer
from conflation.workspace import ask, workspace
from tests.unit.linkage_people import mentions

CHARTS = ("match_weights.svg", "m_and_u.svg")
Rows = list[dict[str, str | None]]
HEADINGS = {
    "forename": "first",
    "surname": "last",
    "address_line": "street",
    "postcode": "zip",
    "phone": "tel",
}


def as_mentions(seed: int, n_homes: int) -> Rows:
    """Mentions in the columns of a night."""
    rows: Rows = []
    for row in mentions(seed, n_homes):
        told: dict[str, str | None] = {name: row[heading] or None for name, heading in HEADINGS.items()}
        born = row["born"]
        told["birth_date"] = f"{born[6:]}-{born[3:5]}-{born[:2]}" if born else None
        told["sex"] = row["gender"]
        rows.append({"mention_id": row["id"], **dict.fromkeys(READ), **told})
    return rows


def table_of(rows: Rows) -> pa.Table:
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("mention_id", *READ)]))


def a_night(
    model: Model, rows: Rows, kept: Path, decided: list[tuple[str, str, str]] | None = None
) -> set[frozenset[str]]:
    """Link a night; the clusters as sets of mentions."""
    with workspace(kept / "scratch", threads=1, memory="1GB") as con:
        con.register("given", table_of(rows))
        ask(con, "create table mentions as from given")
        link_night(con, "mentions", model, kept, decided or [])
        found = ask(con, "select list(record_id) from people group by cluster")
    return {frozenset(row[0]) for row in found}


def seen_by(model: Model, rows: Rows, hidden: set[str], kept: Path) -> set[frozenset[str]]:
    """The persons of a viewer who may not see some mentions."""
    with workspace(kept / "scratch", threads=1, memory="1GB") as con:
        con.register("given", table_of(rows))
        ask(con, "create table mentions as from given")
        link_night(con, "mentions", model, kept)
        con.register("secret", pa.table({"record_id": pa.array(sorted(hidden), pa.string())}))
        ask(con, "create table hidden as from secret")
        people_for_viewer(con, "northmoor", "hidden", model.artefacts, Decided())
        own = dict(ask(con, "from viewer_people"))
        shared = dict(ask(con, "select record_id, cluster from people"))
    seen: dict[str, set[str]] = {}
    for mention, cluster in shared.items():
        if mention not in hidden:
            seen.setdefault(own.get(mention, cluster), set()).add(mention)
    return {frozenset(group) for group in seen.values()}


def trained(folder: Path) -> Model:
    """A model of invented people, with its charts."""
    pq.write_table(table_of(as_mentions(50, 150)), folder / "mentions.parquet")
    train_model(folder / "mentions.parquet", folder / "model", "invented people", folder / "scratch", "1GB")
    assert all((folder / "model" / chart).read_text("utf-8").startswith("<svg") for chart in CHARTS)
    return load(folder / "model")
