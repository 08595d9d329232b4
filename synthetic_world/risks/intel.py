"""Intelligence reports and the people they name: graded, worded, some about the wrong person, some regraded later.

Not here: what reports are about (intel_sources), their words (intel_text).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.draws import key_of
from synthetic_world.model import NOBODY, Flags, Ints, Longs, stream
from synthetic_world.population.phones import telephones
from synthetic_world.rates import Rates
from synthetic_world.risks.identifiers import line_number, registrations
from synthetic_world.risks.intel_phrases import ORIGINS
from synthetic_world.risks.intel_sources import Sources, sources_of
from synthetic_world.risks.intel_text import Texts, texts_of
from synthetic_world.risks.managed import Managed
from synthetic_world.risks.risk_ground import Standing, chosen
from synthetic_world.risks.risk_rows import DAY, HOUR, Book, Coded, Columns, picked, stacked

GRADES: Final = ("1", "2", "3")
ASSESSMENTS: Final = ("A", "B", "C", "D", "E")
CONDITIONS: Final = ("A1", "A2", "A3", "S1", "S2")
HANDLINGS: Final = ("P", "C")
FLAGS: Final = ("none", "restricted", "witness", "sealed", "human_rights", "informant_derived")
MARKINGS: Final = ("OFFICIAL", "OFFICIAL-SENSITIVE")
ROLES: Final = ("subject", "associate", "victim", "mentioned")
LEGACY: Final = tuple(f"{source}/{worth}/{code}" for source in "ABCDE" for worth in "12345" for code in "15")


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a block, for the answer book and for identifiers."""

    key: Longs
    sources: Sources
    named: Ints  # whom the report names, rightly or not


