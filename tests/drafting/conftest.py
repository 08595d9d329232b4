"""What the tests of drafting share: canonical rows of a fictional force, made once, and a short way to a draft.

Not here: dialects (dialect), judging a draft (judging).
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from data_contracts.columns import Dialect
from data_contracts.drafting.draft import Draft, draft
from data_contracts.drafting.sample import FileShape, Sample, SampleColumn
from data_contracts.registry import read_canonicals

sys.path.insert(0, str(Path(__file__).parent))  # tests are no package; these files belong together
import told

CSV = Dialect(",", '"', '"', "utf-8", True)


@pytest.fixture(scope="session")
def told_rows(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Rows of the seven feeds that are drafted for, as Parquet."""
    return once("told-rows", told.write_rows)


def drafted(feed: str, columns: Mapping[str, Sequence[str]], **shape: Any) -> Draft:
    """The draft of a feed from columns of text."""
    made = tuple(SampleColumn(heading, tuple(texts)) for heading, texts in columns.items())
    n_rows = len(made[0].texts)
    sample = Sample("tidewell_20261103.csv", FileShape("csv", **{"dialect": CSV, **shape}), made, n_rows)
    return draft([sample], read_canonicals()[feed], "tidewell")


@pytest.fixture(scope="session")
def make_draft() -> Callable[..., Draft]:
    return drafted
