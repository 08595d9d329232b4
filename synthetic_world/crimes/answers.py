"""The answer book of one block: every event, the pairs, the hidden tendencies, and serious harm as it truly was.

Only evaluation may read it. Not here: expected harm from what is hidden (hidden_risk), cells (cells.make_cells).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.co_offending import Companions
from synthetic_world.crimes.columns import NEVER, keys, seconds, words
from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.events import PROCESSES, RELATIONSHIPS, Events
from synthetic_world.crimes.offences import offences
from synthetic_world.crimes.outcomes import Fates
from synthetic_world.crimes.recording import is_vawg
from synthetic_world.crimes.severity import dyad_uid
from synthetic_world.model import Flags, Floats, Ground, Longs
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

SERIOUS: Final = 2  # tiers from here on are serious harm: 365 days and more


def event_table(
    ground: Ground, events: Events, happened: Flags, crime_key: Longs, cell_ids: Longs
) -> pa.Table:
    """Every event that happened, told or not."""
    rows = np.flatnonzero(happened)
    own, known = events.take(rows), offences()
    cell = (
        np.where(own.cell >= 0, cell_ids[np.maximum(own.cell, 0)], -1)
        if len(cell_ids)
        else np.full(len(own), -1)
    )
    return pa.table(
        {
            "event_id": pa.array(event_ids(ground, rows)),
            "second": pa.array(own.second),
            "force": pa.array(own.force),
            "lsoa": pa.array(own.lsoa),
            "tier": pa.array(own.tier.astype(np.int8)),
            "kind": words(known.kind[own.offence], known.kinds),
            "process": words(own.process, PROCESSES),
            "suspect": pa.array(own.suspect),
            "victim": pa.array(own.victim),
            "dyad": pa.array(own.dyad),
            "cell": pa.array(cell),
            "relationship": words(own.relation, RELATIONSHIPS),
            "is_crime": pa.array(own.is_crime),
            "is_vawg": pa.array(is_vawg(ground, own)),
            "is_reported": pa.array(own.reported < NEVER),
            "is_recorded": pa.array(own.recorded < NEVER),
            "crime_key": keys(crime_key[rows]),
        }
    )


def event_ids(ground: Ground, rows: Whole) -> Longs:
    """Numbers of events in the whole world."""
    return (np.int64(ground.block.number) << 32) + rows


def dyad_table(ground: Ground, dyads: Dyads, events: Events) -> pa.Table:
    """Pairs with an event or with more than a little harm. dyad_uid gives the hidden state (severity.hidden_state)."""
    had = np.zeros(len(dyads), bool)
    had[events.dyad[events.dyad >= 0]] = True
    rows = np.flatnonzero(had | (dyads.harm >= rates("harm").number("answer_harm"))).astype(np.int32)
    return pa.table(
        {
            "dyad_uid": pa.array(dyad_uid(ground.block.number, rows)),
            "dyad": pa.array(rows),
            "suspect": pa.array(dyads.suspect[rows]),
            "victim": pa.array(dyads.victim[rows]),
            "relationship": words(dyads.relation[rows], RELATIONSHIPS),
            "parted_day": pa.array(dyads.parted[rows]),
            "risk_from_day": pa.array(dyads.risk_from[rows]),
            "risk_to_day": pa.array(dyads.risk_to[rows]),
            "harm": pa.array(dyads.harm[rows]),
        }
    )


def latent_table(ground: Ground, sexual: Floats) -> pa.Table:
    """Hidden tendencies of everybody, in order of index."""
    people = ground.people
    return pa.table(
        {
            "person": pa.array(np.arange(len(people), dtype=np.int32)),
            "offending": pa.array(people.offending),
            "vulnerability": pa.array(people.vulnerability),
            "sexual": pa.array(sexual),
        }
    )


def label_table(ground: Ground, events: Events, happened: Flags, cases: Cases, fates: Fates) -> pa.Table:
    """Serious harm to women and girls, one row an event and suspect: when it was, and when it became known."""
    rows = np.flatnonzero(happened & (events.tier >= SERIOUS) & (events.suspect >= 0))
    own = events.take(rows)
    rows, own = rows[is_vawg(ground, own)], own.take(np.flatnonzero(is_vawg(ground, own)))
    case = cases.of_event(len(events))[rows]
    cancelled = np.full(len(rows), NEVER)
    found = case >= 0
    cancelled[found] = np.minimum(fates.cancelled, fates.deleted)[case[found]]
    crime = np.full(len(rows), -1, np.int64)
    crime[found] = cases.key[case[found]]
    return pa.table(
        {
            "person_uid": pa.array(ground.people.uid[own.suspect]),
            "event_id": pa.array(event_ids(ground, rows)),
            "second": pa.array(own.second),
            "force": pa.array(own.force),
            "tier": pa.array(own.tier.astype(np.int8)),
            "recorded_at": seconds(own.recorded),
            "cancelled_at": seconds(cancelled),
            "crime_key": keys(crime),
        }
    )


def counted_table(cases: Cases) -> pa.Table:
    """Crimes that are a second record of an event, and its first."""
    again = np.flatnonzero(cases.is_again)
    first = cases.of_event(int(cases.origin.max(initial=-1)) + 1)[cases.origin[again]]
    return pa.table({"crime_key": cases.key[again], "first_crime_key": cases.key[first]})


def companion_table(ground: Ground, others: Companions) -> pa.Table:
    """Who else took part in an event."""
    return pa.table(
        {
            "event_id": pa.array(event_ids(ground, others.event.astype(np.int64))),
            "person": pa.array(others.person),
        }
    )