def make_intel(standing: Standing, book: Book, r: Rates, events: pa.Table, managed: Managed) -> Reports:
    """Draw the intelligence of a block and enter its reports and subjects in the book."""
    ground = standing.ground
    random = stream(ground.world.seed, "intel", ground.block.key)
    made = sources_of(standing, r, random, events, managed)
    named = _named(standing, r, random, made)
    other = np.where(made.other == named, NOBODY, made.other).astype(np.int32)
    origin = chosen(random, r.numbers("intel_origin"), len(made))
    texts = texts_of(
        standing, r, random, made.theme, origin, named, other, (made.second // DAY).astype(np.int32)
    )
    reports = Reports(book.keys("intel_report", len(made)), made, named)
    is_true = made.is_true & (named == made.subject)
    common = _common(r, random, made)
    _write_reports(
        standing, book, r, random, reports, other, texts, common | _graded(r, random, is_true, origin)
    )
    _write_parties(book, r, random, reports, other, texts, common)
    return reports


def _named(standing: Standing, r: Rates, random: np.random.Generator, made: Sources) -> Ints:
    """Whom reports name: now and then somebody else, who is tied to the subject where anybody is."""
    rows = np.flatnonzero(random.random(len(made)) < r.number("intel_wrong_person"))
    tied = standing.acquaintances(random, made.subject[rows])
    anybody = random.integers(len(standing.ground.people), size=len(rows))
    named = made.subject.copy()
    named[rows] = np.where(tied != NOBODY, tied, anybody)
    return named


def _common(r: Rates, random: np.random.Generator, made: Sources) -> Columns:
    """What a report and its subjects share."""
    n = len(made)
    lag = r.number("intel_entry_days") * random.standard_exponential(n) * DAY
    is_flagged = random.random(n) < r.number("intel_flagged")
    flag = np.where(is_flagged, 1 + chosen(random, r.numbers("intel_flag"), n), 0).astype(np.int8)
    conditional = (random.random(n) < r.number("intel_conditional")).astype(np.int8)
    return {
        "version": np.zeros(n, np.int16), "op": Coded(("upsert", "delete"), np.zeros(n, np.int8)),
        "recorded_at": made.second + 900 + lag.astype(np.int64), "occurred_from": made.second,
        "handling": Coded(HANDLINGS, conditional), "sensitivity": Coded(FLAGS, flag),
    }  # fmt: skip


def _graded(r: Rates, random: np.random.Generator, is_true: Flags, origin: npt.NDArray[Any]) -> Columns:
    """Grades that know a little of what is true."""
    n = len(is_true)
    true_shares, false_shares = _source_shares(r, float(is_true.mean()) if n else 0.5)
    source = np.where(is_true, chosen(random, true_shares, n), chosen(random, false_shares, n)).astype(
        np.int8
    )
    worth = np.where(
        is_true,
        chosen(random, r.numbers("intel_assessment_true"), n),
        chosen(random, r.numbers("intel_assessment_false"), n),
    ).astype(np.int8)
    marking = random.random(n) < r.number("intel_sensitive")
    is_old = random.random(n) < r.number("intel_legacy")
    legacy = np.where(is_old, random.integers(len(LEGACY), size=n), NOBODY)
    return {
        "source_grade": Coded(GRADES, source), "assessment_grade": Coded(ASSESSMENTS, worth),
        "origin": Coded(ORIGINS, origin), "gsc": Coded(MARKINGS, marking.astype(np.int8)),
        "is_sanitised": random.random(n) < r.number("intel_sanitised"), "legacy_grading": Coded(LEGACY, legacy),
    }  # fmt: skip


def _source_shares(r: Rates, true: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Shares of the three source grades among true and among false reports, from shares true of grades 1 and 3."""
    all_shares, (first, third) = r.numbers("intel_source"), r.numbers("intel_true_by_source")
    second = (true - all_shares[0] * first - all_shares[2] * third) / all_shares[1]
    by_grade = (first, min(max(second, 0.02), 0.98), third)
    return (
        tuple(share * right for share, right in zip(all_shares, by_grade, strict=True)),
        tuple(share * (1 - right) for share, right in zip(all_shares, by_grade, strict=True)),
    )


def _write_reports(
    standing: Standing, book: Book, r: Rates, random: np.random.Generator, made: Reports, other: Ints, texts: Texts,
    shared: Columns,
) -> None:  # fmt: skip
    n, people = len(made.key), standing.ground.people
    uid = book.uid(made.named)
    own = np.where(people.phone[made.named] > 0, people.phone[made.named], telephones(key_of(uid, 3)))
    in_cell = standing.in_cell(made.named, made.sources.second // DAY)
    phone = np.where(in_cell, line_number(standing.cell.line[made.named]), own)
    handling = shared["handling"]
    assert isinstance(handling, Coded)  # noqa: S101 (for the type checker)
    first = shared | {
        "key": made.key, "text": texts.text,
        "handling_conditions": Coded(CONDITIONS, np.where(handling.codes == 1, random.integers(5, size=n), NOBODY)),
        "person_uid": uid, "other_person_uid": book.uid(other),
        "quoted_phone": np.where(texts.has_phone, phone, NOBODY), "quoted_vehicle": _vehicles(uid, texts.has_vehicle),
    }  # fmt: skip
    regrading, withdrawal = r.numbers("intel_changed_days")
    draw, entered = random.random(n), np.asarray(first["recorded_at"])
    again = np.flatnonzero(draw < r.number("intel_regraded"))
    gone = np.flatnonzero(draw > 1 - r.number("intel_deleted"))
    regraded = picked(first, again) | {
        "version": np.ones(len(again), np.int16), "recorded_at": _later(random, entered[again], regrading),
        "source_grade": Coded(GRADES, random.integers(3, size=len(again)).astype(np.int8)),
        "assessment_grade": Coded(ASSESSMENTS, random.integers(5, size=len(again)).astype(np.int8)),
    }  # fmt: skip
    deleted = picked(first, gone) | {
        "version": np.ones(len(gone), np.int16), "recorded_at": _later(random, entered[gone], withdrawal),
        "op": Coded(("upsert", "delete"), np.ones(len(gone), np.int8)),
    }  # fmt: skip
    force = made.sources.force
    book.add("intel_report", force, first)
    for rows, columns in ((again, regraded), (gone, deleted)):
        book.add("intel_report", force[rows], columns)


def _later(random: np.random.Generator, entered: Longs, days: float) -> Longs:
    return entered + HOUR + (random.standard_exponential(len(entered)) * days * DAY).astype(np.int64)


def _vehicles(uid: Longs, shown: Flags) -> pa.Array:
    """The vehicle of those people where one is shown, else empty."""
    rows = np.flatnonzero(shown)
    place = np.full(len(uid), NOBODY, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return registrations(uid[rows]).take(pa.array(place, mask=place < 0))


def _write_parties(
    book: Book, r: Rates, random: np.random.Generator, made: Reports, other: Ints, texts: Texts, common: Columns
) -> None:  # fmt: skip
    """One row for the person named, and one for a second."""
    n = len(made.key)
    named = common | {
        "intel_key": made.key, "person_uid": book.uid(made.named), "role": Coded(ROLES, np.zeros(n, np.int8)),
        "alias_names": Coded(texts.nicknames, texts.alias),
        "vehicle_registration": _vehicles(book.uid(made.named), texts.has_vehicle),
    }  # fmt: skip
    rows = np.flatnonzero(other != NOBODY)
    guessed = np.where(random.random(len(rows)) < r.number("intel_associate"), 1, 3)
    role = np.where(made.sources.other_is_victim[rows], 2, guessed).astype(np.int8)
    second = picked(common, rows) | {
        "intel_key": made.key[rows], "person_uid": book.uid(other[rows]), "role": Coded(ROLES, role),
        "alias_names": Coded(texts.nicknames, np.full(len(rows), NOBODY, np.int8)),
        "vehicle_registration": pa.nulls(len(rows), pa.string()),
    }  # fmt: skip
    _, columns = stacked([(n, named), (len(rows), second)])
    force = np.concatenate([made.sources.force, made.sources.force[rows]])
    book.add("intel_party", force, columns | {"key": book.keys("intel_party", len(force))})
