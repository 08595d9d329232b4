"""The best assignment of columns to fields over all of them at once, and how sure each is.

A column may be no field, and a field no column: that is better than a weak guess. Not here: what speaks for one pair
(evidence).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data_contracts.columns import ALWAYS_BOUND
from data_contracts.drafting.evidence import Evidence, weigh
from data_contracts.drafting.fit import Wanted, carries, is_key, wanted_fields
from data_contracts.drafting.headings import KEY, names_of
from data_contracts.drafting.looks import Look
from data_contracts.model import Canonical

WEAK = 0.36  # below this nothing is assigned
NEEDED = (
    0.25  # but for a field that no contract can do without: then a weak guess, in doubt, is better than none
)
SURE = 0.66  # from this on, with a lead, a guess needs no doubt
HALF = 0.5  # likeness of a heading that is enough where the values speak clearly
NAMED, WHOLE = 0.8, 0.85  # likeness that a heading must have, and how much of a name, unless the values tell
EXACT = 0.97  # likeness of a heading that is a known name of the field, when no other field's name is
LEAD = 0.12  # how far the next best must lie behind


@dataclass(frozen=True, slots=True)
class Match:
    """What one column was taken for. field: empty where nothing fits. rival: what came next, and its score."""

    look: Look
    field: str
    evidence: Evidence | None
    rival: str
    rival_score: float
    is_sure: bool

    @property
    def confidence(self) -> float:
        """0 to 1: the score, less where a rival is near."""
        if self.evidence is None:
            return 0.0
        lead = self.evidence.score - self.rival_score
        return round(self.evidence.score * min(1.0, 0.6 + 0.4 * max(0.0, lead) / 0.3), 2)


def match(looks: Sequence[Look], canonical: Canonical) -> tuple[Match, ...]:
    """A match for each column, in their order."""
    wanted, names = wanted_fields(canonical), names_of(canonical)
    table = [[weigh(look, field, names) for field in wanted] for look in looks]
    needed = _needed(canonical)
    least = [NEEDED if field.name in needed else WEAK for field in wanted]
    chosen = _assign([[cell.score for cell in row] for row in table], least)
    found = tuple(_match(look, wanted, table, number, chosen) for number, look in enumerate(looks))
    return (
        found if any(m.field == KEY and m.is_sure for m in found) else tuple(map(_beside_an_open_key, found))
    )


def _beside_an_open_key(found: Match) -> Match:
    """Where nobody knows which column is the key, one that could be it is in doubt as any other reference."""
    could_be = found.field != KEY and found.field.endswith("_ref") and is_key(found.look)
    return replace(found, is_sure=False) if could_be else found


def _needed(canonical: Canonical) -> frozenset[str]:
    """The fields without which a contract does not hold."""
    return frozenset((*ALWAYS_BOUND, "occurred_from", *(f.name for f in canonical.fields if f.required)))


def _assign(scores: list[list[float]], least: Sequence[float]) -> dict[int, int]:
    """By column the field that makes the sum of scores highest, each used once; weak pairs are left apart.

    least: of each field the score below which it is not assigned.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not scores:
        return {}
    n_fields, known = len(least), np.array(scores)
    wide = np.zeros((len(scores), n_fields + len(scores)))
    wide[:, :n_fields] = np.where(known >= np.array(least), np.maximum(known - WEAK, known / 1000), -1.0)
    rows, columns = linear_sum_assignment(wide, maximize=True)
    return {int(r): int(c) for r, c in zip(rows, columns, strict=True) if c < n_fields and wide[r, c] > 0}


def _match(
    look: Look,
    wanted: Sequence[Wanted],
    table: Sequence[Sequence[Evidence]],
    number: int,
    chosen: dict[int, int],
) -> Match:
    at = chosen.get(number)
    row = table[number]
    score, place = max((cell.score, place) for place, cell in enumerate(row) if place != at)
    if at is None:
        return Match(look, "", None, wanted[place].name if score > 0.2 else "", score, is_sure=False)
    beside = max(
        (r[at].score for other, r in enumerate(table) if other != number and chosen.get(other) != at),
        default=0.0,
    )
    best = row[at]
    is_sure = bool(look.profile.counts) and _is_sure(
        look, wanted[at], best, row[place], max(score, beside), beside
    )
    return Match(look, wanted[at].name, best, wanted[place].name, score, is_sure)


def _is_sure(
    look: Look, wanted: Wanted, best: Evidence, rival: Evidence, next_best: float, beside: float
) -> bool:
    """Whether a guess needs no doubt: well named, or told by its values, and no other reading near.

    rival: what else the column could be; next_best: the score of that, or of another column for the field (beside).
    """
    lead, like = best.score - next_best, best.like
    if like.score >= EXACT > rival.like.score and best.score > beside:
        return best.score >= SURE
    if look.telling and look.telling == wanted.shape:
        return best.score >= SURE and lead >= LEAD
    if carries(look, wanted, best.fit) and like.score >= HALF and lead >= 2 * LEAD:
        return True
    return best.score >= SURE and lead >= LEAD and like.score >= NAMED and like.whole >= WHOLE
