"""The answer of `feed check` in words.

Not here: the check (checking).
"""

from typing import Any

MOST_MARKS = 8


def in_words(answer: dict[str, Any]) -> str:
    """The whole answer."""
    covered = answer["coverage"]
    marks = answer["unconfirmed"]
    lines = [f"{', '.join(answer['contracts'])} ({', '.join(answer['status']) or 'does not read'})"]
    lines += [f"  {problem}" for problem in answer["problems"]] or ["  The contract is whole."]
    lines.append(
        f"Fields: {len(covered['bound'])} bound, {len(covered['not_held'])} of the feed not held, "
        f"{len(covered['left_out'])} headings left out."
    )
    if covered["missing"]:
        lines.append(f"  Needed and bound to nothing: {', '.join(covered['missing'])}")
    if covered["not_held"]:
        lines.append(f"  Not held: {', '.join(covered['not_held'])}")
    if marks:
        doubts = sum(mark["is_doubt"] for mark in marks)
        lines.append(f"Not confirmed yet: {len(marks)} guesses, {doubts} of them in doubt.")
        first = sorted(marks, key=lambda mark: not mark["is_doubt"])[:MOST_MARKS]
        lines += [f"  line {mark['line']}: {mark['said']}" for mark in first]
    for sample in answer["samples"]:
        lines += ["", *_sample(sample)]
    lines += ["", "It holds." if answer["holds"] else "It does not hold yet."]
    return "\n".join(lines)


def _sample(sample: dict[str, Any]) -> list[str]:
    as_ = "" if sample["read_as"].endswith(sample["sample"]) else f", read as {sample['read_as']}"
    lines = [
        f"{sample['sample']}{as_}: {sample['state']}"
        + (f", because {sample['reason']}" if sample["reason"] else "")
    ]
    if "rows_in" in sample:
        accepted, refused = sample["rows_accepted"], sample["rows_refused"]
        lines.append(f"  {sample['rows_in']:,} rows in = {accepted:,} accepted + {refused:,} refused")
    lines += [f"  note: {note}" for note in sample["notes"]]
    lines += [
        f"  {r['n_rows']:,} × {r['reason_code']}: {r['reason']} (first on line {r['first_line']:,})"
        for r in sample["refused_rows"]
    ]
    if sample["first_refused"]:
        lines.append(f"  The first {len(sample['first_refused'])} refused rows:")
        lines += [
            f"    line {row['line']:>6}  {row['reason_code']:<26}  {row['raw'][:120]}"
            for row in sample["first_refused"]
        ]
    return lines
