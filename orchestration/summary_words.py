"""The summary of a run as a few lines for a person. Not here: what stands in a summary (summary)."""

from pathlib import Path
from typing import Any

_MOST_FORCES = 9


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


def _packs_by_day(packs: list[dict[str, Any]], folder: Path) -> list[str]:
    """How many packs lie on the shelf for each as-of date: one date for each landing place of the run."""
    days = sorted({pack["as_of"] for pack in packs})
    counts = {day: sum(pack["as_of"] == day for pack in packs) for day in days}
    return [f"{n} draft pack{'' if n == 1 else 's'} as of {day}: {folder / day}" for day, n in counts.items()]


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


def _linkage(found: dict[str, Any] | None) -> list[str]:
    """Who is who, in a line; nothing where no mention landed."""
    if not found or not found["mentions"]:
        return []
    attention = found.get("needs attention", 0)
    said = f"Persons: {found['mentions']:,} mentions are {found['people']:,} persons, {attention:,} to be looked at"
    said += f"; {found['generic_values']:,} generic values struck" if found["generic_values"] else ""
    return [said, *([found["note"]] if found["note"] else []), *_capped("Not taken:", found["refusals"])]


def in_words(summary: dict[str, Any], packs_folder: Path) -> str:
    """The summary for a person: packs, rows, time, and what was refused. packs_folder: OUT/packs."""
    rows, packs = summary["rows"], [p for p in summary["packs"] if p["pdf"]]
    stages = "   ".join(f"{name} {s['seconds']:.1f} s" for name, s in summary["stages"].items())
    share = summary["start_up_seconds"] / summary["seconds"] if summary["seconds"] else 0
    lines = [
        "",
        *_packs_by_day(packs, packs_folder),
        f"Rows: {rows['rows_in']:,} in = {rows['rows_accepted']:,} accepted + {rows['rows_refused']:,} refused; "
        f"accepted = {rows['rows_loaded']:,} loaded + {rows['rows_exact_duplicate']:,} exact duplicates + "
        f"{rows['rows_superseded']:,} superseded",
        *_feed_table(summary["feeds"]),
        *(line for world in summary["worlds"] for line in _linkage(world["linkage"])),
        f"Time: {summary['seconds']:.1f} s = {stages}   start-up {summary['start_up_seconds']:.1f} s ({share:.0%})",
        *_capped("Look at:", summary["warnings"]),
        *_capped("No pack:", [p["problem"] for p in summary["packs"] if p["problem"]]),
        *_capped("Refused unopened:", summary["refused_files"]),
        *_capped("Left alone:", _by_reason(summary["left_alone"]), 3),
        *_capped("Second copies:", summary["copies"], 3),
        "Drafts only: a person reviews and releases. Scores and rules flag; people decide.",
    ]
    return "\n".join(lines)
