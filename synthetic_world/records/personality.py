"""The habits of each force, read from personalities.yml: how it numbers, spells and sends.

Not here: the shape of its files (data_contracts/forces), what follows from a habit (references, journal, deliveries).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read

PATH: Final = Path(__file__).with_name("personalities.yml")
TEMPLATES: Final = (
    "northmoor",
    "calderwick",
    "eastmarch",
    "marlbrook",
)  # for forces that nobody has described
_KEYS: Final = (
    "styles", "after", "areas", "surnames", "police", "phones", "dirt", "every", "weekday", "full", "resend", "late",
    "gap", "migration", "line_end", "byte_mark", "totals", "code_list",
)  # fmt: skip
_DIRT: Final = ("capitals", "no_break", "newlines", "quotes")


@dataclass(frozen=True, slots=True)
class Personality:
    """The habits of one force."""

    template: str  # the force whose contracts it writes by: its own code, or another's
    styles: dict[str, str]
    after: dict[str, str]  # styles from the migration on
    areas: tuple[str, ...]
    surnames: str
    police: str
    phones: str
    dirt: dict[str, float]
    every: int
    weekday: int
    full: tuple[str, ...]
    resend: int
    late: tuple[int, int]
    gap: tuple[int, ...]
    migration: date | None
    line_end: str
    byte_mark: bool  # UTF-8 files begin with one
    totals: bool  # CSV files end with a row of totals
    code_list: str  # first | monthly | never

    def style(self, feed: str) -> str:
        """How the force numbers the records of a feed."""
        return self.styles.get(feed, self.styles["other"])


def personality(force_code: str, number: int) -> Personality:
    """The habits of a force; one that is not described has those of a template, by its number in the atlas."""
    known = _all()
    return known[force_code] if force_code in known else known[TEMPLATES[number % len(TEMPLATES)]]


@lru_cache(maxsize=1)
def _all() -> dict[str, Personality]:
    root = Node.root(read(PATH))
    return {code: _read(code, root.get(code)) for code in root.mapping()}


def _read(code: str, node: Node) -> Personality:
    node.only(_KEYS)
    dirt = node.find("dirt")
    if dirt:
        dirt.only(_DIRT)
    migration, late, gap = node.find("migration"), node.find("late"), node.find("gap")
    days = [item.whole() for item in late.items()] if late else [0, 0]
    return Personality(
        template=code,
        styles=_texts(node.get("styles")),
        after=_texts(node.find("after")),
        areas=_list(node.find("areas")) or ("",),
        surnames=_choice(node.find("surnames"), ("title", "upper")),
        police=_choice(node.find("police"), ("long", "short", "bare")),
        phones=_choice(node.find("phones"), ("plain", "spaced", "international", "damaged")),
        dirt={key: dirt.get(key).number() for key in dirt.mapping()} if dirt else {},
        every=_whole(node.find("every"), 1),
        weekday=_whole(node.find("weekday"), 6),
        full=_list(node.find("full")),
        resend=_whole(node.find("resend"), 0),
        late=(days[0], days[-1]),
        gap=tuple(item.whole() for item in gap.items()) if gap else (),
        migration=date.fromisoformat(migration.text()) if migration else None,
        line_end=_choice(node.find("line_end"), ("lf", "crlf")),
        byte_mark=_flag(node.find("byte_mark")),
        totals=_flag(node.find("totals")),
        code_list=_choice(node.find("code_list"), ("first", "monthly", "never")),
    )


def _texts(node: Node | None) -> dict[str, str]:
    return {key: node.get(key).text() for key in node.mapping()} if node else {}


def _list(node: Node | None) -> tuple[str, ...]:
    return node.texts() if node else ()


def _choice(node: Node | None, allowed: tuple[str, ...]) -> str:
    return node.choice(allowed) if node else allowed[0]


def _whole(node: Node | None, otherwise: int) -> int:
    return node.whole() if node else otherwise


def _flag(node: Node | None) -> bool:
    return node.flag() if node else False
