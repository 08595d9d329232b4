"""Referred adverts for sexual services: small groups that share telephones, e-mails, accounts and payers.

Nobody is named; what ties adverts together is what they quote. Not here: networks that a profile must find
(scenarios).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import key_of
from synthetic_world.model import NOBODY, Longs, stream
from synthetic_world.population.phones import telephones
from synthetic_world.rates import Rates
from synthetic_world.risks.identifiers import telephone_texts
from synthetic_world.risks.risk_ground import Standing, towns_of
from synthetic_world.risks.risk_rows import DAY, Book, Coded, Columns

PLATFORMS: Final = ("LocalDates", "CityList", "NightBoard", "VisitNow")
TEXTS: Final = (
    "New in town, here for a few days only. Call first.", "Two friends, any time, clean flat with parking.",
    "Independent, no agency. Texts are not answered.", "Just arrived, young and friendly. In calls only.",
    "Mature and discreet, weekdays.", "Party girls, hotel visits, all night.", "Massage and more.",
    "New staff every week. Back by request until Sunday. Private house.", "Three ladies to choose from, come and see.",
)  # fmt: skip
QUOTED: Final = ("phone", "email", "account", "payer")
NAMES: Final = tuple(
    f"{a}{b}"
    for a in ("Lola", "Mia", "Anya", "Kiki", "Ruby", "Bella", "Sofi", "Nina", "Tia", "Jade")
    for b in range(10, 60)
)


def make_adverts(standing: Standing, book: Book, r: Rates) -> None:
    """Enter the adverts referred to the forces of a block."""
    ground, world = standing.ground, standing.ground.world
    random = stream(world.seed, "adverts", ground.block.key)
    rate = r.number("advert_groups_per_million") * standing.residents / 1e6 * standing.years
    groups = int(random.poisson(rate))
    most = int(r.number("advert_group_most"))
    sizes = np.minimum(random.geometric(r.number("advert_group_alone"), size=groups), most)
    group = np.repeat(np.arange(groups), sizes)
    n = len(group)
    begins = world.start + random.integers(world.horizon - world.start, size=groups)
    posted = ((begins[group] + random.exponential(25, n)) * DAY).astype(np.int64)
    posted = np.minimum(posted, (world.horizon + 1) * DAY - 1)
    start, towns, _ = towns_of(ground)
    force = _forces(standing, random, groups)[group]
    town = np.array([start[number] for number in force.tolist()], dtype=np.int64)
    counts = {number: len(ground.places[number].towns) for number in start}
    town += (
        random.random(n) * np.array([counts[number] for number in force.tolist()], dtype=np.int64)
    ).astype(np.int64)
    columns: Columns = {
        "key": book.keys("advert_referral", n), "recorded_at": posted + random.integers(DAY, 12 * DAY, size=n),
        "occurred_from": posted, "posted_at": posted,
        "platform": Coded(PLATFORMS, random.integers(len(PLATFORMS), size=n)),
        "text": Coded(TEXTS, random.integers(len(TEXTS), size=n)), "town": Coded(towns, town),
        "n_people_advertised": 1 + random.binomial(3, 0.15, size=n), "postcode": pa.nulls(n, pa.string()),
        **_quoted(ground.block.number, r, random, group),
    }  # fmt: skip
    book.add("advert_referral", force, columns)


def _forces(standing: Standing, random: np.random.Generator, n: int) -> npt.NDArray[Any]:
    numbers = np.array(sorted(standing.ground.places), dtype=np.int32)
    return numbers[random.integers(len(numbers), size=n)]


def _quoted(block: int, r: Rates, random: np.random.Generator, group: npt.NDArray[Any]) -> Columns:
    """What adverts of one group share, each now and then with something of its own."""
    n = len(group)
    keys: dict[str, Longs] = {}
    for place, (name, own) in enumerate(zip(QUOTED, r.numbers("advert_own"), strict=True)):
        salt = np.where(random.random(n) < own, 1 + np.arange(n), 0)
        keys[name] = key_of(np.int64(block) + np.zeros(n, np.int64), group, salt, place)
    with_name, with_payer = r.numbers("advert_quoted")
    email = pc.binary_join_element_wise(
        pa.array(NAMES).take(pa.array(keys["email"] % len(NAMES))),
        pa.array(keys["email"] // 500 % 997).cast(pa.string()),
        ".",
    )
    payer = pc.binary_join_element_wise("PAY", pa.array(keys["payer"] % 10_000_000).cast(pa.string()), "")
    return {
        "phone": telephone_texts(telephones(keys["phone"])),
        "email": pc.binary_join_element_wise(pc.utf8_lower(email), "@letters.example", ""),
        "account_name": Coded(
            NAMES, np.where(random.random(n) >= with_name, NOBODY, keys["account"] % len(NAMES))
        ),
        "payer_ref": pc.if_else(pa.array(random.random(n) < with_payer), payer, None),
    }
