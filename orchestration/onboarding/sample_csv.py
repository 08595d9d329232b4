"""A CSV sample: delimiter, quotation mark and escape by evidence, its heading, closing lines that are no rows.

What a contract cannot say is refused in a sentence: a title above the heading, no heading, a heading twice. Not here:
its encoding (sample_kind), landing (landing/fast, landing/careful).
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from data_contracts.columns import Dialect
from data_contracts.drafting.sample import Doubt, DraftError, FileShape, Sample
from orchestration.onboarding.sample_columns import columns_of, headings_of
from orchestration.onboarding.sample_kind import Text

DELIMITERS = ",;|\t~^"
LOOKED_AT = 400  # records by which a delimiter is chosen
_CLOSING = re.compile(
    r"(?i)(?:total|trailer|eof|end of|row count|record count|count|footer|rows?:|records?:)"
)
_TYPED = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*|-?[0-9]+(?:[.][0-9]+)?|[^@\s]+@[^@\s]+\.[a-z]+",
    re.IGNORECASE,
)
_ROUND = {",": "commas", ";": "semicolons", "|": "bars", "\t": "tabs", "~": "tildes", "^": "carets"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """How records look when read with some signs."""

    delimiter: str
    quote: str
    escape: str
    width: int
    steadiness: float  # share of records that have that width
    wrapped: int = 0  # cells that still stand in quotation marks of the other kind

    @property
    def rank(self) -> tuple[bool, float, int, int, bool]:
        return self.width > 1, round(self.steadiness, 2), self.width, -self.wrapped, self.quote == '"'


def read_csv(name: str, text: Text) -> Sample:
    """The sample; DraftError for what no contract can say."""
    csv.field_size_limit(1_000_000)
    chosen, doubts = _signs(name, text.text)
    records = _records(text.text, chosen)
    if not records:
        raise DraftError(f"{name} holds only blank lines; send a sample with some rows")
    heading, rows = records[0], records[1:]
    _check_heading(name, heading, chosen)
    rows, trailer, said = _without_closing(rows, chosen)
    names, facts = headings_of(name, heading)
    even = [row for row in rows if len(row) == len(heading)]
    if uneven := len(rows) - len(even):
        doubts.append(
            Doubt(
                "dialect",
                f"{uneven:,} of {len(rows):,} lines do not have {len(heading)} fields; they would be refused",
            )
        )
    dialect = Dialect(chosen.delimiter, chosen.quote, chosen.escape, text.encoding, has_header=True)
    shape = FileShape("csv", dialect, trailer=trailer)
    return Sample(name, shape, columns_of(names, even), len(rows), (*text.doubts, *doubts, *said), facts)


def _signs(name: str, text: str) -> tuple[_Reading, list[Doubt]]:
    """The signs with which the records have one width, and what speaks against them."""
    quotes = "\"'" if re.search(r"(?m)(?:^|[,;|\t~^])'(?:[^'\n]|'')*'(?:[,;|\t~^]|\r?$)", text) else '"'
    tried = [_reading(text, d, q, e) for d in DELIMITERS for q in quotes for e in _escapes(text, q)]
    ranked = sorted((found for found in tried if found), key=lambda found: found.rank, reverse=True)
    best = ranked[0] if ranked else None
    if best is None or best.width < 2:
        tried_signs = ", ".join(_ROUND.values())
        raise DraftError(
            f"{name} has no sign that divides its lines (tried {tried_signs}); ask how it is written"
        )
    doubts = []
    rival = next(
        (r for r in ranked if r.delimiter != best.delimiter and r.width > 2 and r.steadiness >= 0.9), None
    )
    if rival:
        doubts.append(
            Doubt("delimiter", f"lines divide evenly by {_ROUND[rival.delimiter]} too ({rival.width} fields)")
        )
    elif best.steadiness < 0.98:
        doubts.append(Doubt("delimiter", f"only {best.steadiness:.0%} of lines have {best.width} fields"))
    if best.escape != best.quote:
        doubts.append(Doubt("escape", "quotation marks within quoted fields stand after a backslash"))
    return best, doubts


def _escapes(text: str, quote: str) -> Sequence[str]:
    return (quote, "\\") if f"\\{quote}" in text else (quote,)


def _reading(text: str, delimiter: str, quote: str, escape: str) -> _Reading | None:
    if delimiter not in text:
        return None
    probe = _Reading(delimiter, quote, escape, 0, 0.0)
    try:
        records = list(islice(_reader(text, probe), LOOKED_AT))
    except csv.Error:
        return None
    widths = Counter(len(record) for record in records if record)
    if not widths:
        return None
    width, n = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    other = "'" if quote == '"' else '"'
    wrapped = sum(len(c) > 1 and c[0] == c[-1] == other for record in records for c in record)
    return _Reading(delimiter, quote, escape, width, n / sum(widths.values()), wrapped)


def _reader(text: str, signs: _Reading) -> Iterator[list[str]]:
    is_doubled = signs.escape == signs.quote
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=signs.delimiter, quotechar=signs.quote, doublequote=is_doubled,
        escapechar=None if is_doubled else signs.escape, strict=False,
    )  # fmt: skip


def _records(text: str, signs: _Reading) -> list[list[str]]:
    return [record for record in _reader(text, signs) if record and any(cell.strip() for cell in record)]


def _check_heading(name: str, heading: Sequence[str], signs: _Reading) -> None:
    """The first line must be the heading: a contract for CSV cannot skip lines."""
    if len(heading) < 0.6 * signs.width:
        fields = f"{len(heading)} field{'' if len(heading) == 1 else 's'}"
        raise DraftError(
            f"{name} begins with a line of {fields} where others have {signs.width}: a title, no heading; "
            "ask for the headings as the first line"
        )
    typed = sum(bool(_TYPED.fullmatch(cell.strip())) for cell in heading)
    if typed >= 2 and typed >= 0.2 * len(heading):
        raise DraftError(f"{name} begins with a row and has no headings; ask for them as the first line")


def _without_closing(rows: list[list[str]], signs: _Reading) -> tuple[list[list[str]], str, list[Doubt]]:
    """Rows without closing lines, the pattern of those lines, and the doubt that goes with it."""
    kept = len(rows)
    while kept and kept > len(rows) - 3 and _CLOSING.match(rows[kept - 1][0].strip()):
        kept -= 1
    if kept == len(rows):
        return rows, "", []
    word = re.match(r"[^\W\d_]+", rows[kept][0].strip())
    pattern = f"^{word[0]}" if word else "^"
    return (
        rows[:kept],
        pattern,
        [
            Doubt(
                "trailer",
                f"its last line begins with {rows[kept][0].strip()[:20]!r} and was taken for no row",
            )
        ],
    )
