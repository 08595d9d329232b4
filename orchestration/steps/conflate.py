"""Conflate: link tonight's mentions outside the warehouse, and leave what was found as Parquet for dbt.

Intermediates live in an in-memory database and go with it. What is kept between nights lies under the world's own
folder, apart from the warehouse. Not here: linkage itself (conflation), the models around it (dbt_project).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conflation.exact import link_exact
from conflation.ledger import record_night
from conflation.model import Model, load
from conflation.nightly import decided_nodes, link_night
from conflation.outcome import settled_counts, write_outcome
from conflation.poison import in_a_sentence, poisoned_deliveries
from conflation.sayings import IDENTITY
from conflation.viewer import people_for_viewer
from conflation.workspace import Connection, ask, text, workspace
from governance.identity_decisions import read_identity_decisions
from governance.sharing import agreements, is_visible
from orchestration.night import Night
from orchestration.settings import REPOSITORY
from orchestration.steps.build import building

SHIPPED = REPOSITORY / "conflation" / "shipped"
VERIFIED = (
    "select c.record_id from copies c join nodes_plain n on n.record_id = c.node where n.pnc_id is not null"
)
NO_MODEL = "No linkage model stands; only mentions that share a verified PNC ID or CRO number are joined."


def conflate(night: Night) -> dict[str, Any]:
    """Link every mention of the file being built; gives counts for the summary."""
    folder = night.work / "people"
    people = night.layout.people
    decisions, refused = read_identity_decisions(night.layout.identity_decisions)
    told = [decision.told for decision in decisions]
    model = standing_model()
    with workspace(night.work / "spill-people", night.settings.threads, night.settings.memory_limit) as con:
        _take_mentions(con, building(night))
        found = (
            link_night(con, "mentions", model, people / "state", told)
            if model
            else link_exact(con, "mentions")
        )
        ask(con, f"create or replace table verified as {VERIFIED}")
        happened = record_night(con, "people", "verified", people / "ledger", night.as_of)
        events = people / "ledger" / f"events-{night.as_of.isoformat()}.parquet"
        _write_audiences(con)
        _write_views(con, model, told)
        write_outcome(con, events, folder, sorted({name for a, b, _ in told for name in (a, b)}))
        counted = settled_counts(con, folder)
        poisoned = poisoned_deliveries(
            con, "audience join mentions on audience.record_id = mentions.mention_id"
        )
    summary = {
        "mentions": found["mentions"],
        **counted,
        **happened,
        "model": found["model"],
        "generic_values": len(found["generic_values"]),
        "poisoned_deliveries": poisoned,
        "identity_decisions": len(told),
        "refusals": [refusal.sentence for refusal in refused],
        "note": "" if model else NO_MODEL,
    }
    night.record(linkage=summary, linkage_warnings=[in_a_sentence(delivery) for delivery in poisoned])
    return summary


def _write_audiences(con: Connection) -> None:
    """Make `audiences`: which kinds of record each viewing force may see, its own among them; the default is no."""
    ask(
        con,
        "create or replace table audiences as select ''::varchar as viewer_force, owner_force, feed, handling,"
        " sensitivity from audience limit 0",
    )
    kinds = ask(con, "select distinct owner_force, feed, handling, sensitivity from audience order by all")
    known = agreements()
    viewers = sorted({kind[0] for kind in kinds})
    rows = [(v, *k) for v in viewers for k in kinds if is_visible(v, k[0], k[1], k[2], k[3], known)]
    if rows:
        con.executemany("insert into audiences values (?, ?, ?, ?, ?)", rows)


def _write_views(con: Connection, model: Model | None, told: Sequence[tuple[str, str, str]]) -> None:
    """Make `views` (viewer_force, record_id, person_id): persons of components that a force may see only in part."""
    ask(con, "create or replace table views (viewer_force varchar, mention_id varchar, person_id varchar)")
    if model is None:  # identifiers of one person join no others: leaving out a mention moves nobody else
        return
    kinds = ask(con, "select distinct owner_force, feed, handling, sensitivity from audience order by all")
    known = agreements()
    decided = decided_nodes(con, told)
    for (viewer,) in ask(con, "select distinct owner_force from audience order by 1"):
        hidden = [kind for kind in kinds if not is_visible(viewer, kind[0], kind[1], kind[2], kind[3], known)]
        kind = "owner_force, feed, handling, sensitivity"
        ask(con, f"create or replace table hidden_kinds as select {kind} from audience limit 0")
        if hidden:
            con.executemany("insert into hidden_kinds values (?, ?, ?, ?)", hidden)
        ask(
            con,
            "create or replace table hidden as select a.record_id from audience a join hidden_kinds h on"
            " a.owner_force = h.owner_force and a.feed = h.feed and a.handling is not distinct from h.handling"
            " and a.sensitivity is not distinct from h.sensitivity",
        )
        people_for_viewer(con, viewer, "hidden", model.artefacts, decided)
        ask(con, f"insert into views select {text(viewer)}, record_id, person_id from viewer_people")


def standing_model(folder: Path = SHIPPED) -> Model | None:
    """The shipped model, or None where there is none. A model that was changed by hand stops the night."""
    if not (folder / "model.json").is_file():
        return None
    return load(folder)


def _take_mentions(con: Connection, generation: Path) -> None:
    """Copy the mentions of the file being built into the workspace; the file is let go again at once."""
    columns = ", ".join(f"cast({name} as varchar) as {name}" for name in IDENTITY.values())
    ask(con, f"attach {text(str(generation))} as night (read_only)")
    ask(con, f"create table mentions as select {columns} from night.main.int_mentions")
    ask(
        con,
        "create table audience as select mention_id as record_id, coalesce(owner_force, force_code) as owner_force,"
        " feed, handling, sensitivity, delivery_id from night.main.int_mentions",
    )
    ask(con, "detach night")
