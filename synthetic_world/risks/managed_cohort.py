"""Who is managed as a sexual or violent offender: drawn by latent, some of them suspects again later.

New crimes of managed people are not invented here: those who offend again are drawn from people whom the crimes
already suspect. Not here: notifications (managed_clock), rows (managed), visits (visits).
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.model import Flags, Floats, Ints, Longs
from synthetic_world.rates import Rates
from synthetic_world.risks.risk_ground import YEAR, Standing, chosen, kinds_of
from synthetic_world.risks.risk_rows import DAY, NO_DAY

OFFENCES: Final = (  # text and CJS code; the first eight are of category 1, the others of category 2
    ("Rape of a female aged 16 or over", "SX03002"),
    ("Rape of a female child under 13", "SX03013"),
    ("Sexual assault on a female", "SX03007"),
    ("Sexual activity with a girl aged 13 to 15", "SX03025"),
    ("Sexual communication with a child", "SX03224"),
    ("Arrange or facilitate a child sex offence", "SX03047"),
    ("Taking or making indecent photographs of children", "PK78001"),
    ("Exposure", "SX03128"),
    ("Wounding with intent to do grievous bodily harm", "OF61016"),
    ("Attempted murder", "COML025A"),
    ("Kidnapping", "COML020"),
    ("Threats to kill", "OF61014"),
)
SEXUAL: Final = (
    "rape",
    "sexual",
    "exploitation",
    "exposure",
    "images",
    "trafficking",
    "intimate_image",
    "spiking",
)
NOT_YET: Final = 1 << 40
VIOLENT: Final = (
    "violence", "threats", "strangulation", "kidnap", "coercive_control", "stalking", "robbery", "abduction", "arson",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cohort:
    """One entry a managed offender, in order of person."""

    person: Ints
    category: Ints  # 1 or 2
    level: Ints  # 1 to 3
    risk: Ints  # 0 low to 3 very high
    signal: Floats  # the latent behind the risk and new offending
    offence: Ints  # index into OFFENCES
    convicted: Ints  # day
    released: Ints  # day; NO_DAY for those not imprisoned
    start: Ints  # day notification began
    end: Ints  # day it ends; NO_DAY without end
    manager: Ints  # of the home force

    def __len__(self) -> int:
        """How many."""
        return len(self.person)


def cohort_of(standing: Standing, r: Rates, random: np.random.Generator, events: pa.Table) -> Cohort:
    """Draw the managed offenders of a block: the stock when the history begins, and those added later."""
    stock_1, stock_2 = (
        int(
            random.poisson(
                r.number(key) * standing.residents / 1000 / (1 + r.number("managed_growth") * standing.years)
            )
        )
        for key in ("managed_per_1000", "managed_category_2_per_1000")
    )
    stock = stock_1 + stock_2  # when the history begins
    added = int(random.poisson(r.number("managed_new") * stock * standing.years))
    signal = random.standard_normal(len(standing.ground.people)).astype(np.float32)
    signal += r.number("managed_offending") * np.log(standing.ground.people.offending + 0.05)
    first_suspected, last_suspected = suspected(standing, events)
    is_again = first_suspected < NOT_YET
    is_once = (last_suspected - first_suspected < 60) & (
        first_suspected < standing.ground.world.horizon - 200
    )
    kept, fresh = _drawn(standing, r, random, (stock, added), signal, is_again, is_again & is_once)
    person = np.concatenate([kept, fresh]).astype(np.int32)
    is_new = np.arange(len(person)) >= len(kept)
    category = np.where(random.random(len(person)) < stock_2 / max(stock, 1), 2, 1)
    order = np.argsort(person, kind="stable")
    person, is_new, category = person[order], is_new[order], category[order]
    return _described(standing, r, random, person, is_new, category, signal[person], first_suspected)


def suspected(standing: Standing, events: pa.Table) -> tuple[Longs, Longs]:
    """By person: the first and last day they were suspected of a sexual or violent crime; NOT_YET for the others."""
    first = np.full(len(standing.ground.people), NOT_YET, dtype=np.int64)
    last = np.full(len(standing.ground.people), -NOT_YET, dtype=np.int64)
    suspect, tier, recorded = (events[name].to_numpy() for name in ("suspect", "tier", "is_recorded"))
    words, codes = kinds_of(events)
    is_sexual, is_violent = (np.isin(words, kinds)[codes] for kinds in (SEXUAL, VIOLENT))
    rows = (suspect >= 0) & (is_sexual | (is_violent & (tier >= 1))) & recorded
    day = events["second"].to_numpy()[rows] // DAY
    np.minimum.at(first, suspect[rows], day)
    np.maximum.at(last, suspect[rows], day)
    return first, last


def _drawn(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    sizes: tuple[int, int],
    signal: Floats,
    is_again: Flags,
    is_once: Flags,
) -> tuple[Ints, Ints]:
    """Stock and newly added: people without replacement, the likelier the higher their latent.

    is_again: suspected of a fitting crime in the history, is_once: and never again.
    """
    people, world = standing.ground.people, standing.ground.world
    male = np.where(people.sex == 1, r.number("managed_male"), 1 - r.number("managed_male"))
    key = signal + np.log(np.maximum(male, 1e-6)) - np.log(random.standard_exponential(len(people)))
    key[people.birth_day > world.start - 21 * YEAR] = -np.inf
    stock, added = sizes
    share = 1 - (1 - r.number("managed_new_offence")) ** standing.years
    n_again = min(round(stock * share), int(is_again.sum()))
    again = _highest(np.where(is_again, key, -np.inf), n_again)
    others = _highest(np.where(is_again, -np.inf, key), stock - n_again)
    key[again] = -np.inf
    likely = np.where(is_once, key + 3, np.where(is_again, -np.inf, key))
    fresh = _highest(likely, added + len(others))
    fresh = fresh[~np.isin(fresh, others)][:added]
    return np.concatenate([again, others]), fresh


def _highest(key: npt.NDArray[Any], n: int) -> Ints:
    """The `n` people with the highest keys, none with minus infinity."""
    n = min(max(n, 0), int(np.isfinite(key).sum()))
    if not n:
        return np.zeros(0, dtype=np.int32)
    top = np.argpartition(-key, n - 1)[:n]
    return top[np.argsort(-key[top], kind="stable")].astype(np.int32)


def _described(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    person: Ints,
    is_new: Flags,
    category: Ints,
    signal: Floats,
    first_suspected: Longs,
) -> Cohort:
    """The cohort with its dates, bands and managers."""
    n = len(person)
    convicted, released = _dates(standing, r, random, person, is_new, category, first_suspected)
    rest = random.exponential(1 / r.number("managed_ended"), size=n) * YEAR
    last = np.maximum(convicted, standing.ground.world.start) + 200 + rest.astype(np.int64)
    end = np.where(random.random(n) < r.number("managed_indefinite"), NO_DAY, last)
    sexual, violent = r.numbers("managed_offences_1"), r.numbers("managed_offences_2")
    offence = np.where(category == 1, chosen(random, sexual, n), len(sexual) + chosen(random, violent, n))
    managers = max(1, round(n / r.number("managed_case_load")))
    return Cohort(
        person=person,
        category=category.astype(np.int32),
        level=1 + chosen(random, r.numbers("managed_level"), n).astype(np.int32),
        risk=_bands(r, random, signal),
        signal=signal,
        offence=offence.astype(np.int32),
        convicted=convicted.astype(np.int32),
        released=released.astype(np.int32),
        start=convicted.astype(np.int32),
        end=end.astype(np.int32),
        manager=random.integers(managers, size=n).astype(np.int32),
    )


def _dates(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    person: Ints,
    is_new: Flags,
    category: Ints,
    first_suspected: Longs,
) -> tuple[Longs, Longs]:
    """Days of conviction and release: before the history for the stock, after the crime suspected for new ones.

    Whoever is suspected again in the history is at large by then.
    """
    world, n, suspected_day = standing.ground.world, len(person), first_suspected[person]
    years_ago = random.random(n) ** 1.6 * r.number("managed_past_years")
    long_ago = world.start - (years_ago * YEAR).astype(np.int64) - 20
    of_adult = standing.ground.people.birth_day[person] + 18 * 365 + 30
    charged = np.where(
        suspected_day < world.horizon - 200, suspected_day + 120 + random.integers(60, size=n), 0
    )
    lately = np.maximum(charged, random.integers(world.start, world.horizon, size=n))
    convicted = np.where(is_new, lately, np.maximum(long_ago, of_adult))
    is_jailed = random.random(n) < np.asarray(r.numbers("managed_jailed"))[category - 1]
    least, further = r.numbers("managed_served_days")
    released = convicted + (least + random.gamma(1.6, further / 1.6, size=n)).astype(np.int64)
    is_inside = (random.random(n) < r.number("managed_custody")) & (suspected_day == NOT_YET)
    free = np.minimum(world.start - 10, suspected_day - 30)
    released = np.where(is_new | is_inside, released, np.minimum(released, free))
    return convicted, np.where(is_jailed, np.maximum(released, convicted + 1), NO_DAY)


def _bands(r: Rates, random: np.random.Generator, signal: Floats) -> Ints:
    """Risk bands in the shares asked for, which know a little of the latent."""
    effect = r.number("managed_risk_signal")
    standard = (signal - signal.mean()) / max(float(signal.std()), 1e-6) if len(signal) else signal
    rank = (effect * standard + random.standard_normal(len(signal))) / np.sqrt(1 + effect**2)
    bounds = [NormalDist().inv_cdf(float(share)) for share in np.cumsum(r.numbers("managed_risk"))[:-1]]
    bands: Ints = np.digitize(rank, bounds).astype(np.int32)
    return bands
