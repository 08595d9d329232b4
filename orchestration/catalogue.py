"""The catalogue of a night's inputs: a small DuckDB file that dbt attaches read-only as `inputs`.

It holds the as-of date, the forces, the feeds and what became of each delivery as tables, and the rows as views
over immutable Parquet; a feed nobody delivered is an empty typed table. So the SQL knows no path and no date.
Person-level rows carry the number of their version, whether it is the one that stands (is_current), since which
whole extract its record is missing (missing_since), and whether it is closed for that (is_closed).
Not here: the files themselves (landing/store), telling versions (landing/versions), the generation (dbt, warehouse).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from conflation.outcome import TABLES as LINKED
from data_contracts.registry import Registry
from governance.decisions import Decision
from governance.sharing import agreements
from orchestration.landing.manifest import Manifest, ManifestRow
from orchestration.landing.quoting import identifier, literal, literals
from orchestration.landing.spine import landed_columns, local_midnight
from orchestration.moments import ZONE, Moment, moments_of_night
from profiles.scoring import people_series, strategic
from profiles.scoring.nightly.tables import COLUMNS as OF_PEOPLE

if TYPE_CHECKING:
    from orchestration.steps.validate import Validation

VERSION_COLUMNS = {"is_current": "BOOLEAN", "missing_since": "DATE", "is_closed": "BOOLEAN"}
NOT_LANDED = ("decision",)  # people's decisions come back by another door

_TABLES = {
    "landed.night": "as_of_date date, as_of_at timestamp",
    "landed.as_ofs": (
        "as_of_id integer, as_at timestamp, occurred_before timestamp, known_before timestamp, purpose varchar"
    ),
    "landed.sharing": "viewer_force varchar, owner_force varchar, feed varchar",
    "landed.forces": "force_code varchar, force_name varchar, is_fictional boolean, population bigint, n_lsoas bigint",
    "landed.feeds": (
        "feed varchar, feed_title varchar, not_held_sentence varchar, freshness_days integer, contract_version varchar"
    ),
    "landed.deliveries": (
        "delivery_id varchar, feed varchar, force_code varchar, period varchar, delivery_date date, file_name varchar, "
        "content_sha256 varchar, contract_version varchar, state varchar, reason_code varchar, reason varchar, "
        "rows_in bigint, rows_accepted bigint, rows_refused bigint, rows_loaded bigint, rows_exact_duplicate bigint, "
        "rows_superseded bigint, volume_ratio double, is_volume_suspect boolean, n_notes integer, mode varchar, "
        "reached varchar, is_verified boolean, is_released boolean, n_missing bigint, n_closed bigint"
    ),
    "landed.refusals": (
        "delivery_id varchar, reason_code varchar, reason varchar, n_rows bigint, first_line bigint"
    ),
    "landed.validations": (
        "delivery_id varchar, n_rows bigint, n_expectations integer, reason_code varchar, field varchar, "
        "severity varchar, n_unexpected bigint"
    ),
    "decided.decisions": (
        "decision_id varchar, pack_id varchar, pack_sha256 varchar, subject_id varchar, profile varchar, "
        "decision varchar, reason_code varchar, note varchar, owner varchar, due date, reviewer_id varchar, "
        "reviewer_rank varchar, decided_at timestamp, source_route varchar, score double, rank integer, "
        "model_version varchar, shown_reasons varchar[], supersedes_id varchar"
    ),
}


@dataclass(frozen=True, slots=True)
class NightInputs:
    """Everything a generation is built from. scores, people: folders of tables, None before their stage.

    moments: those that features are made for; the night's own where none are given.
    """

    as_of: date
    manifest: Manifest
    registry: Registry
    decisions: Sequence[Decision]
    scores: Path | None = None
    people: Path | None = None
    validations: Sequence["Validation"] = ()
    moments: tuple[Moment, ...] = ()


def _delivery(row: ManifestRow, released: Collection[str]) -> list[Any]:
    o = row.outcome
    return [
        o.delivery_id, o.feed, o.force_code, o.period, row.delivery_date, o.file_name, o.content_sha256,
        o.contract_version, row.state, o.reason_code, o.reason, o.rows_in, o.rows_accepted, o.rows_refused,
        row.rows_loaded, row.rows_exact_duplicate, row.rows_superseded, row.volume_ratio, row.is_volume_suspect,
        len(o.notes), o.mode, o.reached, bool(o.manifest_sha256), o.delivery_id in released, row.rows_missing,
        row.rows_closed,
    ]  # fmt: skip


def landed_feeds(canonicals: Iterable[str]) -> tuple[str, ...]:
    """Of the canonical feeds, those that come in files."""
    return tuple(sorted(feed for feed in canonicals if feed not in NOT_LANDED))


def _feeds(registry: Registry) -> Iterable[list[Any]]:
    """A feed that many forces write has the longest of their freshness limits, and its canonical version."""
    for declared in registry.declared_feeds:
        held = [c for c in registry.contracts if c.feed == declared.feed]
        days = max((c.freshness_days for c in held), default=None)
        version = (held[0].canonical if held[0].is_typed else held[0]).version if held else None
        yield [declared.feed, declared.title, declared.held_sentence, days, version]


def _sharing() -> list[list[Any]]:
    """Every pair of forces and feed that an agreement names, each once."""
    pairs = {
        (viewer, owner, feed)
        for each in agreements()
        for viewer in each.forces
        for owner in each.forces - {viewer}
        for feed in each.feeds
    }
    return [list(pair) for pair in sorted(pairs)]


def _rows(inputs: NightInputs) -> Mapping[str, list[list[Any]]]:
    codes = sorted({row.outcome.force_code for row in inputs.manifest.rows})
    forces = [inputs.registry.force(code) for code in codes]
    return {
        "landed.night": [[inputs.as_of, local_midnight(inputs.as_of, ZONE)]],
        "landed.as_ofs": [list(astuple(m)) for m in inputs.moments or moments_of_night(inputs.as_of)],
        "landed.sharing": _sharing(),
        "landed.forces": [[f.force_code, f.name, f.is_fictional, f.population, f.n_lsoas] for f in forces],
        "landed.feeds": list(_feeds(inputs.registry)),
        "landed.deliveries": [_delivery(row, inputs.manifest.released) for row in inputs.manifest.rows],
        "landed.refusals": [
            [row.outcome.delivery_id, r.reason_code, r.reason, r.n_rows, r.first_line]
            for row in inputs.manifest.rows
            for r in row.outcome.refused_rows
        ],
        "landed.validations": [row for one in inputs.validations for row in _validated(one)],
        "decided.decisions": [decision_row(d) for d in inputs.decisions],
    }


def _validated(found: "Validation") -> Iterable[list[Any]]:
    """A row for each rule that a batch breaks, and one without a rule for a batch that breaks none."""
    head = [found.delivery_id, found.n_rows, found.n_expectations]
    return [[*head, *failure] for failure in found.failures] or [[*head, "", "", "", 0]]


def decision_row(decision: Decision) -> list[Any]:
    """A decision in the column order of decided.decisions."""
    columns = [part.strip().split(" ")[0] for part in _TABLES["decided.decisions"].split(",")]
    values = decision.model_dump()
    values["decided_at"] = decision.decided_at.astimezone(UTC).replace(tzinfo=None)
    values["shown_reasons"] = list(decision.shown_reasons)
    return [values[column] for column in columns]


def _relation(name: str, parts: Sequence[Path | str], columns: str) -> str:
    """DDL of a view over Parquet parts, or of an empty table where there are none."""
    if not parts:
        return f"create table {name} ({columns})"
    return f"create view {name} as select * from read_parquet([{literals(parts)}])"


def _feed(inputs: NightInputs, feed: str) -> str:
    """DDL of the rows of a feed."""
    name, manifest = f"landed.{identifier(feed)}", inputs.manifest
    is_typed = inputs.registry.is_typed(feed)
    columns = landed_columns(inputs.registry.canonicals[feed], is_typed)
    kinds = {**columns, **VERSION_COLUMNS} if is_typed else columns
    parts = sorted({r.part for r in manifest.rows if r.outcome.feed == feed and r.part})
    if not parts:
        return f"create table {name} ({', '.join(f'{identifier(c)} {kind}' for c, kind in kinds.items())})"
    rows = f"read_parquet([{literals(parts)}], filename = 'part', union_by_name = true)"
    stale = [f"({literal(part)}, {literal(d)})" for part, d in sorted(manifest.stale) if part in parts]
    fresh = f"(r.part, r.delivery_id) not in ({', '.join(stale)})" if stale else "true"
    if not is_typed:
        listed = ", ".join(f"r.{identifier(c)}" for c in columns)
        return f"create view {name} as select {listed} from {rows} as r where {fresh}"
    return f"create view {name} as {_versioned_sql(inputs, feed, columns, rows)} and {fresh}"


def _versioned_sql(inputs: NightInputs, feed: str, columns: Iterable[str], rows: str) -> str:
    """Rows of the night's deliveries that were known by its as-of, with their version."""
    folder = inputs.manifest.versions
    if folder is None:
        raise ValueError(f"the versions of {feed} were not counted before its catalogue was written")
    own = {"record_version": "coalesce(v.version, r.record_version) as record_version"}
    listed = ", ".join(own.get(c, f"r.{identifier(c)}") for c in columns)
    return f"""
        select
            {listed}, coalesce(v.is_current, false) as is_current, v.missing_since,
            coalesce(v.is_closed, false) as is_closed
        from {rows} as r
        inner join landed.deliveries as d on r.delivery_id = d.delivery_id and d.state = 'landed'
        left join read_parquet({literal(folder / f"{feed}.parquet")}) as v
            on r.delivery_id = v.delivery_id and r.line_number = v.line_number
        where r.known_at < (select as_of_at from landed.night)
    """


