"""What a night did, as a page: numbers, stages, packs, the board of feeds, refusals, every delivery.

Made from the summary and the board alone. Not here: both of them (summary, onboarding/board), the look (templates).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orchestration.landing.standing import SET_ASIDE
from orchestration.onboarding.board import NOTHING, STATES, BoardRow, counts
from orchestration.pages.parts import Cell, Head, Section, Table, capped, cells, code, heads, number, render

MOST_SENTENCES = 40
Summary = Mapping[str, Any]


def run_page(
    summary: Summary, board: Sequence[BoardRow], links: Mapping[str, str], packs: Mapping[str, str]
) -> str:
    """The page. links: path to the page of a delivery, by its id; packs: path to a pack's PDF, by force."""
    sections = [
        _refusals(summary, links), _board(board), _packs(summary, packs), _feeds(summary), _deliveries(summary, links),
        _stages(summary),
    ]  # fmt: skip
    return render(
        "run", title=f"Night as of {summary['as_of'] or 'no date'} – Force Profiles",
        heading=f"Night as of {summary['as_of'] or 'no date'}", outcome=summary["outcome"],
        lines=[f"Run {summary['run']}", f"Landing place: {summary['landing']}"], numbers=_numbers(summary),
        problems=[summary["problem"]] if summary["problem"] else [],
        warnings=capped(summary["warnings"], MOST_SENTENCES, "in summary.json"), sections=sections,
        refused_files=capped(summary["refused_files"], MOST_SENTENCES, "in summary.json"),
        left_alone=capped(summary["left_alone"], MOST_SENTENCES, "in summary.json"),
        copies=capped(summary["copies"], MOST_SENTENCES, "in summary.json"),
    )  # fmt: skip


def _numbers(summary: Summary) -> list[tuple[str, str]]:
    rows, packs = summary["rows"], [p for p in summary["packs"] if p["pdf"]]
    return [
        ("Draft packs", number(len(packs))),
        ("Deliveries", number(len(summary["deliveries"]))),
        ("Rows in", number(rows["rows_in"])),
        ("Rows accepted", number(rows["rows_accepted"])),
        ("Rows refused", number(rows["rows_refused"])),
        ("Seconds", f"{summary['seconds']:,.1f}"),
    ]


def _stages(summary: Summary) -> Section:
    total = summary["seconds"] or 1.0
    spent = {
        **{name: s["seconds"] for name, s in summary["stages"].items()},
        "start-up": summary["start_up_seconds"],
    }
    rows = [
        cells(
            name,
            Cell(f"{seconds:,.2f}"),
            Cell(f"{seconds / total:.0%} of the night", bar=round(100 * seconds / total)),
        )
        for name, seconds in spent.items()
    ]
    table = Table(
        "Seconds of each stage, and its share of the night", heads("Stage", "#Seconds", "Share"), rows
    )
    return Section("stages", "Stages", tables=[table])


def _packs(summary: Summary, packs: Mapping[str, str]) -> Section:
    rows = [
        cells(
            p["force"], Cell(p["pack_id"] or "–", link=packs.get(p["force"], "")), p["pages"] or None,
            "; ".join(p["warnings"]) or p["problem"] or "–",
        )
        for p in summary["packs"]
    ]  # fmt: skip
    table = Table("Draft packs on the shelf", heads("Force", "Pack", "#Pages", "To know"), rows)
    return Section("packs", "Packs", tables=[table], empty="This run made no packs.")


def _board(board: Sequence[BoardRow]) -> Section:
    forces = list(dict.fromkeys(row.force for row in board))
    by_slot = {(row.force, row.feed): row for row in board}
    feeds = [
        f
        for f in dict.fromkeys(row.feed for row in board)
        if any(by_slot[x, f].state != NOTHING for x in forces)
    ]
    rows = [[code(feed), *(_slot(by_slot[force, feed]) for force in forces)] for feed in feeds]
    table = Table(
        "Each feed of each force; beside it how many deliveries were refused and not put right since",
        [Head("Feed"), *(Head(force) for force in forces)], rows, kind="board",
    )  # fmt: skip
    found = counts(board)
    words = ", ".join(f"{found[state]:,} {state}" for state in STATES if state != NOTHING and found[state])
    stale = [row for row in board if row.state == "stale"]
    late = Table(
        "Feeds that are stale", heads("Force", "Feed", "Newest delivery", "#Days ago", "#Days allowed"),
        [cells(r.force, code(r.feed), r.newest_delivery, r.age_days, r.freshness_days) for r in stale],
    )  # fmt: skip
    return Section("board", "Feeds", words, [table, *([late] if stale else [])], "No feed is declared.")


