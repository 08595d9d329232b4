"""What a run did, as one JSON object: the stable interface of OUT/runs/<run>/.

Not here: the same in words (summary_words), progress while it runs (progress), the receipt of a pack
(profiles/publish/receipt).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.landing.manifest import ManifestRow
from orchestration.landing.standing import SET_ASIDE
from orchestration.night import STAGES, Night
from orchestration.steps.land import manifest_of
from orchestration.steps.publish import PackMade

_SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def _delivery(night: Night, row: ManifestRow) -> dict[str, Any]:
    o = row.outcome
    newest = row.newest_record if row.is_typed else row.delivery_date.isoformat() if row.rows_loaded else ""
    return {
        "feed": o.feed, "force": o.force_code, "period": o.period, "mode": o.mode, "file": o.file_name,
        "delivery_id": o.delivery_id, "state": row.state, "reason": o.reason, "reason_code": o.reason_code,
        "reached": o.reached, "is_verified": bool(o.manifest_sha256), "rows_in": o.rows_in,
        "rows_accepted": o.rows_accepted, "rows_refused": o.rows_refused, "rows_loaded": row.rows_loaded,
        "rows_exact_duplicate": row.rows_exact_duplicate, "rows_superseded": row.rows_superseded,
        "refused_rows": [{"reason": r.reason, "rows": r.n_rows, "first_line": r.first_line} for r in o.refused_rows],
        "rows_ahead": row.rows_ahead,
        "volume_ratio": row.volume_ratio, "is_volume_suspect": row.is_volume_suspect, "notes": list(o.notes),
        "is_person_level": row.is_typed, "newest_record": newest, "world": night.layout.world,
    }  # fmt: skip


def _pack(night: Night, made: PackMade) -> dict[str, Any]:
    return {
        "force": made.force_code, "profile": made.file_name or made.profile, "pack_id": made.pack_id,
        "pdf": made.pdf, "pages": made.pages,
        "seconds": round(made.seconds, 3), "render_seconds": round(made.render_seconds, 3),
        "warnings": list(made.warnings), "problem": made.problem, "world": night.layout.world,
        "as_of": night.facts.get("as_of"),
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
        f"{d['file']} ({d['feed']}, {d['delivery_id'][:8]}) is {d['state']}: {d['reason']}"
        for d in deliveries
        if d["state"] in SET_ASIDE
    ]
    found += [
        f"{d['file']} has {d['rows_ahead']:,} rows of {d['feed']} recorded after it was sent: a clock runs ahead"
        for d in deliveries
        if d["rows_ahead"]
    ]
    if unverified := sum(not d["is_verified"] for d in deliveries if d["is_person_level"]):
        found.append(f"{unverified:,} person-level deliveries came without a manifest and are unverified")
    found += [
        f"{d['file']} holds {d['rows_in']:,} rows, {d['volume_ratio']:.2f} of its force's usual "
        + ("month" if len(d["period"]) == len("YYYY-MM") else f"number in {d['feed']}")
        for d in deliveries
        if d["is_volume_suspect"] and d["state"] not in SET_ASIDE
    ]
    failed = night.facts.get("expectations", {}).get("failed", [])
    found += [f"{f['rule']}: {f['n_unexpected']:,} rows of the sample ({f['fraction']:.2%})" for f in failed]
    told = ("linkage_warnings", "shifts", "decision_refusals")
    return [*found, *(sentence for name in told for sentence in night.facts.get(name, []))]


def summarise(nights: Sequence[Night], total_seconds: float) -> dict[str, Any]:
    """The summary of a run: of its one night, or of several put together, with an account of each under `worlds`.

    The run has a problem where nothing at all could be done; what ended one night of several is a warning.
    """
    deliveries = [_deliveries(night) for night in nights]
    problems = [night.failed.partition(": ")[2] for night in nights]
    worlds = [_world(*one) for one in zip(nights, deliveries, problems, strict=True)]
    is_lost = all(problems)
    stages = {name: {"seconds": round(sum(n.seconds[name] for n in nights), 3)} for name in STAGES}
    working = sum(s["seconds"] for s in stages.values())
    every = [one for of_night in deliveries for one in of_night]
    warnings = [
        f"{n.landing}: {said}" for n, said in zip(nights, problems, strict=True) if said and not is_lost
    ]
    for night, own in zip(nights, deliveries, strict=True):
        warnings += _warnings(night, own)

    def gathered(name: str) -> list[str]:
        return [said for night in nights for said in night.facts.get(name, [])]

    leads = next((world for world in worlds if not world["problem"]), worlds[0])
    return {
        "run": nights[0].run_id,
        "outcome": "failed" if is_lost else "succeeded",
        "problem": " ".join(problems) if is_lost else "",
        **{name: leads[name] for name in ("as_of", "landing", "generation", "expectations", "linkage")},
        "seconds": round(total_seconds, 3),
        "start_up_seconds": round(max(0.0, total_seconds - working), 3),
        "stages": stages,
        "rows": {name: sum(d[name] for d in every) for name in _SUMS},
        "feeds": _feeds(every),
        "deliveries": every,
        "packs": [_pack(night, made) for night in nights for made in night.facts.get("made", [])],
        "warnings": warnings,
        "copies": gathered("copies"),
        "left_alone": gathered("left_alone"),
        "refused_files": gathered("refused_files"),
        "worlds": worlds,
    }


def _deliveries(night: Night) -> list[dict[str, Any]]:
    return [_delivery(night, row) for row in manifest_of(night).rows] if "as_of" in night.facts else []


def _world(night: Night, deliveries: list[dict[str, Any]], problem: str) -> dict[str, Any]:
    """The account of one night: one landing place with its own warehouse and its own as-of date."""
    return {
        "world": night.layout.world,
        "landing": str(night.landing),
        "as_of": night.facts.get("as_of"),
        "generation": night.facts.get("generation"),
        "expectations": night.facts.get("expectations"),
        "outcome": "failed" if problem else "succeeded",
        "problem": problem,
        "seconds": round(sum(night.seconds.values()), 3),
        "rows": {name: sum(d[name] for d in deliveries) for name in _SUMS},
        "packs": sum(1 for made in night.facts.get("made", []) if made.pdf),
        "linkage": night.facts.get("linkage"),
    }


def write_summary(summary: dict[str, Any], folder: Path) -> Path:
    """Write summary.json into the run's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "summary.json"
    path.write_text(json.dumps(summary, indent=1, sort_keys=True) + "\n")
    return path
