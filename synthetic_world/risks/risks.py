"""Missing people, managed offenders, intelligence, identifiers and adverts of one block: the one entrance to them.

Not here: crimes (crimes), cases written by hand (scenarios).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.model import Ground, Happening, Truth
from synthetic_world.rates import rates
from synthetic_world.risks.adverts import make_adverts
from synthetic_world.risks.exploitation import make_exploitation
from synthetic_world.risks.identifiers import make_identifiers
from synthetic_world.risks.intel import Reports, make_intel
from synthetic_world.risks.managed import Managed, make_managed
from synthetic_world.risks.missing import Missing, make_missing
from synthetic_world.risks.placements import make_placements
from synthetic_world.risks.return_interviews import make_return_interviews
from synthetic_world.risks.risk_ground import standing
from synthetic_world.risks.risk_rows import NEVER, Book, arrow
from synthetic_world.risks.visits import make_visits


def risks(ground: Ground, crimes: Happening, cells: pa.Table) -> Happening:
    """What happens in a block beside its crimes, and what forces write down of it."""
    if ground.block.scenario:  # written by hand
        return Happening({}, Truth({}))
    book, r, here = Book(ground.block), rates("safeguarding"), standing(ground, cells)
    events = crimes.truth.tables["event"]
    placements = make_placements(here, book, r)
    missing = make_missing(here, book, r, placements)
    make_return_interviews(here, book, r, missing)
    make_exploitation(here, book, r, missing, events)
    managed = make_managed(here, book, r, events)
    make_visits(here, book, r, managed)
    reports = make_intel(here, book, r, events, managed)
    named = np.zeros(len(ground.people), dtype=bool)
    named[reports.named] = True
    make_identifiers(here, book, r, named)
    make_adverts(here, book, r)
    tables = {
        "missing": _missing_truth(book, missing),
        "managed": _managed_truth(book, managed),
        "managed_move": _moves_truth(ground, book, managed),
        "intel": _intel_truth(book, reports),
    }
    return Happening(book.tables(), Truth(tables))


def _missing_truth(book: Book, made: Missing) -> pa.Table:
    done, facts = made.episodes, made.facts
    return pa.table(
        {
            "missing_key": made.key, "person_uid": book.uid(done.person), "force": made.force.astype(np.int16),
            "seen": done.seen, "returned": arrow("k", np.where(done.returned == NEVER, -1, done.returned), len(done)),
            "is_child": done.is_child, "in_cell": done.in_cell, "is_harmed": facts.harm > 0,
            "chance_of_harm": facts.chance_of_harm,
        }
    )  # fmt: skip


def _managed_truth(book: Book, made: Managed) -> pa.Table:
    cohort, n = made.cohort, len(made.cohort)
    broke = np.zeros(n, dtype=bool)
    broke[made.changes.offender[made.changes.is_breach]] = True
    return pa.table(
        {
            "offender_key": made.key, "person_uid": book.uid(cohort.person),
            "category": cohort.category.astype(np.int8), "latent": cohort.signal, "is_breach": broke,
            "start": arrow("d", cohort.start, n), "end": arrow("d", cohort.end, n),
        }
    )  # fmt: skip


def _moves_truth(ground: Ground, book: Book, made: Managed) -> pa.Table:
    moves, n = made.moves, len(made.moves.day)
    return pa.table(
        {
            "offender_key": made.key[moves.offender], "person_uid": book.uid(made.cohort.person[moves.offender]),
            "day": arrow("d", moves.day, n), "force": moves.force.astype(np.int16), "address": moves.address,
            "is_notified": moves.is_notified, "is_across": moves.force != ground.block.home.number,
        }
    )  # fmt: skip


def _intel_truth(book: Book, made: Reports) -> pa.Table:
    sources = made.sources
    return pa.table(
        {
            "intel_key": made.key, "about_uid": book.uid(sources.subject), "named_uid": book.uid(made.named),
            "event_id": arrow("k", sources.event, len(made.key)),
            "is_true": sources.is_true & (made.named == sources.subject),
        }
    )  # fmt: skip
