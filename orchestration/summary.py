"""What a night did, as one JSON object and as a few lines for a person. The stable interface of OUT/runs/<run>/.

Not here: progress while it runs (progress), the receipt of a pack (profiles/publish/receipt).
"""

import json
from pathlib import Path
from typing import Any

from orchestration.landing.manifest import ManifestRow
from orchestration.night import STAGES, Night
from orchestration.steps.land import manifest_of
from orchestration.steps.publish import PackMade

_MOST_FORCES = 9
_SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def _delivery(row: ManifestRow) -> dict[str, Any]:
    o = row.outcome
    newest = row.newest_record if row.is_typed else row.delivery_date.isoformat() if row.rows_loaded else ""
    return {
        "feed": o.feed, "force": o.force_code, "period": o.period, "mode": o.mode, "file": o.file_name,
        "delivery_id": o.delivery_id, "state": row.state, "reason": o.reason, "rows_in": o.rows_in,
        "rows_accepted": o.rows_accepted, "rows_refused": o.rows_refused, "rows_loaded": row.rows_loaded,
        "rows_exact_duplicate": row.rows_exact_duplicate, "rows_superseded": row.rows_superseded,
        "refused_rows": [{"reason": r.reason, "rows": r.n_rows, "first_line": r.first_line} for r in o.refused_rows],
        "volume_ratio": row.volume_ratio, "is_volume_suspect": row.is_volume_suspect, "notes": list(o.notes),
        "is_person_level": row.is_typed, "newest_record": newest,
    }  # fmt: skip


def _pack(made: PackMade) -> dict[str, Any]:
    return {
        "force": made.force_code, "profile": made.file_name or made.profile, "pack_id": made.pack_id,
        "pdf": made.pdf, "pages": made.pages,
        "seconds": round(made.seconds, 3), "render_seconds": round(made.render_seconds, 3),
        "warnings": list(made.warnings), "problem": made.problem,
    }  # fmt: skip


