"""`feed draft`: samples in, the first contract of a feed out, and nothing but a force's folder touched.

Not here: reading samples (samples), the guesses (data_contracts/drafting), words printed about them (draft_words).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts import registry, yaml_reader
from data_contracts.columns import Dialect
from data_contracts.drafting.columns_drafted import DraftedColumn
from data_contracts.drafting.contract_text import contract_text
from data_contracts.drafting.draft import Draft, DraftedFile, draft
from data_contracts.drafting.force_text import force_text
from data_contracts.drafting.sample import DraftError
from data_contracts.force_list import read_forces, unlisted
from data_contracts.model import FORCE_CODE, Canonical, ContractError
from orchestration.catalogue import landed_feeds
from orchestration.onboarding.samples import Wish, read_samples

FORCES = registry.HERE / "forces"
MONTHLY = ("street_crime",)  # lands as text, by a contract of its source


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was written. force_file: None where the force had one already."""

    draft: Draft
    contract: Path
    force_file: Path | None


def feed_of(name: str) -> Canonical:
    """The canonical feed of that name; DraftError naming those there are."""
    known = registry.read_canonicals()
    possible = [feed for feed in landed_feeds(known) if feed not in MONTHLY]
    if name not in possible:
        raise DraftError(f"there is no feed {name!r} to draft for; there are {', '.join(possible)}")
    return known[name]


def draft_feed(
    samples: Sequence[Path],
    force_code: str,
    feed: str,
    forces: Path = FORCES,
    wish: Wish | None = None,
    *,
    replace: bool = False,
) -> Drafted:
    """Draft and write. Raises DraftError, one sentence, and then has written nothing."""
    if not FORCE_CODE.fullmatch(force_code):
        raise DraftError(
            f"a force's code is small letters and hyphens, such as dyfed-powys, not {force_code!r}"
        )
    canonical = feed_of(feed)
    folder = forces / force_code
    path = folder / f"{feed}.odcs.yaml"
    _check_free(path, replace)
    made = draft(read_samples(samples, canonical, wish), canonical, force_code)
    known = read_forces(registry.HERE, forces).get(force_code)
    own = folder / "force.yaml"
    new = None if own.exists() else own
    if known is None:
        known = unlisted(force_code)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if new:
            _write(new, force_text(known, is_fictional=made.is_fictional))
        _write(path, contract_text(made, known.name))
    except OSError as problem:
        raise DraftError(f"{folder} cannot be written to ({problem.strerror})") from None
    return Drafted(made, path, new)


def _check_free(path: Path, replace: bool) -> None:
    """A contract that nights read is never written over, and a draft only when told."""
    if not path.exists():
        return
    if not registry.is_open_draft(path):
        raise DraftError(
            f"{path} is a contract in force, and a draft would replace it; draft into another folder with --out"
        )
    if not replace:
        raise DraftError(f"{path} is a draft already; say --replace to lose what was confirmed in it")


def _write(path: Path, text: str) -> None:
    """Whole or not at all; what could not be read again is not written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        yaml_reader.read(aside)
        aside.replace(path)
    except ContractError as problem:
        said = str(problem).partition(": ")[2]
        raise DraftError(
            f"the draft cannot be written as YAML ({said}); look at names in the samples"
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def as_json(drafted: Drafted) -> dict[str, Any]:
    """The draft for a program: every column with what was guessed, why, and what is in doubt."""
    made = drafted.draft
    return {
        "force": made.force_code,
        "feed": made.feed,
        "contract": str(drafted.contract),
        "force_file": str(drafted.force_file) if drafted.force_file else None,
        "columns": [_column(column) for column in made.columns],
        "files": [_file(file) for file in made.files],
        "null_words": list(made.empty_words),
        "floor": made.floor.number,
        "ceiling": made.ceiling.number,
        "freshness_days": made.freshness.number,
        "questions": list(made.questions),
        "matched": sum(bool(column.name) for column in made.columns),
        "in_doubt": made.n_doubts,
    }  # fmt: skip


def _file(file: DraftedFile) -> dict[str, Any]:
    shape = file.shape
    return {
        "sample": file.name, "pattern": file.named.pattern, "mode": file.named.mode, "reader": shape.reader,
        "dialect": _dialect(shape.dialect) if shape.dialect else None, "trailer": shape.trailer, "sheet": shape.sheet,
        "heading_rows": shape.heading_rows, "records": shape.records, "member": shape.member, "rows": file.n_rows,
        "doubts": list(file.doubts),
    }  # fmt: skip


def _dialect(dialect: Dialect) -> dict[str, str]:
    return {
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "escape": dialect.escape,
        "encoding": dialect.encoding,
    }


def _column(column: DraftedColumn) -> dict[str, Any]:
    return {
        "heading": column.heading,
        "field": column.name or None,
        "confidence": column.confidence,
        "is_doubtful": column.is_doubtful,
        "doubts": list(column.doubts),
        "reasons": list(column.reasons),
        "format": column.format or None,
        "other_formats": list(column.other_formats),
        "codes": [
            {
                "text": guess.text,
                "rows": guess.n_rows,
                "code": guess.code or None,
                "is_doubtful": guess.is_doubtful,
            }
            for guess in column.codes
        ],
        "unlisted_codes": column.hidden_codes,
    }