def _insert(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """All rows in one statement: one for each costs more than the rest of the catalogue."""
    columns = zip(*rows, strict=True)
    con.register("told", pa.table({str(place): pa.array(column) for place, column in enumerate(columns)}))
    con.execute(f"insert into {name} from told")
    con.unregister("told")


def write_catalogue(path: Path, inputs: NightInputs) -> None:
    """Write the catalogue to `path`, replacing what stood there. Nothing may hold it open."""
    path.unlink(missing_ok=True)
    con = duckdb.connect(str(path))
    try:
        for schema in ("landed", "decided", "scored", "linked"):
            con.execute(f"create schema {schema}")
        for name, columns in _TABLES.items():
            con.execute(f"create table {name} ({columns})")
        for name, rows in _rows(inputs).items():
            if rows:
                _insert(con, name, rows)
        for feed in landed_feeds(inputs.registry.canonicals):
            con.execute(_feed(inputs, feed))
        for name, declared in {**strategic.COLUMNS, **people_series.COLUMNS, **OF_PEOPLE}.items():
            table = inputs.scores / f"{name}.parquet" if inputs.scores else None
            scored = (
                [table] if table and table.is_file() else []
            )  # people are scored later than the open data
            kinds = ", ".join(f"{identifier(c)} {kind}" for c, kind in declared.items())
            con.execute(_relation(f"scored.{identifier(name)}", scored, kinds))
        for name, declared in LINKED.items():
            linked = [inputs.people / f"{name}.parquet"] if inputs.people else []
            kinds = ", ".join(f"{identifier(c)} {kind}" for c, kind in declared.items())
            con.execute(_relation(f"linked.{identifier(name)}", linked, kinds))
    finally:
        con.close()