def _slot(row: BoardRow) -> Cell:
    said = [f"{row.open_refusals:,} refused"] if row.open_refusals else []
    said += [f"{row.set_aside:,} set aside"] if row.set_aside else []
    return Cell(", ".join(said), state=row.state)


def _feeds(summary: Summary) -> Section:
    names = (
        "rows_in",
        "rows_accepted",
        "rows_refused",
        "rows_loaded",
        "rows_exact_duplicate",
        "rows_superseded",
    )
    rows = [
        cells(
            f["force"],
            code(f["feed"]),
            f["deliveries"],
            *(f[name] for name in names),
            f["newest_record"],
        )
        for f in summary["feeds"]
    ]
    titles = ("#In", "#Accepted", "#Refused", "#Loaded", "#Duplicate", "#Superseded")
    table = Table(
        "In = accepted + refused; accepted = loaded + exact duplicate + superseded",
        heads("Force", "Feed", "#Deliveries", *titles, "Newest record"), rows,
    )  # fmt: skip
    return Section("rows", "Rows", tables=[table], empty="Nothing has landed.")


def _refusals(summary: Summary, links: Mapping[str, str]) -> Section:
    refused = [d for d in summary["deliveries"] if d["state"] in ("refused", *SET_ASIDE)]
    whole = Table(
        "Deliveries that are not used", heads("File", "State", "Why"),
        [cells(_file(d, links), Cell(state=d["state"]), d["reason"]) for d in refused],
    )  # fmt: skip
    rows = [
        cells(_file(d, links), r["reason"], r["rows"], r["first_line"])
        for d in summary["deliveries"]
        if d["state"] not in ("refused", *SET_ASIDE)
        for r in d["refused_rows"]
    ]
    part = Table("Rows that were refused, by reason", heads("File", "Why", "#Rows", "#First line"), rows)
    return Section(
        "refusals", "Refusals", tables=[t for t in (whole, part) if t.rows], empty="Nothing was refused."
    )


def _file(delivery: Mapping[str, Any], links: Mapping[str, str]) -> Cell:
    return Cell(delivery["file"], link=links.get(delivery["delivery_id"], ""))


def _deliveries(summary: Summary, links: Mapping[str, str]) -> Section:
    by_force: dict[str, list[Mapping[str, Any]]] = {}
    for delivery in summary["deliveries"]:
        by_force.setdefault(delivery["force"], []).append(delivery)
    tables = [_of_force(force, listed, links) for force, listed in sorted(by_force.items())]
    words = "Every delivery that this night is made of, tonight's and earlier ones. Open a force to see them."
    return Section("deliveries", "Deliveries", words, tables, "Nothing has been delivered.")


def _of_force(force: str, deliveries: Iterable[Mapping[str, Any]], links: Mapping[str, str]) -> Table:
    ordered = sorted(deliveries, key=lambda d: (d["period"], d["feed"], d["file"]), reverse=True)
    rows = [
        cells(
            _file(d, links), code(d["feed"]), d["period"], d["mode"], Cell(state=d["state"]), d["rows_in"],
            d["rows_refused"], "; ".join(d["notes"]) or "–",
        )
        for d in ordered
    ]  # fmt: skip
    return Table(
        f"Deliveries of {force}, newest first",
        heads("File", "Feed", "Day", "Mode", "State", "#Rows in", "#Refused", "Noted"), rows,
        is_folded=True, summary=f"{force}: {len(ordered):,} deliveries",
    )  # fmt: skip
