"""The answer book (C8): who is meant by every mention, what really happened, and what nobody recorded.

One folder for each table, one Parquet file in it for each force. It lies beside the landing folder and the pipeline
never reads it. Not here: what went into the files as damage on purpose (faults), the card (card).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from synthetic_world.luck import SOURCES, Errors
from synthetic_world.model import CULTURES, ETHNICITIES, NOBODY, SEXES, TIES, UID_BITS, Ground, Ints, Longs
from synthetic_world.population.spellings import WAYS, n_forenames, written
from synthetic_world.records.journal import Telling
from synthetic_world.records.mentions import SLOTS
from synthetic_world.records.name_block import dates, words
from synthetic_world.records.nominals import NEVER
from synthetic_world.records.past import Past

FOLDER: Final = "truth"
_ANSWERED: Final = (
    "crime",
    "intel_report",
    "missing_episode",
    "managed_offender",
)  # feeds that other tables speak of
_IN_THE_BLOCK: Final = ("person", "suspect", "victim", "a", "b")  # columns that hold places in a block


def write_table(folder: Path, name: str, force_code: str, table: pa.Table) -> None:
    """Write one table of one force, if it has rows."""
    if len(table):
        place = folder / f"truth_{name}"
        place.mkdir(parents=True, exist_ok=True)
        words = [
            one.name for one in table.schema if is_word(one.type) and not one.name.endswith(("_id", "_ref"))
        ]  # references never repeat
        path = place / f"{force_code}.parquet"
        pq.write_table(table, path, compression="lz4", write_statistics=False, use_dictionary=words)


def is_word(kind: pa.DataType) -> bool:
    """Whether a column holds words, which repeat."""
    return bool(pa.types.is_dictionary(kind) or pa.types.is_string(kind))


def write_blocks(folder: Path, force_code: str, blocks: Sequence[Past]) -> None:
    """What is true of blocks, whatever forces saw of it: people, ties, latents, cells and all that happened."""
    if not blocks:
        return
    grounds = [one.ground for one in blocks]
    write_table(folder, "person", force_code, pa.concat_tables([_people(ground) for ground in grounds]))
    write_table(folder, "edge", force_code, pa.concat_tables([_ties(ground) for ground in grounds]))
    tables: dict[str, list[pa.Table]] = {"cell": []}
    for one in blocks:
        tables["cell"].append(_with_uids(one.ground, one.cells))
        for happening in one.happenings:
            for name, table in happening.truth.tables.items():
                tables.setdefault(name, []).append(_with_uids(one.ground, table))
    for name, parts in tables.items():
        filled = [part for part in parts if len(part)]
        if filled:
            write_table(folder, name, force_code, pa.concat_tables(filled, promote_options="permissive"))


def _people(ground: Ground) -> pa.Table:
    people = ground.people
    return pa.table(
        {
            "person_uid": people.uid,
            "block": pa.array([people.block.key]).take(pa.array(np.zeros(len(people), np.int32))),
            "household": people.uid - np.arange(len(people)) + people.household,
            "forename": written(people.forename * WAYS),
            "surname": written((people.surname + np.int32(n_forenames())) * WAYS),
            "birth_date": dates(people.birth_day, NOBODY),
            "sex": words(SEXES, people.sex),
            "ethnicity": words(ETHNICITIES, people.ethnicity),
            "culture": words(CULTURES, people.culture),
            "twin_uid": _uids(ground, people.twin_of),
            "is_looked_after": people.is_looked_after,
            "offending": people.offending,
            "vulnerability": people.vulnerability,
            "has_mental_health_need": people.mental_health,
            "uses_substances": people.substance,
        }
    )


def _ties(ground: Ground) -> pa.Table:
    ties = ground.ties
    return pa.table(
        {
            "person_uid": _uids(ground, ties.a),
            "other_uid": _uids(ground, ties.b),
            "kind": words(TIES, ties.kind),
            "start_day": ties.start_day,
            "end_day": ties.end_day,
        }
    )


def _uids(ground: Ground, places: Ints) -> pa.Array:
    return pa.array((np.int64(ground.block.number) << UID_BITS) + places, mask=places == NOBODY)


def _with_uids(ground: Ground, table: pa.Table) -> pa.Table:
    """A table of a block with uids for places in the block, and plain words for coded ones."""
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if name in _IN_THE_BLOCK and pa.types.is_integer(column.type):
            columns[f"{name}_uid"] = _uids(ground, pc.fill_null(column.cast(pa.int32()), NOBODY).to_numpy())
        else:
            columns[name] = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return pa.table(columns)


def write_mentions(folder: Path, force_code: str, telling: Telling, scenarios: Sequence[int] = ()) -> None:
    """Who is meant where, whose number is whose, and under which reference a row went out, in one force's records.

    scenarios: numbers of the blocks written by hand, of which every row is told.
    """
    write_table(folder, "record", force_code, _records(telling, force_code, scenarios))
    write_table(folder, "mention", force_code, _mentions(telling, force_code))
    write_table(folder, "nominal", force_code, _nominals(telling, force_code))


def _mentions(telling: Telling, force_code: str) -> pa.Table:
    """Every mention of a force: in which row, of whom, with which errors."""
    mentions, shown, nominals = telling.mentions, telling.shown, telling.nominals
    uid, of_mention = telling.roll.uid[mentions.person], nominals.of_mention
    carries = np.where(of_mention == NOBODY, NOBODY, nominals.person[of_mention])
    return pa.table(
        {
            "force_code": _same(force_code, len(mentions)),
            "feed": words(tuple(slot.feed for slot in SLOTS), mentions.slot),
            "column": words(tuple(slot.column for slot in SLOTS), mentions.slot),
            "source_record_id": telling.record_ids(),
            "person_uid": uid,
            "recorded_at": pa.array(mentions.second).cast(pa.timestamp("s")),
            "source": words(SOURCES, mentions.source),
            "nominal": pa.array(of_mention, mask=of_mention == NOBODY),
            "is_wrong_nominal": (carries != NOBODY) & (carries != mentions.person),
            "errors": shown.errors,
            "is_copied": telling.is_copied,
            "forename": shown.forename,
            "surname": shown.surname,
            "birth_day": shown.birth_day,
        }
    )


def _nominals(telling: Telling, force_code: str) -> pa.Table:
    """Every nominal of a force: whom it was made for, and what became of it."""
    nominals = telling.nominals
    keys = np.arange(len(nominals), dtype=np.int64)
    return pa.table(
        {
            "force_code": _same(force_code, len(nominals)),
            "nominal": keys,
            "person_ref": telling.teller.numbers["person"].of(keys, nominals.created),
            "person_uid": telling.roll.uid[nominals.person],
            "created_at": pa.array(nominals.created).cast(pa.timestamp("s")),
            "duplicate_of": pa.array(nominals.survivor, mask=nominals.survivor == NOBODY),
            "merged_at": _moment(nominals.merged_at),
            "wrongly_merged_into": pa.array(nominals.wrong_into, mask=nominals.wrong_into == NOBODY),
            "wrongly_merged_at": _moment(nominals.wrong_from),
            "unmerged_at": _moment(nominals.wrong_until),
        }
    )


def _records(telling: Telling, force_code: str, scenarios: Sequence[int]) -> pa.Table:
    """Rows that other tables speak of by key, with the reference that the force's files call them by."""
    parts = []
    for feed, numbers in sorted(telling.teller.numbers.items()):
        rows = numbers.all()
        if feed not in _ANSWERED:
            rows = rows.filter(np.isin(rows["key"].to_numpy() >> UID_BITS, scenarios))
        parts.append(
            rows.add_column(0, "feed", _same(feed, len(rows))).add_column(
                0, "force_code", _same(force_code, len(rows))
            )
        )
    return pa.concat_tables(parts, promote_options="permissive").unify_dictionaries()


def _moment(seconds: Longs) -> pa.Array:
    return pa.array(np.where(seconds == NEVER, 0, seconds), mask=seconds == NEVER).cast(pa.timestamp("s"))


def _same(text: str, n: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int8)), pa.array([text]))


def counts(telling: Telling) -> dict[str, float]:
    """What the card says of a force: people, nominals, and errors made by source, asked and obtained."""
    nominals, mentions = telling.nominals, telling.mentions
    found = {
        "mentions": len(mentions),
        "nominals": len(nominals),
        "duplicate_nominals": int((nominals.survivor != NOBODY).sum()),
        "wrong_merges": int((nominals.wrong_into != NOBODY).sum()),
        "later_mentions": int((nominals.of_mention != NOBODY).sum()) - len(nominals),
        "copied_mentions": int(telling.is_copied.sum()),
    }
    for number, source in enumerate(SOURCES):
        own = telling.fresh_errors[mentions.source == number]
        found[f"mentions {source}"] = len(own)
        for error in Errors:
            found[f"{error.name} {source}"] = int((own & np.int32(error) != 0).sum())
    return {name: float(value) for name, value in found.items()}
