"""A rehearsal in words.

Not here: the rehearsal (rehearsal).
"""

from typing import Any


def in_words(report: dict[str, Any]) -> str:
    """What the new feed would change."""
    landing, staging = report["landing"], report["staging"]
    lines = [
        f"Rehearsed {report['force']} {report['feed']}, as of {report['as_of']}; nothing of the real night was touched."
    ]
    for delivery in landing["deliveries"]:
        why = f", because {delivery['reason']}" if delivery["reason"] else ""
        lines.append(f"  {delivery['file']} ({delivery['mode']}): {delivery['state']}{why}")
        limits = f"between {delivery['floor']:,} and {delivery['ceiling']:,} are expected"
        lines.append(
            f"    {delivery['rows_in']:,} rows ({limits}) = {delivery['rows_accepted']:,} accepted + "
            f"{delivery['rows_refused']:,} refused; {delivery['rows_loaded']:,} would stand"
        )
        lines += [f"    {r['rows']:,} × {r['reason_code']}: {r['reason']}" for r in delivery["refused_rows"]]
        lines += [f"    note: {note}" for note in delivery["notes"]]
    lines += [f"  not read: {said}" for said in landing["not_read"]]
    empty = [name for name, share in landing["filled"].items() if share == 0]
    if empty:
        lines.append(f"  never filled: {', '.join(empty)}")
    lines += [line for field, codes in landing["codes"].items() if (line := _codes(field, codes))]
    rows = f"{staging['rows_before']:,} → {staging['rows_after']:,} rows"
    tests = f"{staging['tests']} tests, {len(staging['failed'])} failed"
    lines.append(f"  {staging['model']}: {rows}, {tests}")
    lines += [f"    {said}" for said in staging["failed"]]
    lines.append(f"  A night would take about {report['minutes_added']:.2f} minutes longer.")
    lines.append("  What it would change in persons and packs cannot be rehearsed yet.")
    lines.append(_verdict(report))
    return "\n".join(lines)


def _verdict(report: dict[str, Any]) -> str:
    if not report["may_go_live"]:
        return "It is not ready yet."
    if report["unconfirmed"]:
        return f"It would hold; {report['unconfirmed']} guesses are to be confirmed before it may go live."
    return "It may go live: say status: active in its contract."


def _codes(field: str, codes: dict[str, int]) -> str:
    seen = {code: n for code, n in codes.items() if n}
    unseen = [code for code, n in codes.items() if not n]
    if not seen:
        return ""
    listed = ", ".join(f"{code} {n:,}" for code, n in seen.items())
    return f"  {field}: {listed}" + (
        f"; never {', '.join(unseen[:6])}{' …' if len(unseen) > 6 else ''}" if unseen else ""
    )
