"""Whom intelligence speaks of, when and why: shadows of what really goes on, and talk that follows the prolific.

A third of reports are shadows: of events (also those nobody reported), of running cells, of managed offenders who
moved without telling. Not here: texts (intel_text), grades and rows (intel).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.crimes.recording import group_of
from synthetic_world.model import NOBODY, Codes, Flags, Ints, Longs
from synthetic_world.rates import Rates
from synthetic_world.risks.intel_phrases import THEMES
from synthetic_world.risks.managed import Managed
from synthetic_world.risks.risk_ground import YEAR, Standing, chosen, forces_of, kinds_of, other_force
from synthetic_world.risks.risk_rows import DAY

_THEME_OF_KIND: Final = {  # of the offences' kinds; any other kind is `disorder`
    "rape": "sexual", "sexual": "sexual", "spiking": "sexual", "exposure": "sexual", "intimate_image": "sexual",
    "exploitation": "child_exploitation", "images": "child_exploitation", "abduction": "child_exploitation",
    "trafficking": "adult_services", "slavery": "slavery", "stalking": "stalking", "harassment": "stalking",
    "communications": "stalking", "weapons": "weapons", "violence": "weapons", "robbery": "weapons", "drugs": "drugs",
    "supply": "drugs", "vehicle": "vehicle", "theft": "theft", "burglary": "theft", "shoplifting": "theft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """What each report is about, one entry each, in no order."""

    subject: Ints  # whom it is truly about
    other: Ints  # NOBODY for none
    other_is_victim: Flags
    theme: Codes  # index into THEMES
    second: Longs  # when it was heard
    force: Ints
    event: Longs  # event_id it shadows, NOBODY for none
    is_true: Flags

    def __len__(self) -> int:
        """How many."""
        return len(self.subject)


def sources_of(
    standing: Standing, r: Rates, random: np.random.Generator, events: pa.Table, managed: Managed
) -> Sources:
    """All reports of a block before they are graded and worded."""
    block, forces = standing.ground.block, forces_of(standing.ground)
    habit = sum(forces[number].intel for number in forces) / len(forces)
    total = r.number("intel_per_1000") / 1000 * standing.residents * standing.years * habit
    cells, moved = _of_cells(standing, r, random), _of_movers(standing, r, random, managed)
    n_shadows = max(total * r.number("intel_shadow") - len(cells) - len(moved), 0.0)
    shadows = _of_events(standing, r, random, events, managed, n_shadows)
    rest = max(total - len(shadows) - len(cells) - len(moved), 0.0)
    return _joined((shadows, cells, moved, _noise(standing, r, random, rest, block.home.number)))


def _of_events(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    events: pa.Table,
    managed: Managed,
    wanted: float,
) -> Sources:
    """Reports that an event casts, before or after it."""
    world = standing.ground.world
    suspect, tier, dyad, cell = (events[name].to_numpy() for name in ("suspect", "tier", "dyad", "cell"))
    is_managed = np.zeros(len(standing.ground.people), dtype=bool)
    is_managed[managed.cohort.person] = True
    when, (mean, spread) = events["second"].to_numpy(), r.numbers("intel_lag_days")
    is_near = (when > (world.start - 2 * spread) * DAY) & (when <= (world.horizon + 1) * DAY)
    able = np.flatnonzero((suspect >= 0) & ((dyad >= 0) | (cell >= 0) | (tier >= 1)) & is_near)
    weight = np.asarray(r.numbers("intel_tier_weight"))[tier[able]]
    weight *= np.where(cell[able] >= 0, r.number("intel_cell_weight"), 1.0)
    weight *= np.where(is_managed[suspect[able]], r.number("intel_managed_weight"), 1.0)
    rows = np.repeat(able, random.poisson(weight * (wanted / max(float(weight.sum()), 1.0))))
    second = when[rows] + (DAY * (mean + spread * random.standard_normal(len(rows)))).astype(np.int64)
    kept = (second >= world.start * DAY) & (second < (world.horizon + 1) * DAY)
    rows, second = rows[kept], second[kept]
    n = len(rows)
    theme = _themes(
        events, rows, is_managed[suspect[rows]] & (random.random(n) < r.number("intel_managed_theme"))
    )
    victim = events["victim"].to_numpy()[rows]
    is_named = (random.random(n) < r.numbers("intel_pair")[0]) & (victim >= 0)
    return Sources(
        suspect[rows].astype(np.int32),
        np.where(is_named, victim, NOBODY).astype(np.int32),
        is_named,
        theme,
        second,
        events["force"].to_numpy()[rows].astype(np.int32),
        events["event_id"].to_numpy()[rows].astype(np.int64),
        np.ones(n, dtype=bool),
    )


def _themes(events: pa.Table, rows: npt.NDArray[Any], is_managed: Flags) -> Codes:
    """Theme of the reports on these events."""
    words, codes = kinds_of(events)
    theme = np.array([_theme(kind) for kind in words] or [0], dtype=np.uint8)[codes[rows]]
    is_dyad = (events["dyad"].to_numpy()[rows] >= 0) & (theme != THEMES.index("stalking"))
    theme = np.where(is_dyad, THEMES.index("domestic"), theme)
    theme = np.where(events["cell"].to_numpy()[rows] >= 0, THEMES.index("county_lines"), theme)
    return np.where(is_managed, THEMES.index("managed"), theme).astype(np.uint8)


def _theme(kind: str) -> int:
    return THEMES.index(_THEME_OF_KIND.get(kind, "disorder"))


def _of_cells(standing: Standing, r: Rates, random: np.random.Generator) -> Sources:
    """Reports about people of a cell while it runs, in either force."""
    cell, world = standing.cell, standing.ground.world
    people = np.flatnonzero(cell.cell >= 0)
    start = np.maximum(cell.from_day[people], world.start)
    span = np.maximum(np.minimum(cell.to_day[people], world.horizon) - start, 0)
    counts = random.poisson(r.number("intel_cell_reports") * span / YEAR)
    row = np.repeat(np.arange(len(people)), counts)
    member, n = people[row], len(row)
    is_adult = cell.is_exporter[member]
    is_alone = is_adult | (cell.leader[member] == NOBODY) | (cell.leader[member] == member)
    subject = np.where(is_alone, member, cell.leader[member])
    other = np.where(is_alone, NOBODY, member)
    second = ((start[row] + span[row] * random.random(n)) * DAY).astype(np.int64)
    home, away = standing.ground.block.home.number, other_force(standing.ground)
    force = np.where(random.random(n) < r.number("intel_cell_home"), home, away if away != NOBODY else home)
    words = ("county_lines", "drugs", "child_exploitation", "association")
    theme = np.array([THEMES.index(word) for word in words])[
        chosen(random, r.numbers("intel_cell_themes"), n)
    ]
    return _plain(subject, other, theme, second, force, true=np.ones(n, dtype=bool))


def _of_movers(standing: Standing, r: Rates, random: np.random.Generator, managed: Managed) -> Sources:
    """Reports of another force about managed offenders who moved there and told nobody: at least one each."""
    moves, world = managed.moves, standing.ground.world
    rows = np.flatnonzero(~moves.is_notified & (moves.force != standing.ground.block.home.number))
    rows = rows[(moves.day[rows] >= world.start) & (moves.day[rows] < world.horizon - 20)]
    rows = np.repeat(rows, 1 + random.poisson(r.number("intel_unnotified_reports"), size=len(rows)))
    n = len(rows)
    until = np.minimum(moves.day[rows] + 500, world.horizon)
    day = moves.day[rows] + 3 + (until - moves.day[rows] - 3) * random.random(n)
    subject = managed.cohort.person[moves.offender[rows]]
    words = ("association", "vulnerability", "managed")
    theme = np.array([THEMES.index(word) for word in words])[
        chosen(random, r.numbers("intel_unnotified_themes"), n)
    ]
    nobody = np.full(n, NOBODY)
    return _plain(
        subject, nobody, theme, (day * DAY).astype(np.int64), moves.force[rows], np.ones(n, dtype=bool)
    )


def _noise(standing: Standing, r: Rates, random: np.random.Generator, wanted: float, home: int) -> Sources:
    """Talk about those whom police know well, true or not; some about those whom others worry about."""
    people, world = standing.ground.people, standing.ground.world
    shares = np.asarray(r.numbers("intel_noise_themes"))
    weak = THEMES.index("vulnerability")
    share = shares[weak] / shares.sum()
    talked = people.offending.astype(np.float64) ** r.number("intel_spread")
    talked *= np.array(r.numbers("group_intel_noise"))[group_of(people, np.arange(len(people)))]
    subject, theme = list[npt.NDArray[Any]](), list[npt.NDArray[Any]]()
    for weight, part in ((talked, 1 - share), (people.vulnerability.astype(np.float64), share)):
        rate = wanted * part / max(float(weight.sum()), 1e-9)
        subject.append(np.repeat(np.arange(len(people)), random.poisson(weight * rate)))
    without = shares.copy()
    without[weak] = 0
    theme = [chosen(random, tuple(without.tolist()), len(subject[0])), np.full(len(subject[1]), weak)]
    who, n = np.concatenate(subject), len(subject[0]) + len(subject[1])
    second = ((world.start + (world.horizon + 1 - world.start) * random.random(n)) * DAY).astype(np.int64)
    force, away = np.full(n, home, dtype=np.int32), other_force(standing.ground)
    if away != NOBODY:
        lives, _ = standing.residence(who, second // DAY)
        force = np.where(
            random.random(n) < r.number("intel_by_residence"), lives, np.where(lives == home, away, home)
        )
    known = standing.acquaintances(random, who)
    other = np.where(random.random(n) < r.numbers("intel_pair")[1], known, NOBODY)
    is_true = random.random(n) < r.number("intel_true_noise")
    return _plain(who, other, np.concatenate(theme), second, force, is_true)


def _plain(
    subject: npt.NDArray[Any],
    other: npt.NDArray[Any],
    theme: npt.NDArray[Any],
    second: Longs,
    force: npt.NDArray[Any],
    true: Flags,
) -> Sources:
    """Sources that shadow no single event."""
    n = len(subject)
    return Sources(
        subject.astype(np.int32), other.astype(np.int32), np.zeros(n, dtype=bool), theme.astype(np.uint8), second,
        force.astype(np.int32), np.full(n, np.int64(NOBODY)), true,
    )  # fmt: skip


def _joined(parts: Sequence[Sources]) -> Sources:
    names = ("subject", "other", "other_is_victim", "theme", "second", "force", "event", "is_true")
    return Sources(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
