"""Questions about identity, asked of the last night: why, why not, how; and mentions handed over for training.

Not here: the answers' figures (conflation/explain), the commands (cli_linkage).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from conflation import frequencies
from conflation.columns import LinkageError
from conflation.explain import why
from conflation.ledger import history_of, id_on, ids_after
from conflation.sayings import IDENTITY, MAP
from conflation.standardise import standardise
from conflation.workspace import Connection, ask, columns_of, text, workspace
from orchestration.layout import Layout, world_of
from orchestration.settings import Settings
from orchestration.steps.conflate import NO_MODEL, standing_model
from orchestration.warehouse import Generations, WarehouseError

_CELLS = ", ".join(f"cast({name} as varchar) as {name}" for name in IDENTITY.values())


def export_mentions(source: Path, folder: Path) -> Path:
    """The mentions of a warehouse file as Parquet in `folder`; a Parquet file is handed back as it is."""
    if source.suffix != ".duckdb":
        return source
    path = folder / "mentions.parquet"
    with workspace(folder / "spill-export") as con:
        try:
            ask(con, f"attach {text(str(source))} as night (read_only)")
            ask(
                con,
                f"copy (select {_CELLS} from night.main.int_mentions) to {text(str(path))} (format parquet)",
            )
        except duckdb.Error:
            raise LinkageError(f"{source} is no warehouse file with mentions.") from None
    return path


def why_pair(settings: Settings, a: str, b: str) -> dict[str, Any]:
    """The evidence between two mentions of the last night, and whether they are one person in it."""
    model = standing_model()
    if model is None:
        raise LinkageError(NO_MODEL)
    if a == b:
        raise LinkageError("Name two different mentions.")
    with _last_night(settings) as (con, _):
        pair = f"mention_id in ({text(a)}, {text(b)})"
        ask(con, f"create table mentions as select {_CELLS} from night.main.int_mentions where {pair}")
        found = dict(
            ask(con, f"select mention_id, person_id from night.main.bridge_mentions_to_people where {pair}")
        )
        missing = [name for name in (a, b) if name not in found]
        if missing:
            raise LinkageError(f"The last night holds no mention {missing[0]!r}.")
        standardise(con, "mentions", MAP, None, "standard")
        have = columns_of(con, "standard")
        kept = ", ".join(name if name in have else f"null::varchar as {name}" for name in model.columns)
        model.lay_tables(con)
        ask(con, f"create table nodes_plain as select record_id, {kept} from standard")
        frequencies.lay(con, "nodes_plain", model.rarities, "nodes")
        return why(con, model, a, b) | {
            "is_one_person": found[a] == found[b],
            "person_ids": [found[a], found[b]],
        }


def how_person(settings: Settings, person: str) -> dict[str, Any]:
    """The mentions of a person in the last night, the pairs that hold them, the weakest, and the id's history."""
    with _last_night(settings) as (con, layout):
        mentions = ask(
            con,
            "select mention_id, force_code, feed, source_record_id, role from night.main.bridge_mentions_to_people"
            " where person_id = ? order by mention_id",
            [person],
        )
        if not mentions:
            raise LinkageError(f"The last night holds no person {person!r}.")
        names = ("mention_a_id", "mention_b_id", "bits")
        rows = ask(
            con,
            "select mention_a_id, mention_b_id, bits from night.main.bridge_people_to_links where person_id = ?"
            " order by bits, mention_a_id, mention_b_id",
            [person],
        )
        links = [dict(zip(names, row, strict=True)) for row in rows]
        told = ("mention_id", "force_code", "feed", "source_record_id", "role")
        return {
            "person_id": person,
            "mentions": len(mentions),
            "appearances": [dict(zip(told, row, strict=True)) for row in mentions],
            "links": links,
            "weakest": links[0] if links else None,
            "history": history_of(con, layout.people / "ledger", person),
        }


def which_person(settings: Settings, mention: str, day: date) -> dict[str, Any]:
    """The id that a mention had on a day."""
    with _last_night(settings) as (con, layout):
        person = id_on(con, layout.people / "ledger", mention, day)
    if person is None:
        raise LinkageError(f"No night up to {day.isoformat()} gave the mention {mention!r} to a person.")
    return {"mention_id": mention, "on": day.isoformat(), "person_id": person}


def where_went(settings: Settings, person: str) -> dict[str, Any]:
    """What happened to an id, and under which ids the mentions that it ever had stand now."""
    with _last_night(settings) as (con, layout):
        history = history_of(con, layout.people / "ledger", person)
        now = ids_after(con, layout.people / "ledger", person)
    if not history:
        raise LinkageError(f"No night ever gave out the id {person!r}.")
    return {"person_id": person, "history": history, "now": now}


@contextmanager
def _last_night(settings: Settings) -> Iterator[tuple[Connection, Layout]]:
    """A workspace with the last night's warehouse file attached as `night`; the newest world where several are."""
    worlds = sorted(
        (settings.out / "warehouse").glob("*/generations/CURRENT"), key=lambda path: path.stat().st_mtime
    )
    world = (
        world_of(settings.landing) if settings.landing else worlds[-1].parent.parent.name if worlds else ""
    )
    layout = Layout(settings.out, world)
    if not world:
        raise WarehouseError("No night has finished here yet; run `make nightly` first.")
    current = Generations(layout.generations).current()
    with workspace(layout.home / "work" / "questions") as con:
        ask(con, f"attach {text(str(current))} as night (read_only)")
        yield con, layout
