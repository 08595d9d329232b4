"""A tenth force's way of writing one feed, drawn at random from pools: headings, codes, words, formats, kind of file.

The same seed draws the same dialect. Not here: the words (pools_*.yml), the bytes of its file (dialect_files).
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data_contracts.columns import BINDABLE, Column
from data_contracts.model import Canonical

HERE = Path(__file__).parent
ALWAYS = ("source_record_id", "occurred_from", "recorded_at")
PEOPLE = ("forename", "surname", "middle_names", "birth_date", "sex", "ethnicity_self", "ethnicity_officer", "pnc_id",
          "cro_number", "address_line", "postcode", "phone", "person_ref")  # fmt: skip
SAME_CODES = {
    "risk_current": "risk_initial",
    "osp_iic": "osp_dc",
    "arms_level": "osp_dc",
    "risk_band": "osp_dc",
}
READERS = ("csv", "csv", "csv", "xlsx", "jsonl", "parquet", "xml")


def pools(half: str) -> dict[str, Any]:
    """One half of the pools, or both together."""
    if half != "both":
        return dict(yaml.safe_load((HERE / f"pools_{half}.yml").read_text(encoding="utf-8")))
    one, other = pools("open"), pools("held")
    return {key: _both(one[key], other[key]) for key in one}


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, dict):
        return {key: _both(one.get(key), other.get(key)) for key in {**one, **other}}
    if one is None or other is None or isinstance(one, str):
        return one if other is None else other
    return [*one, *(item for item in other if item not in one)] if isinstance(one, list) else one


@dataclass(frozen=True)
class Extra:
    """A column that no canonical field is for."""

    heading: str
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Dialect:
    """How the force writes one feed. columns: in the order of the file; extras stand among them by `order`."""

    feed: str
    force_code: str
    columns: tuple[Column, ...]
    extras: tuple[Extra, ...]
    order: tuple[str, ...]  # headings
    reader: str
    delimiter: str
    quote: str
    encoding: str
    null_word: str
    is_native: bool  # workbook and Parquet: dates as dates
    file_stem: str

    @property
    def truth(self) -> dict[str, str]:
        """Canonical field by heading; empty for an extra."""
        return {c.physical: c.name for c in self.columns} | {e.heading: "" for e in self.extras}


Dress = Callable[[list[str]], str]
DRESSES: dict[str, Dress] = {
    "UPPER_SNAKE": lambda words: "_".join(words).upper(),
    "lower_snake": "_".join,
    "Title Case": lambda words: " ".join(word.title() if len(word) > 3 else word.upper() for word in words),
    "UPPER BLANKS": lambda words: " ".join(words).upper(),
    "PascalCase": lambda words: "".join(word.title() for word in words),
    "camelCase": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "Title.Dots": lambda words: ".".join(word.title() for word in words),
    "kebab-case": "-".join,
}
XML_DRESSES = ("PascalCase", "camelCase", "lower_snake", "UPPER_SNAKE")


def draw(pool: Mapping[str, Any], canonical: Canonical, seed: int, reader: str = "") -> Dialect:
    """The dialect of a seed."""
    luck = random.Random(f"{seed}|{canonical.feed}")
    kind = reader or luck.choice(READERS)
    dress = DRESSES[
        luck.choice(
            [d for d in pool["dress"] if kind not in ("xml", "jsonl") or d in XML_DRESSES]
            or list(XML_DRESSES)
        )
    ]
    said = _headings(pool, canonical, luck, dress)
    if kind == "xml":  # no element's name begins with a digit
        said = {field: f"N{heading}" if heading[0].isdigit() else heading for field, heading in said.items()}
    if kind == "jsonl" and luck.random() < 0.5:
        said = {field: f"{_group(field)}{heading}" for field, heading in said.items()}
    style = _Style(pool, canonical, luck)
    columns = tuple(style.column(field, heading) for field, heading in said.items())
    extras = tuple(_extras(pool, luck, dress, set(said.values())))
    order = [c.physical for c in columns] + [e.heading for e in extras]
    luck.shuffle(order)
    force = luck.choice(("tidewell", "ashmoor", "lunesford", "port-averley"))
    return Dialect(
        canonical.feed, force, columns, extras, tuple(order), kind, luck.choice(",;|\t~^"), luck.choice("\"\"\"'"),
        luck.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")), luck.choice(["", *pool["null_words"]]),
        luck.random() < 0.5, _stem(pool, luck, force, canonical.feed),
    )  # fmt: skip


def _headings(
    pool: Mapping[str, Any], canonical: Canonical, luck: random.Random, dress: Dress
) -> dict[str, str]:
    """Dressed heading by field; no two alike."""
    own = pool["feeds"][canonical.feed]
    called = {**{f: n for f, n in pool["people"].items() if f in PEOPLE}, **own}
    required = {*ALWAYS, *(field.name for field in canonical.fields if field.required)}
    fields = [f.name for f in (*BINDABLE.values(), *canonical.fields) if f.name in called]
    fields = [f for f in fields if f in required or luck.random() < 0.85]
    place = {f: luck.randrange(9) for f in fields}
    for pair in pool["together"]:
        place |= dict.fromkeys((f for f in pair if f in place), luck.randrange(9))
    found: dict[str, str] = {}
    for field in fields:
        names: Sequence[str] = called[field]
        for turn in range(len(names)):
            heading = dress(re.sub(r"[^a-z0-9 ]", "", names[(place[field] + turn) % len(names)]).split())
            if heading.casefold() not in {h.casefold() for h in found.values()}:
                found[field] = heading
                break
    return found


def _group(field: str) -> str:
    if field in PEOPLE:
        return "person."
    return "times." if field in ("occurred_from", "occurred_to", "recorded_at", "reported_at") else ""


def _extras(pool: Mapping[str, Any], luck: random.Random, dress: Dress, taken: set[str]) -> list[Extra]:
    names = luck.sample(sorted(pool["extras"]), luck.randint(1, 4))
    made = [Extra(dress(name.split()), pool["extras"][name]) for name in names]
    return [extra for extra in made if extra.heading not in taken]


def _stem(pool: Mapping[str, Any], luck: random.Random, force: str, feed: str) -> str:
    date, iso = "20261103", "2026-11-03"
    words = {
        "force": force,
        "FORCE": force.upper(),
        "Force": force.title(),
        "feed": feed,
        "FEED": feed.upper(),
        "Feed": feed.title(),
    }
    return str(luck.choice(pool["files"])).format(**words, date=date, iso=iso)


class _Style:
    """The choices that one dialect makes once: its flags, its formats, its codes."""

    def __init__(self, pool: Mapping[str, Any], canonical: Canonical, luck: random.Random) -> None:
        self.pool, self.canonical, self.luck = pool, canonical, luck
        self.flags = luck.choice(pool["booleans"])
        self.timestamp, self.date = luck.choice(pool["timestamps"]), luck.choice(pool["dates"])
        self.chosen: dict[str, Mapping[str, str]] = {}
        self.kinds = {f.name: (f.logical_type, f.codes) for f in BINDABLE.values()}
        self.kinds |= {f.name: (f.logical_type, f.code_list) for f in canonical.fields}

    def column(self, field: str, heading: str) -> Column:
        kind, codes = self.kinds[field]
        format_ = {"timestamp": self.timestamp, "date": self.date}.get(kind, "")
        return Column(
            heading,
            field,
            kind,
            required=False,
            format=format_,
            code_map=self._code_map(field, kind, codes),
            codes=codes,
        )

    def _code_map(self, field: str, kind: str, codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
        if kind == "boolean":
            return ((self.flags[0], "true"), (self.flags[1], "false"))
        if not codes:
            return ()
        key = SAME_CODES.get(field, field)
        if key not in self.chosen:
            listed = self.pool["codes"]
            self.chosen[key] = self.luck.choice(
                listed.get(f"{self.canonical.feed}.{key}") or listed.get(key) or [{}]
            )
        return tuple((self.chosen[key].get(code, code), code) for code in codes)
