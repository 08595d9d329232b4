"""The gates of a world (C9) with their ranges, and the verdict on each: one list for the card, the tests and the bench.

A gate is judged where the world is large enough for its number to be steady: `fewest` is how much it must rest on. Not
here: the questions themselves (questions), the rows that scores are judged on (cohorts).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from synthetic_world.crimes.event_times import DAY
from synthetic_world.gates import questions
from synthetic_world.gates.cohorts import FEATURES
from synthetic_world.gates.scorer import area_under_curve, scored
from synthetic_world.model import World
from synthetic_world.rates import rates

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Number = tuple[float | None, int]  # what was found, and how much it rests on
_COUNTED: Final = 8  # of the features of a cohort, those that are counts
MEMORY: Final = "4GB"


class Book:
    """An answer book laid out for questions."""

    def __init__(self, folder: Path, world: World) -> None:
        """Open the tables below a folder."""
        import duckdb  # here, so that the processes that make forces need not load it

        spill = {"temp_directory": str(folder / ".spill"), "memory_limit": MEMORY}
        self.tables: DuckDBPyConnection = duckdb.connect(":memory:", config={"threads": 2, **spill})
        self.world = world
        self.known = {one.name.removeprefix("truth_") for one in folder.glob("truth_*")}
        for name in sorted(self.known):
            files = (folder / f"truth_{name}").as_posix()
            self.tables.execute(f"create view {name} as select * from read_parquet('{files}/*.parquet')")

    def answer(self, question: str) -> Number:
        """The two numbers a question gives; nothing where the world has no such table."""
        import duckdb

        said = {
            "start": self.world.start * DAY,
            "end": (self.world.end + 1) * DAY,
            "harm_days": [int(days) for days in rates("harm").numbers("tier_days")],
            "asked": [one.number for one in self.world.atlas if one.force_code in self.world.asked],
        }
        wanted = {name: value for name, value in said.items() if f"${name}" in question}
        try:
            found, n = self.tables.execute(question, wanted).fetchone() or (None, 0)
        except duckdb.CatalogException:  # a table of which nothing was written
            return None, 0
        return (None if found is None else float(found)), int(n or 0)

    @cached_property
    def success(self) -> dict[str, Number]:
        """How well three scores rank those who do serious harm: what is hidden, what is recorded, points by rule."""
        if "cohort" not in self.known:
            return {}
        rows = self.tables.execute("select * from cohort order by person_uid, day").fetchnumpy()
        is_serious = np.asarray(rows["is_serious"], np.bool_)
        features = np.column_stack([np.asarray(rows[name], np.float64) for name in FEATURES])
        features[:, :_COUNTED] = np.log1p(features[:, :_COUNTED])
        n = int(is_serious.sum())
        recorded = (
            scored(features, is_serious, np.asarray(rows["person_uid"], np.int64)) if n else rows["points"]
        )
        scores = {"hidden": rows["hidden"], "recorded": recorded, "points": rows["points"]}
        return {name: (area_under_curve(np.asarray(one), is_serious), n) for name, one in scores.items()}


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: what is found has to lie between low and high."""

    name: str
    source: str  # where in the specification
    low: float
    high: float
    fewest: int  # how much the number must rest on
    measure: Callable[[Book], Number]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A gate and what was found."""

    gate: Gate
    found: float | None
    n: int

    @property
    def is_passed(self) -> bool | None:
        """None where the world is too small to tell."""
        if self.found is None or self.n < self.gate.fewest:
            return None
        return self.gate.low <= self.found <= self.gate.high


def _counted(question: str) -> Callable[[Book], Number]:
    return lambda book: book.answer(question)


def _ranked(score: str) -> Callable[[Book], Number]:
    return lambda book: book.success.get(score, (None, 0))


def _above_points(book: Book) -> Number:
    (recorded, n), (points, _) = _ranked("recorded")(book), _ranked("points")(book)
    return (None if recorded is None or points is None else recorded - points), n


GATES: Final = (
    Gate("share of the commonest surname", "C9", 0.011, 0.013, 60_000, _counted(questions.TOP_SURNAME)),
    Gate("twins among births", "C9", 0.0135, 0.0165, 12_000, _counted(questions.TWINS)),
    Gate("people for each pair that shares name and birthday", "C9", 2_000, 6_000, 300,
         _counted(questions.COLLISIONS)),
    Gate("suspects named in two forces or more", "C9", 0.06, 0.10, 4_000, _counted(questions.CROSS_FORCE)),
    Gate("pairs reported once in three years", "C9", 0.72, 0.80, 2_000, _counted(questions.WITHOUT_REPEAT)),
    Gate("pairs that hold four fifths of harm", "C9", 0.015, 0.03, 8_000, _counted(questions.FOUR_FIFTHS)),
    Gate("missing children's episodes that are repeats", "C9", 0.65, 0.75, 2_500, _counted(questions.CHILD_REPEATS)),
    Gate("episodes of the top twentieth of missing children", "C9", 0.25, 0.35, 700,
         _counted(questions.TOP_TWENTIETH)),
    Gate("first repeats of missing children within 28 days", "C9", 0.5, 1.0, 300, _counted(questions.REPEATS_SOON)),
    Gate("serious harm by people without an earlier record", "C9", 0.45, 0.60, 300, _counted(questions.NO_PRIOR)),
    Gate("F1 of linking by exact name and birthday", "C9", 0.55, 0.75, 100_000,
         _counted(questions.NAME_AND_BIRTHDAY)),
    Gate("area under the curve of what is hidden", "C9", 0.85, 1.0, 250, _ranked("hidden")),
    Gate("area under the curve of what is recorded", "C9", 0.72, 0.82, 250, _ranked("recorded")),
    Gate("what is recorded against points by rule", "C9", 0.02, 0.12, 250, _above_points),
    Gate("share of local nominals that are duplicates", "C5", 0.05, 0.07, 5_000, _counted(questions.DUPLICATES)),
    Gate("share of local nominals merged into a wrong one", "C5", 0.002, 0.006, 5_000,
         _counted(questions.WRONG_MERGERS)),
)  # fmt: skip


def judged(folder: Path, world: World) -> list[Verdict]:
    """Every gate with what was found in an answer book."""
    book = Book(folder, world)
    try:
        return [Verdict(gate, *gate.measure(book)) for gate in GATES]
    finally:
        book.tables.close()
