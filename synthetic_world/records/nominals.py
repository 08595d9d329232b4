"""A force's own numbers for people: given at the first linked mention, sometimes twice; merged, wrongly, unmerged.

Not here: what a nominal shows (nominal_details), the feed `person` (person_feed), how its number is written
(references).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.draws import Draws, key_of
from synthetic_world.model import NOBODY, Flags, Ints, Longs
from synthetic_world.ordering import in_order, in_time
from synthetic_world.rates import Rates, rates
from synthetic_world.records.mentions import Mentions
from synthetic_world.records.roll import Roll

DAY: Final = 86_400
NEVER: Final = int(np.iinfo(np.int64).max)
HOUSEKEEPING: Final = 10 * 3600  # mergers are made on a morning in the first days of a month


@dataclass(frozen=True, slots=True)
class Nominals:
    """The nominals of one force, in order of creation, and whose number each mention carries."""

    person: Ints  # place on the roll of the person it was made for
    created: Longs  # second
    creator: Ints  # the mention it was made from
    survivor: Ints  # for a duplicate: the first nominal of the person, else NOBODY
    merged_at: Longs  # when the duplicate was merged into it, NEVER
    wrong_into: Ints  # another person's nominal that it was merged into, NOBODY
    wrong_from: Longs  # from when to when
    wrong_until: Longs
    of_mention: Ints  # by mention: the nominal whose number it carries, NOBODY

    def __len__(self) -> int:
        """How many."""
        return len(self.person)


@dataclass(frozen=True, slots=True)
class _Line:
    """Linked mentions in order of person and time."""

    at: Longs  # mention
    person: Ints
    second: Longs
    is_first: Flags  # of the person
    draw: Draws


def make_nominals(roll: Roll, mentions: Mentions, habit: str) -> Nominals:
    """Number the people of a force. habit: the force, so that it has luck of its own."""
    numbers, line = rates("noise"), _line(roll, mentions, habit)
    makes = line.is_first | _makes_duplicate(line, numbers)
    made = np.flatnonzero(makes)
    order = in_time(line.second[made])  # numbers rise with time
    number = np.empty(len(made), np.int32)
    number[order] = np.arange(len(made), dtype=np.int32)
    made_of = np.zeros(len(line.at), np.int64)
    made_of[made] = np.arange(len(made))
    latest = number[np.maximum.accumulate(np.where(makes, made_of, 0))] if len(made) else number
    first = number[np.maximum.accumulate(np.where(line.is_first, made_of, 0))] if len(made) else number
    to_first = line.draw.chance("first") < 0.6
    chosen = np.where(makes | ~to_first, latest, first)
    person, created = line.person[made][order], line.second[made][order]
    is_duplicate = ~line.is_first[made][order]
    survivor = np.where(is_duplicate, first[made][order], NOBODY).astype(np.int32)
    draw = Draws.of(roll.seed, f"nominals of {habit}", key_of(roll.uid[person], created))
    merged_at = np.where(is_duplicate, _merged_at(draw, created, numbers), NEVER)
    wrong = _wrong_mergers(roll, draw, person, created, is_duplicate, numbers)
    chosen = np.where(line.second >= merged_at[chosen], survivor[chosen], chosen) if len(made) else chosen
    is_wrong = (line.second >= wrong[1][chosen]) & (line.second < wrong[2][chosen])
    of_mention = np.full(len(mentions), NOBODY, np.int32)
    of_mention[line.at] = np.where(is_wrong, wrong[0][chosen], chosen)
    return Nominals(
        person, created, line.at[made][order].astype(np.int32), survivor, merged_at, *wrong, of_mention
    )


def _line(roll: Roll, mentions: Mentions, habit: str) -> _Line:
    linked = np.flatnonzero(mentions.is_linked)
    linked = linked[in_time(mentions.second[linked])]
    linked = linked[in_order(mentions.person[linked])]
    person = mentions.person[linked]
    is_first = np.ones(len(linked), bool)
    is_first[1:] = person[1:] != person[:-1]
    draw = Draws.of(roll.seed, f"duplicates of {habit}", mentions.luck[linked])
    return _Line(linked, person, mentions.second[linked], is_first, draw)


def _makes_duplicate(line: _Line, numbers: Rates) -> Flags:
    """Where somebody already known is not found and gets another number: as often as asked, of all nominals."""
    asked, n_first = numbers.number("duplicate_nominals"), int(line.is_first.sum())
    share = min(asked / (1 - asked) * n_first / max(len(line.at) - n_first, 1), 0.5)
    found: Flags = ~line.is_first & (line.draw.chance("duplicate") < share)
    return found


def _merged_at(draw: Draws, created: Longs, numbers: Rates) -> Longs:
    days = -np.log(1 - draw.chance("when found")) * numbers.number("duplicate_months") * 30.4
    found = draw.chance("ever found") < numbers.number("duplicates_merged")
    return np.where(found, _housekeeping(draw, created + (days * DAY).astype(np.int64)), NEVER)


def _housekeeping(draw: Draws, second: Longs) -> Longs:
    """The morning, in the first days of the following month, when the records are put in order."""
    month = (second // DAY).astype("datetime64[D]").astype("datetime64[M]") + 1
    day = month.astype("datetime64[D]").astype(np.int64) + draw.whole("morning", 5)
    return day * DAY + HOUSEKEEPING + draw.whole("minute", 7200)


def _wrong_mergers(
    roll: Roll, draw: Draws, person: Ints, created: Longs, is_duplicate: Flags, numbers: Rates
) -> tuple[Ints, Longs, Longs]:
    """Into which other person's nominal some are merged: a sibling's or the one most alike; from when to when."""
    first = np.flatnonzero(~is_duplicate)
    into = np.full(len(person), NOBODY, np.int32)
    start, end = np.full(len(person), NEVER), np.full(len(person), NEVER)
    share = numbers.number("wrong_merges") * len(person) / max(len(first), 1)
    is_chosen = np.zeros(len(person), bool)
    is_chosen[first] = draw.take(first).chance("wrong merger") < share
    partner = _most_alike(roll, person, first)
    at = np.flatnonzero(is_chosen & (partner != NOBODY) & ~is_chosen[partner])
    days = -np.log(1 - draw.take(at).chance("wrong when")) * numbers.number("wrong_merge_months") * 30.4
    both = np.maximum(created[at], created[partner[at]]) + (days * DAY).astype(np.int64)
    into[at], start[at] = partner[at], _housekeeping(draw.take(at), both)
    undone = draw.take(at).chance("undone") < numbers.number("unmerged")
    lasts = 1 - np.log(1 - draw.take(at).chance("undone when")) * numbers.number("unmerged_days")
    end[at] = np.where(undone, start[at] + lasts.astype(np.int64) * DAY, NEVER)
    return into, start, end


def _most_alike(roll: Roll, person: Ints, first: npt.NDArray[Any]) -> Ints:
    """For each first nominal that of a sibling, else of the next person by surname, forename and birthday."""
    of_person = np.full(len(roll), NOBODY, np.int32)
    of_person[person[first]] = first
    found = np.full(len(person), NOBODY, np.int32)
    owner = person[first]
    order = np.lexsort((roll.birth_day[owner], roll.forename[owner], roll.surname[owner]))
    ranked = first[order]
    if len(ranked) > 1:
        found[ranked] = np.roll(ranked, -1)
    sibling = np.where(roll.sibling[owner] == NOBODY, NOBODY, of_person[roll.sibling[owner]])
    found[first] = np.where(sibling != NOBODY, sibling, found[first])
    return found
