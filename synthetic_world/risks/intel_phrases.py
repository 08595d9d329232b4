"""The sentences of intelligence reports, read from intel_templates.yml and unfolded once into lists to draw from.

A phrase is a sentence with its slots filled, split where a place or a nickname goes in. Each exists in three
editions: as written, cut off, and with the errors of a scan. Not here: which report says what (intel), joining the
pieces (intel_text).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read
from synthetic_world.model import Codes, Flags, Ints

PATH: Final = Path(__file__).with_name("intel_templates.yml")
ORIGINS: Final = ("police", "partner_agency", "public", "prison", "other_force")
THEMES: Final = (
    "domestic", "sexual", "stalking", "child_exploitation", "county_lines", "drugs", "weapons", "vehicle", "theft",
    "fraud", "managed", "slavery", "adult_services", "association", "vulnerability", "disorder",
)  # fmt: skip
WRITTEN, CUT, SCANNED = range(3)
NO_FILL, PLACE, ALIAS = range(3)
_VARIANTS: Final = 12  # of each sentence, with other words in its slots
_SLOT: Final = re.compile(r"<(\w+)>")
_BRACED: Final = re.compile(r"(\{\w+\})")
_SCAN: Final = (
    ("rn", "m"),
    ("l", "1"),
    ("o", "0"),
    ("cl", "d"),
    ("e ", "c "),
    ("I", "l"),
    ("h", "li"),
    ("s", "5"),
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Openings or closings: the texts, and where those of each group begin in them."""

    texts: pa.Array
    start: Ints
    count: Ints


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases in order of theme and of alone or together; editions one after another in `before` and `after`."""

    before: pa.Array
    after: pa.Array
    fill: Codes  # NO_FILL, PLACE or ALIAS
    has_phone: Flags
    has_vehicle: Flags
    start: Ints  # by 2 * theme + is_together
    count: Ints
    openings: Pieces  # by origin
    closings: Pieces  # one group; its last text is empty
    nicknames: pa.Array

    def __len__(self) -> int:
        """Phrases of one edition."""
        return len(self.fill)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases. Raises ContractError for a file that is not as expected."""
    root = Node.root(read(PATH))
    slots = {name: root.get("slots").get(name).texts() for name in root.get("slots").mapping()}
    themes = root.get("themes")
    bodies = [
        tuple(unfolded(themes.get(theme).get(form).texts(), slots))
        for theme in THEMES
        for form in ("alone", "together")
    ]
    flat = [body for group in bodies for body in group]
    halves = [_halves(body) for body in flat]
    counts = np.array([len(group) for group in bodies], dtype=np.int32)
    openings = [tuple(f"{one} " for one in root.get("openings").get(origin).texts()) for origin in ORIGINS]
    closings = [*unfolded(root.get("closings").texts(), slots), ""]
    return Phrases(
        before=pa.array([edit(one) for edit in (str, str, scanned) for one, _, _ in halves]),
        after=pa.array([edit(one) for edit in (str, cut, scanned) for _, _, one in halves]),
        fill=np.array([kind for _, kind, _ in halves], dtype=np.uint8),
        has_phone=np.array(["{phone}" in body for body in flat]),
        has_vehicle=np.array(["{vehicle}" in body for body in flat]),
        start=(np.cumsum(counts) - counts).astype(np.int32),
        count=counts,
        openings=_pieces(openings),
        closings=_pieces([tuple(closings)]),
        nicknames=pa.array(root.get("nicknames").texts()),
    )


def unfolded(bodies: tuple[str, ...], slots: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every sentence with every slot filled, several times over where it has any."""
    for number, body in enumerate(bodies):
        names = _SLOT.findall(body)
        if not names:
            yield from (body,) * _VARIANTS  # as likely as the others
            continue
        for variant in range(_VARIANTS):
            words = iter(
                slots[name][(variant * (1 + 2 * place) + number * 5 + place * 3) % len(slots[name])]
                for place, name in enumerate(names)
            )
            yield _SLOT.sub(lambda _: next(words), body)  # noqa: B023 (used up within the turn)


def _halves(body: str) -> tuple[str, int, str]:
    """What stands before and after the place or nickname; a body with neither is parted at a blank near its middle."""
    for kind, word in ((PLACE, "{place}"), (ALIAS, "{alias}")):
        if word in body:
            before, _, after = body.partition(word)
            return before, kind, after
    blank = body.rfind(" ", 0, max(len(body) // 2, body.find(" ") + 1))
    return body[: blank + 1], NO_FILL, body[blank + 1 :]


def cut(text: str) -> str:
    """The first part of a text, as where a field was too short; never ending inside a placeholder."""
    end = len(text) * 2 // 5
    brace = text.rfind("{", 0, end)
    return text[:brace] if brace >= 0 and "}" not in text[brace:end] else text[:end]


def scanned(text: str) -> str:
    """A text as read from a scan: a few letters taken for others, placeholders left alone."""
    parts = _BRACED.split(text)
    for place in range(0, len(parts), 2):
        wrong, right = _SCAN[(len(text) + place) % len(_SCAN)]
        parts[place] = parts[place].replace(wrong, right, 2)
    return "".join(parts)


def _pieces(groups: list[tuple[str, ...]]) -> Pieces:
    count = np.array([len(group) for group in groups], dtype=np.int32)
    return Pieces(
        pa.array([text for group in groups for text in group]),
        (np.cumsum(count) - count).astype(np.int32),
        count,
    )
