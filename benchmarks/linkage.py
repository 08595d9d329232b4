"""Linkage of invented mentions beside bare Splink on the same distinct mentions, rules and model; and an increment.

The mentions are drawn by SQL from names, dates and addresses with errors, four for each person, always the same. Not
here: how good a linkage is (docs/linkage-quality.md).
"""

import logging
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from benchmarks.apart import cost_of
from conflation.model import load
from conflation.nightly import link_night
from conflation.sayings import IDENTITY
from conflation.workspace import ask, text, workspace
from orchestration.steps.conflate import SHIPPED

PER_PERSON = 4
MOST_RATIO, MOST_INCREMENT = 1.5, 0.05  # of bare Splink; of the full linkage, for the last hundredth


def bench_linkage(n_mentions: int, work: Path) -> Iterator[str]:
    """Lines of the report: full linkage, bare Splink, an increment of a hundredth."""
    work.mkdir(parents=True, exist_ok=True)
    mentions, nodes = work / "mentions.parquet", work / "nodes.parquet"
    invent(mentions, n_mentions)
    ours = cost_of(link_all, mentions, work / "full", nodes)
    bare = cost_of(bare_splink, nodes, work)
    cost_of(link_all, mentions, work / "steps", None, 99)
    step = cost_of(link_all, mentions, work / "steps", None)
    yield f"Linkage of {n_mentions:,} invented mentions"
    for name, cost in (("ours", ours), ("bare Splink", bare), ("last hundredth", step)):
        yield f"  {name:<16} {cost.cpu:8.1f} CPU s  {cost.peak_mb:8,.0f} MB"
    for name, ratio, most in (
        ("beside bare Splink", ours.cpu / bare.cpu, MOST_RATIO),
        ("last hundredth of the full linkage", step.cpu / ours.cpu, MOST_INCREMENT),
    ):
        yield f"  {name}: {ratio:.2f} (asked {most}){'' if ratio <= most else ' not reached'}"


def invent(path: Path, n_mentions: int) -> None:
    """Write mentions in the columns of a night. One in eight has no date of birth, one in six no address."""
    luck = "(hash({} || ':' || {}) % 1000000) / 1e6"
    who, which = "i // " + str(PER_PERSON), "i"

    def draw(name: str, of: str) -> str:
        return luck.format(f"'{name}'", of)

    def lettered(sql: str) -> str:
        """Digits are no part of a name."""
        return f"translate({sql}, '0123456789', 'aeioulnrst')"

    told = {
        "mention_id": "'m' || i",
        "forename": lettered(f"'fo' || (pow({draw('f', who)}, 2) * 2000)::int"),
        "surname": lettered(f"'su' || (pow({draw('s', who)}, 2) * 60000)::int")
        + f" || case when {draw('typo', which)} < .03 then 'x' else '' end",
        "birth_date": f"case when {draw('nodob', which)} < .125 then null else"
        f" (date '1950-01-01' + (22000 * {draw('d', who)})::int)::varchar end",
        "sex": f"case when {draw('x', who)} < .5 then 'F' else 'M' end",
        "address_line": f"case when {draw('noaddr', which)} < .17 then null else (1 + (90 * {draw('h', who)})::int)"
        f" || ' road' || ({n_mentions // 40} * {draw('a', who)})::int end",
        "phone": f"case when {draw('nophone', which)} < .6 then null else"
        f" '07' || lpad((999999999 * {draw('t', who)})::bigint::varchar, 9, '0') end",
    }
    cells = ", ".join(f"{told.get(name, 'null')}::varchar as {name}" for name in IDENTITY.values())
    with workspace(path.parent / "spill") as con:
        ask(con, f"copy (select {cells} from range({n_mentions}) t(i)) to {text(str(path))} (format parquet)")


def link_all(mentions: Path, kept: Path, nodes: Path | None, share: int = 100) -> None:
    """Link the first `share` hundredths with what is kept; write the nodes that were compared to `nodes`."""
    with workspace(kept / "spill", memory="6GB") as con:
        where = f"hash(mention_id) % 100 < {share}"
        ask(con, f"create table mentions as select * from read_parquet({text(str(mentions))}) where {where}")
        link_night(con, "mentions", load(SHIPPED), kept)
        if nodes:
            ask(con, f"copy nodes to {text(str(nodes))} (format parquet)")
            shutil.rmtree(kept)


def bare_splink(nodes: Path, work: Path) -> None:
    """Splink's own predicting and clustering of the same nodes with the same settings."""
    from splink import DuckDBAPI, Linker

    model = load(SHIPPED)
    with workspace(work / "spill-bare", memory="6GB") as con:
        ask(con, f"create table nodes as from read_parquet({text(str(nodes))})")
        linker = Linker(
            DuckDBAPI(connection=con).register(con.table("nodes")),
            deepcopy(model.artefacts.settings),
            log_level=logging.ERROR,
        )
        found = linker.inference.predict(threshold_match_weight=-3.0, warning_mode="never")
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            found, threshold_match_weight=model.artefacts.terms.join
        )