def _feeds(deliveries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The accounts of each force and feed, and the day of its newest record."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for d in deliveries:
        start = {"force": d["force"], "feed": d["feed"], "is_person_level": d["is_person_level"], "deliveries": 0,
                 **dict.fromkeys(_SUMS, 0), "newest_record": ""}  # fmt: skip
        sums = found.setdefault((d["force"], d["feed"]), start)
        sums["deliveries"] += 1
        sums["newest_record"] = max(sums["newest_record"], d["newest_record"])
        for name in _SUMS:
            sums[name] += d[name]
    return [found[key] for key in sorted(found)]


def _warnings(night: Night, deliveries: list[dict[str, Any]]) -> list[str]:
    found = [f"{d['file']} was refused: {d['reason']}" for d in deliveries if d["state"] == "refused"]
    found += [
        f"{d['file']} holds {d['rows_in']:,} rows, {d['volume_ratio']:.2f} of its force's usual "
        + ("month" if len(d["period"]) == len("YYYY-MM") else f"number in {d['feed']}")
        for d in deliveries
        if d["is_volume_suspect"]
    ]
    failed = night.facts.get("expectations", {}).get("failed", [])
    found += [f"{f['rule']}: {f['n_unexpected']:,} rows of the sample ({f['fraction']:.2%})" for f in failed]
    return [*found, *night.facts.get("decision_refusals", [])]


def summarise(night: Night, problem: str, total_seconds: float) -> dict[str, Any]:
    """The summary of a run; `problem` is the sentence that ended it, empty when all went well."""
    facts = night.facts
    deliveries = [_delivery(r) for r in manifest_of(night).rows] if "as_of" in facts else []
    packs = [_pack(m) for m in facts.get("made", [])]
    stages = {name: {"seconds": round(night.seconds[name], 3)} for name in STAGES}
    working = sum(s["seconds"] for s in stages.values())
    return {
        "run": night.run_id,
        "outcome": "failed" if problem else "succeeded",
        "problem": problem,
        "as_of": facts.get("as_of"),
        "landing": str(night.landing),
        "generation": facts.get("generation"),
        "seconds": round(total_seconds, 3),
        "start_up_seconds": round(max(0.0, total_seconds - working), 3),
        "stages": stages,
        "rows": {name: sum(d[name] for d in deliveries) for name in _SUMS},
        "feeds": _feeds(deliveries),
        "deliveries": deliveries,
        "packs": packs,
        "warnings": _warnings(night, deliveries),
        "copies": facts.get("copies", []),
        "left_alone": facts.get("left_alone", []),
        "refused_files": facts.get("refused_files", []),
        "expectations": facts.get("expectations"),
    }


def write_summary(summary: dict[str, Any], folder: Path) -> Path:
    """Write summary.json into the run's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "summary.json"
    path.write_text(json.dumps(summary, indent=1, sort_keys=True) + "\n")
    return path


def _capped(title: str, lines: list[str], cap: int = 8) -> list[str]:
    if not lines:
        return []
    more = [f"  … and {len(lines) - cap} more in summary.json"] if len(lines) > cap else []
    return [title, *(f"  {line}" for line in lines[:cap]), *more]


def _by_reason(sentences: list[str]) -> list[str]:
    """Files left alone for the same reason on one line; a file alone keeps its own sentence."""
    grouped: dict[str, list[str]] = {}
    for sentence in sentences:
        grouped.setdefault(sentence.partition(": ")[2] or sentence, []).append(sentence)
    return [found[0] if len(found) == 1 else f"{len(found)} files: {why}" for why, found in grouped.items()]


def _feed_table(feeds: list[dict[str, Any]]) -> list[str]:
    """Rows loaded of each person-level feed, a column a force while there are few; nothing without such feeds."""
    found = [feed for feed in feeds if feed["is_person_level"]]
    if not found:
        return []
    forces = sorted({feed["force"] for feed in found})
    columns = forces if len(forces) <= _MOST_FORCES else []
    lines = [f"  {'':<17}" + "".join(f"{force[:12]:>13}" for force in (*columns, "all forces", "refused"))]
    for name in sorted({feed["feed"] for feed in found}):
        of_feed = [feed for feed in found if feed["feed"] == name]
        loaded = {feed["force"]: feed["rows_loaded"] for feed in of_feed}
        sums = [sum(loaded.values()), sum(feed["rows_refused"] for feed in of_feed)]
        cells = [f"{loaded[force]:,}" if force in loaded else "-" for force in columns]
        lines.append(f"  {name:<17}" + "".join(f"{cell:>13}" for cell in (*cells, *(f"{n:,}" for n in sums))))
    return [f"Person-level feeds of {len(forces)} forces, rows as they stand:", *lines]


def in_words(summary: dict[str, Any], packs_folder: Path) -> str:
    """The summary for a person: packs, rows, time, and what was refused."""
    rows, packs = summary["rows"], [p for p in summary["packs"] if p["pdf"]]
    stages = "   ".join(f"{name} {s['seconds']:.1f} s" for name, s in summary["stages"].items())
    share = summary["start_up_seconds"] / summary["seconds"] if summary["seconds"] else 0
    lines = [
        "",
        f"{len(packs)} draft pack{'' if len(packs) == 1 else 's'} as of {summary['as_of']}: {packs_folder}",
        f"Rows: {rows['rows_in']:,} in = {rows['rows_accepted']:,} accepted + {rows['rows_refused']:,} refused; "
        f"accepted = {rows['rows_loaded']:,} loaded + {rows['rows_exact_duplicate']:,} exact duplicates + "
        f"{rows['rows_superseded']:,} superseded",
        *_feed_table(summary["feeds"]),
        f"Time: {summary['seconds']:.1f} s = {stages}   start-up {summary['start_up_seconds']:.1f} s ({share:.0%})",
        *_capped("Look at:", summary["warnings"]),
        *_capped("No pack:", [p["problem"] for p in summary["packs"] if p["problem"]]),
        *_capped("Refused unopened:", summary["refused_files"]),
        *_capped("Left alone:", _by_reason(summary["left_alone"]), 3),
        *_capped("Second copies:", summary["copies"], 3),
        "Drafts only: a person reviews and releases. Scores and rules flag; people decide.",
    ]
    return "\n".join(lines)
