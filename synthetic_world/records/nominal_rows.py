"""The columns of the feed `person` beyond name and address: origins, other names, numbers, markers.

Not here: when a nominal changes (person_feed), its number (references).
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import Draws
from synthetic_world.model import CULTURES, NOBODY, Ints, Longs, RecordTables
from synthetic_world.population import spellings
from synthetic_world.population.spellings import WAYS
from synthetic_world.rates import rates
from synthetic_world.records import pnc
from synthetic_world.records.mentions import Mentions
from synthetic_world.records.name_block import dates, indices, name_block, seconds, words
from synthetic_world.records.noise import DAY, NO_FIXED_ABODE, Shown, alias_of
from synthetic_world.records.nominals import Nominals
from synthetic_world.records.person_feed import STATUSES, Versions
from synthetic_world.records.roll import Roll

# by culture: nationality, country of birth and language of those born abroad
_ORIGINS: Final = {
    "british": ("British", "United Kingdom", "English"), "irish": ("Irish", "Ireland", "English"),
    "polish": ("Polish", "Poland", "Polish"), "romanian": ("Romanian", "Romania", "Romanian"),
    "albanian": ("Albanian", "Albania", "Albanian"), "south_asian_muslim": ("Pakistani", "Pakistan", "Urdu"),
    "sikh": ("Indian", "India", "Punjabi"), "hindu": ("Indian", "India", "Gujarati"),
    "somali": ("Somali", "Somalia", "Somali"), "nigerian": ("Nigerian", "Nigeria", "Yoruba"),
    "chinese": ("Chinese", "China", "Mandarin"), "vietnamese": ("Vietnamese", "Vietnam", "Vietnamese"),
    "arabic": ("Syrian", "Syria", "Arabic"), "portuguese": ("Portuguese", "Portugal", "Portuguese"),
    "caribbean": ("Jamaican", "Jamaica", "English"),
}  # fmt: skip
_BORN_ABROAD: Final = dict.fromkeys(CULTURES, 0.4) | {
    "british": 0.0, "irish": 0.3, "polish": 0.85, "romanian": 0.9, "albanian": 0.8, "vietnamese": 0.8,
}  # fmt: skip


def person_rows(
    roll: Roll,
    nominals: Nominals,
    mentions: Mentions,
    shown: Shown,
    versions: Versions,
    records: RecordTables,
    style: str,
) -> dict[str, pa.Array]:
    """All columns of the feed but the references."""
    person = nominals.person[versions.nominal]
    looks = shown.take(versions.identity).at_address_of(versions.address, shown)
    number = np.where(versions.number >= 0, shown.police_number[versions.number], pnc.NONE)
    block = name_block(roll, looks, style) | {"pnc_id": pnc.written(number, style)}
    draw = Draws.of(roll.seed, "nominal facts", roll.uid[person])
    return block | {
        "former_surname": _former(roll, person, draw),
        "alias_names": _alias(roll, person, versions.alias),
        "cro_number": _record_number(number, draw),
        **_origins(roll, person, draw),
        "email": _email(block, draw),
        "is_no_fixed_abode": pa.array(looks.address == NO_FIXED_ABODE),
        "address_from": _address_from(looks),
        "status": words(STATUSES, versions.status),
        "warning_markers": _markers(records, mentions, versions.custody),
        "op": words(("upsert", "merge"), versions.is_merge),
        "recorded_at": seconds(versions.second),
        "occurred_from": seconds(_since(looks, versions.second)),
        "occurred_to": seconds(_since(looks, versions.second)),
    }


def _former(roll: Roll, person: Ints, draw: Draws) -> pa.Array:
    is_known = (roll.former[person] != NOBODY) & (draw.chance("former") < 0.5)
    return spellings.written(np.where(is_known, roll.former[person] * WAYS, NOBODY))


def _alias(roll: Roll, person: Ints, told: Ints) -> pa.Array:
    """The false name, once a mention has shown it."""
    at = np.flatnonzero(told >= 0)
    forename, surname = alias_of(roll, person[at])
    parts = [spellings.written(one * WAYS).cast(pa.string()) for one in (forename, surname)]
    text = pc.binary_join_element_wise(*parts, " ", null_handling="skip")
    place = np.full(len(person), NOBODY, np.int64)
    place[at] = np.arange(len(at))
    return text.take(indices(place))


def _record_number(number: Longs, draw: Draws) -> pa.Array:
    """A record number follows a first conviction: most who have a police number."""
    return pnc.criminal_record(np.where(draw.chance("record") < 0.6, number, pnc.NONE))


def _origins(roll: Roll, person: Ints, draw: Draws) -> dict[str, pa.Array]:
    culture = roll.culture[person].astype(np.int32)
    share = np.array([_BORN_ABROAD[one] for one in CULTURES], np.float32)
    abroad = draw.chance("born abroad") < share[culture]
    known = draw.chance("origin known") < 0.6
    names = ("nationality", "birth_country", "language")
    found = {}
    for place, name in enumerate(names):
        of_culture = tuple(_ORIGINS[one][place] for one in CULTURES)
        code = np.where(abroad, culture, 0)  # the first culture stands for those born here
        found[name] = words(of_culture, np.where(known, code, NOBODY))
    return found


def _email(block: dict[str, pa.Array], draw: Draws) -> pa.Array:
    """An address under .example for some."""
    share = rates("noise").number("has_email")
    has = pa.array(draw.chance("email") < share)
    number = pc.cast(pa.array(draw.whole("email number", 90) + 10), pa.string())
    names = [pc.ascii_lower(block[one].cast(pa.string())) for one in ("forename", "surname")]
    text = pc.binary_join_element_wise(names[0], names[1], ".")
    text = pc.replace_substring_regex(text, "[^a-z.]", "")
    text = pc.binary_join_element_wise(text, number, pa.scalar("@post.example"), "")
    return pc.if_else(has, text, pa.scalar(None, pa.string()))


def _address_from(looks: Shown) -> pa.Array:
    known = (looks.address >= 0) & (looks.address_day > 0)
    return dates(np.where(known, looks.address_day, NOBODY).astype(np.int32), NOBODY)


def _since(looks: Shown, second: Longs) -> Longs:
    """The state began with the address where that is known and recent, else with the row."""
    start = looks.address_day * DAY
    return np.where((start > second - 90 * DAY) & (start < second), start, second)


def _markers(records: RecordTables, mentions: Mentions, custody: Ints) -> pa.Array:
    """Risks noted at the latest detention."""
    table = records.get("custody")
    if table is None or not len(table):
        return pa.nulls(len(custody), pa.string())
    row = np.full(len(mentions) + 1, NOBODY, np.int64)
    for slot, places in mentions.rows.items():
        if slot.feed == "custody":
            row[places[::-1]] = np.arange(len(places))[::-1]
    row[-1] = NOBODY
    markers = table["risk_markers"].combine_chunks().cast(pa.string())
    return markers.take(indices(row[custody]))
