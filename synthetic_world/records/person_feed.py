"""The feed `person`: each nominal as the force held it after each change, mergers as rows with op merge.

Not here: which changes there are (nominal_details), how numbers and text are written (journal).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import NOBODY, Flags, Ints, Longs, RecordTables
from synthetic_world.records.mentions import Mentions, longs
from synthetic_world.records.nominal_details import (
    ADDRESS,
    ALIAS,
    CUSTODY,
    IDENTITY,
    KINDS,
    MERGE,
    NUMBER,
    STATUS,
    UNMERGE,
    Changes,
)
from synthetic_world.records.nominals import NEVER, Nominals
from synthetic_world.records.roll import Roll

STATUSES: Final = ("none", "deceased", "in_custody", "abroad")


@dataclass(frozen=True, slots=True)
class Versions:
    """The rows of the feed, in order of nominal and time; each value is that of the latest change up to then."""

    nominal: Ints
    version: Ints
    second: Longs
    is_merge: Flags
    into: Ints  # nominal it was merged into, NOBODY
    identity: Ints  # mention that name, birth and the rest are taken from
    address: Ints
    number: Ints  # the mention that told the police number, NOBODY
    alias: Ints
    custody: Ints
    status: Ints  # index into STATUSES


def make_versions(nominals: Nominals, told: Changes, statuses: Changes, until: int) -> Versions:
    """All rows before `until`. A merged nominal is not touched any more, unless the merger is undone."""
    changes = _sorted(_together(told, statuses, _mergers(nominals)))
    nominal = changes.nominal
    start = np.searchsorted(nominal, nominal).astype(np.int32)  # of each nominal's changes
    held = {kind: _held(changes, kind, start) for kind in KINDS}
    is_merged = _place(changes, MERGE, start) > _place(changes, UNMERGE, start)
    is_kept = np.isin(changes.kind, (MERGE, UNMERGE)) | ~is_merged
    last = np.ones(len(nominal), bool)  # changes of one moment are one row, the last of them
    last[:-1] = (nominal[1:] != nominal[:-1]) | (changes.second[1:] != changes.second[:-1])
    at = np.flatnonzero(is_kept & last & (changes.second < until))
    version = np.arange(len(at)) - np.searchsorted(nominal[at], nominal[at])
    return Versions(
        nominal=nominal[at],
        version=version.astype(np.int32),
        second=changes.second[at],
        is_merge=is_merged[at],
        into=np.where(is_merged[at], held[MERGE][at], NOBODY).astype(np.int32),
        identity=held[IDENTITY][at],
        address=held[ADDRESS][at],
        number=held[NUMBER][at],
        alias=held[ALIAS][at],
        custody=held[CUSTODY][at],
        status=np.maximum(held[STATUS][at], 0),
    )


def statuses_of(roll: Roll, nominals: Nominals, mentions: Mentions, records: RecordTables) -> Changes:
    """Deaths, prison and absence abroad, as the force's own records tell them: first nominal of the person."""
    found = [
        _status(roll, records, "custody", "disposal", {"remanded": 2, "recalled": 2}, "released_at"),
        _status(
            roll,
            records,
            "managed_offender",
            "status",
            {"custody": 2, "abroad": 3, "deported": 3, "community": 0},
        ),
        _status(roll, records, "crime_party", "injury", {"fatal": 1}, role="victim"),
        _status(roll, records, "missing_episode", "harm", {"fatal": 1}),
    ]
    person, second, status = (np.concatenate(parts) for parts in zip(*found, strict=True))
    of_person = np.full(len(roll), NOBODY, np.int32)
    first = np.flatnonzero(nominals.survivor == NOBODY)
    of_person[nominals.person[first]] = first
    nominal = of_person[person]
    at = np.flatnonzero(nominal != NOBODY)
    at = at[second[at] >= nominals.created[nominal[at]]]
    kind = np.full(len(at), STATUS, np.uint8)
    return Changes(nominal[at], second[at], kind, status[at].astype(np.int32))


def _status(
    roll: Roll,
    records: RecordTables,
    feed: str,
    column: str,
    words: dict[str, int],
    when: str = "",
    role: str = "",
) -> tuple[npt.NDArray[Any], Longs, Ints]:
    table = records.get(feed)
    if table is None or column not in table.column_names:
        return np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int32)
    texts = table[column].cast(pa.string())
    wanted = pc.is_in(texts, pa.array(list(words)))
    if role:
        wanted = pc.and_(wanted, pc.equal(table["role"].cast(pa.string()), role))
    table, texts = table.filter(wanted), texts.filter(wanted)
    status = np.array(list(words.values()), np.int32)[pc.index_in(texts, pa.array(list(words))).to_numpy()]
    second = longs(table["recorded_at"])
    if when:  # never before the row itself was written
        second = np.maximum(second, longs(table[when]))
    person = roll.places_of(longs(table["person_uid"]))
    known = person != NOBODY
    return person[known], second[known], status[known]


def _mergers(nominals: Nominals) -> Changes:
    """Mergers, right and wrong, and what undoes the wrong ones."""
    right = np.flatnonzero(nominals.merged_at != NEVER)
    wrong = np.flatnonzero(nominals.wrong_from != NEVER)
    undone = np.flatnonzero((nominals.wrong_until != NEVER) & (nominals.wrong_from != NEVER))
    return Changes(
        np.concatenate([right, wrong, undone]).astype(np.int32),
        np.concatenate([nominals.merged_at[right], nominals.wrong_from[wrong], nominals.wrong_until[undone]]),
        np.concatenate(
            [np.full(len(right) + len(wrong), MERGE, np.uint8), np.full(len(undone), UNMERGE, np.uint8)]
        ),
        np.concatenate([nominals.survivor[right], nominals.wrong_into[wrong], undone]).astype(np.int32),
    )


def _together(*parts: Changes) -> Changes:
    return Changes(*(np.concatenate([getattr(part, name) for part in parts]) for name in Changes.__slots__))


def _sorted(changes: Changes) -> Changes:
    order = np.lexsort((changes.value, changes.kind, changes.second, changes.nominal))
    return Changes(*(getattr(changes, name)[order] for name in Changes.__slots__))


def _place(changes: Changes, kind: int, start: Ints) -> Longs:
    """The latest change of a kind up to each, within its nominal; -1 for none."""
    place = np.maximum.accumulate(np.where(changes.kind == kind, np.arange(len(start)), -1))
    return np.where(place >= start, place, -1)


def _held(changes: Changes, kind: int, start: Ints) -> Ints:
    place = _place(changes, kind, start)
    return np.where(place >= 0, changes.value[np.maximum(place, 0)], NOBODY).astype(np.int32)
