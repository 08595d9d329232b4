"""The offences of the fictional world: codes, weights in each process, and the spellings forces really use.

offences.csv holds one offence a line. Codes and titles are those of ../reference tables credited in NOTICE; how often
each occurs is a share of recorded crime per 1,000 residents (`volume`, `sexual`) or of its tier among domestic abuse
(`da`). Not here: how often anything happens at all (rates/harm.yml), which order was breached (orders_da).
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.columns import Listed
from synthetic_world.model import Codes, Flags, Floats
from synthetic_world.ordering import Whole

PATH: Final = Path(__file__).with_name("offences.csv")
VICTIMS: Final = ("P", "B", "N", "A")  # person, business, nobody, public servant
HOURS: Final = ("day", "evening", "night")
PLACES: Final = (
    "dwelling", "street", "licensed_premises", "care_home", "school", "hospital", "shop", "vehicle", "online",
    "hotel", "other",
)  # fmt: skip
RULES: Final = ("", "F", "D", "O", "C")
INJURIES: Final = ("none", "minor", "serious", "fatal", "unknown")
TIERS: Final = 4
_BANDS: Final = (0, 13, 16)  # ages at which the sexual offences of a child change


@dataclass(frozen=True, slots=True)
class Offences:
    """The vocabulary, one place an offence."""

    kinds: tuple[str, ...]
    kind: Whole  # index into kinds
    tier: Codes
    rule: Codes  # index into RULES: when it counts as violence against women and girls
    victim: Codes  # index into VICTIMS
    victim_from: Whole
    victim_to: Whole
    place: Codes  # index into PLACES
    hours: Codes  # index into HOURS
    injury: Codes  # index into INJURIES
    named: (
        Floats  # chance that the offender becomes known, where it does not hang on who they are to the victim
    )
    is_near: Flags  # the kind that breeds repeats close by
    da: Floats
    sexual: Floats
    volume: Floats
    unlike: Whole  # the offence it is first mistaken for; itself where none
    by_victim: Whole  # offence by sex and age band: the one the law knows for such a victim
    codes: tuple[str, ...]  # of the courts (CJS)
    rc_class: Listed
    ho_class: Listed
    cjs_code: Listed
    texts: Listed  # every spelling of every offence
    first_text: Whole
    n_texts: Whole

    def __len__(self) -> int:
        """How many offences."""
        return len(self.tier)

    def of_kind(self, *kinds: str) -> Flags:
        """Which offences are of these kinds."""
        return np.isin(self.kind, [self.kinds.index(kind) for kind in kinds])

    def coded(self, cjs_code: str) -> int:
        """The first offence with a code."""
        return self.codes.index(cjs_code)

    def fitting(self, offence: Whole, is_male: Flags, age: Whole) -> Whole:
        """The same offences as the law names them for victims of that sex and age."""
        band = np.searchsorted(_BANDS, age, side="right") - 1
        return self.by_victim[offence, is_male.astype(np.int8), np.maximum(band, 0)].astype(np.int32)

    def text(self, offence: Whole, spelling: Whole) -> Whole:
        """Place in texts of a spelling; whole numbers beyond the number of spellings begin again."""
        return self.first_text[offence] + spelling % self.n_texts[offence]


@lru_cache(maxsize=1)
def offences() -> Offences:
    """The vocabulary, read once."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = tuple(dict.fromkeys(row["kind"] for row in rows))
    spelled = [[row["offence_text"], *(s for s in row["spellings"].split(" | ") if s)] for row in rows]
    counts = np.array([len(one) for one in spelled], np.int32)
    codes = [row["cjs_code"] for row in rows]
    return Offences(
        kinds=kinds,
        kind=_ints([kinds.index(row["kind"]) for row in rows]),
        tier=_codes([int(row["tier"]) for row in rows]),
        rule=_codes([RULES.index(row["vawg"]) for row in rows]),
        victim=_codes([VICTIMS.index(row["victim"]) for row in rows]),
        victim_from=_ints([int(row["victim_from"]) for row in rows]),
        victim_to=_ints([int(row["victim_to"]) for row in rows]),
        place=_codes([PLACES.index(row["place"]) for row in rows]),
        hours=_codes([HOURS.index(row["hours"]) for row in rows]),
        injury=_codes([int(row["injury"]) for row in rows]),
        named=np.array([row["named"] for row in rows], np.float32),
        is_near=np.array([row["near"] == "1" for row in rows]),
        da=np.array([row["da"] for row in rows], np.float32),
        sexual=np.array([row["sexual"] for row in rows], np.float32),
        volume=np.array([row["volume"] for row in rows], np.float32),
        unlike=_ints([codes.index(r["unlike"]) if r["unlike"] else i for i, r in enumerate(rows)]),
        by_victim=_by_victim(rows),
        codes=tuple(codes),
        rc_class=Listed.of(pa.array([row["rc_class"] or None for row in rows], pa.string())),
        ho_class=Listed.of(pa.array([row["ho_class"] for row in rows], pa.string())),
        cjs_code=Listed.of(pa.array(codes, pa.string())),
        texts=Listed.of(pa.array([text for one in spelled for text in one], pa.string())),
        first_text=(np.cumsum(counts) - counts).astype(np.int32),
        n_texts=counts,
    )


def _by_victim(rows: list[dict[str, str]]) -> Whole:
    """By offence, sex (female, male) and age band: the offence of the same form that fits, else itself."""
    table = np.repeat(np.arange(len(rows), dtype=np.int16), 2 * len(_BANDS)).reshape(
        len(rows), 2, len(_BANDS)
    )
    for place, row in enumerate(rows):
        if not row["form"]:
            continue
        for sex, letter in enumerate("FM"):
            for band, age in enumerate(_BANDS):
                fits = (
                    i
                    for i, other in enumerate(rows)
                    if other["form"] == row["form"]
                    and other["victim_sex"] in ("", letter)
                    and int(other["victim_from"]) <= age <= int(other["victim_to"])
                )
                table[place, sex, band] = next(fits, place)
    return table


def _ints(values: list[int]) -> Whole:
    return np.array(values, np.int32)


def _codes(values: list[int]) -> Codes:
    return np.array(values, np.uint8)
