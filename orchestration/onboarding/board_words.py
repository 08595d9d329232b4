"""The board in words: a line a feed, a column a force, and below it what needs somebody.

Not here: the board (board).
"""

from collections.abc import Iterator, Sequence

from orchestration.onboarding.board import AWAITED, DRAFTED, LIVE, NOTHING, REHEARSED, STALE, BoardRow

SHOWN = {
    NOTHING: "–",
    DRAFTED: "drafted",
    REHEARSED: "rehearsed",
    AWAITED: "awaited",
    LIVE: "live",
    STALE: "STALE",
}
MOST_FORCES, MOST_LINES = 9, 20


def in_words(board: Sequence[BoardRow], as_of: str | None, unread: Sequence[str] = ()) -> str:
    """The whole board."""
    forces = list(dict.fromkeys(row.force for row in board))
    lines = [
        f"Feeds of {len(forces)} forces" + (f", as of {as_of}" if as_of else "; no night has run here yet")
    ]
    by_slot = {(row.force, row.feed): row for row in board}
    for start in range(0, len(forces), MOST_FORCES):
        some = forces[start : start + MOST_FORCES]
        lines += ["", f"{'':<17}" + "".join(f"{force[:12]:>13}" for force in some)]
        for feed in dict.fromkeys(row.feed for row in board):
            cells = [
                SHOWN[by_slot[force, feed].state] + ("!" if by_slot[force, feed].open_refusals else "")
                for force in some
            ]
            lines.append(f"{feed:<17}" + "".join(f"{cell:>13}" for cell in cells))
    needing = [*(said for row in board if (said := _needs(row))), *_awaited(board)]
    if needing:
        more = [f"  … and {len(needing) - MOST_LINES} more with --json"] if len(needing) > MOST_LINES else []
        lines += [
            "",
            "Needs somebody (! is a refusal that is open):",
            *(f"  {one}" for one in needing[:MOST_LINES]),
            *more,
        ]
    if unread:
        lines += ["", "Drafts that do not read:", *(f"  {one}" for one in unread)]
    return "\n".join(lines)


def _needs(row: BoardRow) -> str:
    """What somebody has to do about a feed; empty for nothing."""
    who = f"{row.force} {row.feed}"
    if row.open_refusals:
        n = f"{row.open_refusals} deliver{'y' if row.open_refusals == 1 else 'ies'} refused"
        return f"{who}: {n}, the last because {row.reason}"
    if row.set_aside and not row.is_fit:
        n = f"{row.set_aside} deliver{'y' if row.set_aside == 1 else 'ies'} set aside"
        return f"{who}: {n}, the last because {row.reason}; `feed release` uses it all the same"
    if row.state == STALE:
        return f"{who}: last came {row.newest_delivery}, {row.age_days} days ago; {row.freshness_days} are allowed"
    if row.state == DRAFTED:
        return f"{who}: drafted; confirm it, `feed check`, `feed rehearse`"
    if row.state == REHEARSED:
        return f"{who}: rehearsed; say status: active in its contract when it may land"
    return ""


def _awaited(board: Sequence[BoardRow]) -> Iterator[str]:
    """One line a force for feeds that have a contract and were never delivered."""
    by_force: dict[str, list[str]] = {}
    for row in board:
        if row.state == AWAITED:
            by_force.setdefault(row.force, []).append(row.feed)
    for force, feeds in by_force.items():
        listed = ", ".join(feeds) if len(feeds) <= 3 else f"{len(feeds)} feeds"
        yield f"{force}: no delivery of {listed} has come yet"
