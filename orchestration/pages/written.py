"""Writing the pages of a run: one for the run, and one for each delivery that is new or has something to tell.

    OUT/runs/<run>/summary.html           the run
    OUT/runs/<run>/deliveries/<id>.html   a delivery that came tonight, was refused, or has refused rows or notes

Not here: what the pages say (run_page, delivery_page).
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data_contracts.model import FeedContract
from orchestration.landing.manifest import ManifestRow
from orchestration.landing.store import Store, contract_hash
from orchestration.night import Night
from orchestration.onboarding.board import BoardRow, make_board
from orchestration.onboarding.feed_status import rehearsed
from orchestration.pages.delivery_page import delivery_page
from orchestration.pages.run_page import run_page
from orchestration.steps.validate import Validation

MOST_PAGES = 3_000  # of deliveries in one run
MOST_LINES = 10  # line numbers for each reason


def write_pages(worlds: Sequence[tuple[Night, Sequence[ManifestRow]]], summary: Mapping[str, Any]) -> Path:
    """Write the pages of a run beside its summary; returns that of the run. worlds: nights and deliveries."""
    first = worlds[0][0]
    folder = first.layout.run(first.run_id)
    links: dict[str, str] = {}
    for night, rows in worlds:
        told = [row for row in rows if _is_told(row, night.facts.get("new_deliveries", ()))][:MOST_PAGES]
        links |= _write_deliveries(night, told, folder) if told else {}
    page = run_page(summary, _board(worlds), links, _packs(summary, folder))
    path = folder / "summary.html"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _is_told(row: ManifestRow, new: Sequence[str]) -> bool:
    o = row.outcome
    return o.delivery_id in new or bool(o.reason or o.refused_rows or o.notes)


def _board(worlds: Sequence[tuple[Night, Sequence[ManifestRow]]]) -> list[BoardRow]:
    """One board for all worlds: a feed stands as in the world that holds deliveries of it."""
    board: dict[tuple[str, str], BoardRow] = {}
    for night, rows in worlds:
        as_of = night.as_of if "as_of" in night.facts else None
        for line in make_board(
            night.registry, rows, as_of, rehearsed(night.settings.out, night.registry.drafts)
        ):
            if line.deliveries or (line.force, line.feed) not in board:
                board[line.force, line.feed] = line
    return [board[slot] for slot in sorted(board)]


def _packs(summary: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Path to each pack from the folder of the run."""
    return {p["force"]: os.path.relpath(p["pdf"], folder) for p in summary["packs"] if p["pdf"]}


def _write_deliveries(night: Night, rows: Sequence[ManifestRow], folder: Path) -> dict[str, str]:
    """A page for each; returns the path to it from the run's page, by delivery."""
    store = Store(night.layout.landed, night.layout.quarantine)
    contracts = {contract_hash(contract): contract for contract in night.registry.contracts}
    place = folder / "deliveries"
    place.mkdir(parents=True, exist_ok=True)
    found = (Validation.from_json(raw) for raw in night.facts.get("validations", ()))
    validations = {one.delivery_id: one for one in found}
    for row in rows:
        asked = validations.get(row.outcome.delivery_id)
        page = delivery_page(row, _contract(row, contracts), _lines(store, row), "../summary.html", asked)
        (place / f"{row.outcome.delivery_id}.html").write_text(page, encoding="utf-8", newline="\n")
    return {row.outcome.delivery_id: f"deliveries/{row.outcome.delivery_id}.html" for row in rows}


def _contract(row: ManifestRow, contracts: Mapping[str, FeedContract]) -> FeedContract | None:
    return contracts.get(row.outcome.contract_hash)


def _lines(store: Store, row: ManifestRow) -> dict[str, list[int]]:
    """The first line numbers of each reason, from quarantine; the rows themselves are not looked at."""
    import pyarrow.parquet as pq

    o = row.outcome
    path = store.quarantine_path(o.feed, o.force_code, o.delivery_id)
    if not o.refused_rows or not path.is_file():
        return {}
    found: dict[str, list[int]] = {}
    for item in pq.read_table(path, columns=["line_number", "reason_code"]).to_pylist():
        listed = found.setdefault(item["reason_code"], [])
        if len(listed) < MOST_LINES:
            listed.append(item["line_number"])
    return found
