"""Has the meaning of a column changed? The newest delivery's values beside those of earlier ones, by their spread.

The population stability index (PSI) of each coded, true-or-false or numeric column; above LIMIT somebody should look: a
code list changed, a unit is ten times what it was, a default was flipped. It shouts and stops nothing. Not here: values
that no code list knows, which are refused or noted row by row (typed), and how many rows there are (volume).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from data_contracts.model import FeedContract
from orchestration.landing.manifest import ManifestRow
from orchestration.landing.outcome import LANDED
from orchestration.landing.quoting import identifier, literal, literals

LIMIT = 0.25  # the usual word for "changed much" (0.1: "a little")
LEAST_ROWS = 200  # on either side: fewer say nothing
MOST_EARLIER = 8  # deliveries
BINS = 10
_NUMERIC = ("integer", "number")
_SPREAD = (*_NUMERIC, "boolean")


@dataclass(frozen=True, slots=True)
class Shift:
    """A column whose values are spread unlike before."""

    delivery_id: str
    feed: str
    force_code: str
    file_name: str
    column: str
    psi: float


def psi(new: Sequence[int], old: Sequence[int]) -> float:
    """The index of two counts by class, half a row added to each class so that an empty one has a logarithm."""
    total_new, total_old = sum(new) + len(new) / 2, sum(old) + len(old) / 2
    shares = [((n + 0.5) / total_new, (o + 0.5) / total_old) for n, o in zip(new, old, strict=True)]
    return math.fsum((p - q) * math.log(p / q) for p, q in shares)


def shifts(
    con: duckdb.DuckDBPyConnection, rows: Sequence[ManifestRow], contract: FeedContract
) -> list[Shift]:
    """Columns of the newest delta, and of the newest extract, unlike those before. rows: of one force and feed."""
    used = sorted(
        (r for r in rows if r.state == LANDED and r.part and r.outcome.rows_accepted),
        key=lambda r: (r.delivery_date, r.outcome.delivery_id),
    )
    found: list[Shift] = []
    for mode in ("delta", "full"):
        own = [r for r in used if r.outcome.mode == mode]
        if own:
            found += _shifts(con, own[-1], own[:-1][-MOST_EARLIER:], contract)
    return found


def _shifts(
    con: duckdb.DuckDBPyConnection,
    newest: ManifestRow,
    earlier: Sequence[ManifestRow],
    contract: FeedContract,
) -> list[Shift]:
    if min(newest.outcome.rows_accepted, sum(r.outcome.rows_accepted for r in earlier)) < LEAST_ROWS:
        return []
    o = newest.outcome
    read = (c for c in contract.columns if not c.is_ignored and (c.codes or c.logical_type in _SPREAD))
    kinds = {c.name: c.logical_type for c in read}
    found = []
    for name in sorted({f.name for f in contract.canonical.fields} & kinds.keys()):
        counts = _counts(con, newest, earlier, name, is_number=kinds[name] in _NUMERIC)
        value = psi([n for n, _ in counts], [n for _, n in counts]) if len(counts) > 1 else 0.0
        if value > LIMIT:
            found.append(Shift(o.delivery_id, o.feed, o.force_code, o.file_name, name, round(value, 2)))
    return found


def _counts(
    con: duckdb.DuckDBPyConnection,
    newest: ManifestRow,
    earlier: Sequence[ManifestRow],
    name: str,
    *,
    is_number: bool,
) -> list[tuple[int, int]]:
    """Rows of the newest and of the earlier by class: value, or tenth of the earlier values; empty is a class."""
    deliveries = [r.outcome.delivery_id for r in (newest, *earlier)]
    parts = sorted({r.part for r in (newest, *earlier) if r.part})
    column = identifier(name)
    edges = f"(select quantile_cont({column}, [{', '.join(f'0.{n}' for n in range(1, BINS))}]) from v where not is_new)"
    by = (
        f"len(list_filter(edges, lambda edge: edge < {column}))"
        if is_number
        else f"cast({column} as varchar)"
    )
    return con.execute(f"""
        with v as (
            select {column}, delivery_id = {literal(newest.outcome.delivery_id)} as is_new
            from read_parquet([{literals(parts)}], union_by_name = true)
            where delivery_id in ({literals(deliveries)})
        )
        select count(*) filter (is_new), count(*) filter (not is_new)
        from v{f", (select {edges} as edges)" if is_number else ""}
        group by case when {column} is not null then {by} end
        order by all
    """).fetchall()


def sentences(found: Sequence[Shift]) -> list[str]:
    """One a delivery: which columns changed."""
    by_file: dict[tuple[str, str], list[Shift]] = {}
    for shift in found:
        by_file.setdefault((shift.file_name, shift.feed), []).append(shift)
    told = {file: ", ".join(f"{s.column} (PSI {s.psi:.2f})" for s in some) for file, some in by_file.items()}
    return [
        f"{name} ({feed}): values are spread unlike before in {columns}; ask the force whether a code, a unit or a "
        "default changed"
        for (name, feed), columns in told.items()
    ]


def by_slot(rows: Sequence[ManifestRow]) -> Mapping[tuple[str, str], list[ManifestRow]]:
    """Person-level deliveries by force and feed."""
    found: dict[tuple[str, str], list[ManifestRow]] = {}
    for row in rows:
        if row.is_typed:
            found.setdefault((row.outcome.force_code, row.outcome.feed), []).append(row)
    return found
