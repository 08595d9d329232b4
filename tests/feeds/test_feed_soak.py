"""Random faults in the bytes of files of every reader: no crash, no lost row, and landing twice is landing once.

A short run in CI; `make soak` makes five hundred faults a reader. The seed of a fault is in the name of its failure.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from byte_faults_made import spoil
from sent_by_readers import READERS, Sent

Land = Callable[..., Any]
A_NIGHT = 12  # faulty files that one night lands
RECORDS = 8
UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError, OSError, RuntimeError)
IN_CI = 240  # faulty files a reader: about a minute in all
START = date(2026, 1, 1)


def test_nothing_crashes_is_lost_or_lands_twice(
    reader: str, seed: int, shire: Any, files: Any, land: Land
) -> None:
    sent = READERS[reader]
    shire.contract([sent.file], sent.columns, **sent.custom)
    rng = Random(f"{reader}-{seed}")
    names = [sent.name.format(day=f"{START + timedelta(k):%Y%m%d}") for k in range(A_NIGHT + 1)]
    clean = [sent.make(files, [f"S-{place}-{k}" for k in range(RECORDS)]) for place in range(A_NIGHT + 1)]
    contents = [*(_spoilt(sent, rng, content) for content in clean[:-1]), clean[-1]]
    cleans = dict(zip(names, clean, strict=True))
    for name, content in zip(names, contents, strict=True):
        shire.put(name, content)
    landed = land()
    landed.is_conserved()
    by_file = {o.file_name.rpartition("/")[2]: o for o in landed.outcomes}
    copies = {said.split(" ")[0].rpartition("/")[2] for said in landed.report.copies}
    assert by_file.keys() | copies == set(names), "every file has an outcome"
    good = by_file[names[-1]]
    assert (good.state, good.rows_accepted) == ("landed", RECORDS), "a neighbour's fault is its own"
    for name, content in zip(names, contents, strict=True):
        if (outcome := by_file.get(name)) and outcome.state == "landed":
            _holds_all(sent, landed, outcome, cleans[name], content)
    before = _listing(landed.home)
    again = land(at="2026-11-02T02:30:00+00:00")
    assert again.report.outcomes == [] and _listing(again.home) == before, "landing twice is landing once"


def _spoilt(sent: Sent, rng: Random, content: bytes) -> bytes:
    """A faulty file: spoilt as it is, or (of a zip, mostly) inside one of its parts."""
    if not sent.inner or rng.random() < 0.25:
        return spoil(rng, content)
    parts = sent.parts(content)
    struck = sent.inner if rng.random() < 0.7 else rng.choice(sorted(parts))
    return sent.packed({**parts, struck: spoil(rng, parts[struck])})


def _holds_all(sent: Sent, landed: Any, outcome: Any, clean: bytes, content: bytes) -> None:
    """Every record of a landed file that no fault touched is among its accepted or its refused rows."""
    try:
        text = sent.parts(content)[sent.inner]
    except UNREADABLE:
        return  # a part that our own reader did not need
    untouched = [record for record in sent.records(clean) if record in text]
    assert outcome.rows_in >= len(untouched)
    mine = outcome.delivery_id
    found = [ref for name, ref in landed.rows("delivery_id, source_record_id") if name == mine]
    found += [raw for name, raw in landed.refused("delivery_id, raw") if name == mine]
    told = "\n".join(found)
    for record in untouched if sent.is_keyed else ():
        (ref,) = re.findall(rb"S-[0-9]+-[0-9]+", record)
        assert ref.decode() in told


def _listing(home: Path) -> list[tuple[str, bytes]]:
    kept = [p for folder in ("landed", "quarantine") for p in sorted((home / folder).rglob("*"))]
    return [(str(p.relative_to(home)), p.read_bytes()) for p in kept if p.is_file()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A few nights of faults for every reader, or as many as it takes for the faults that --soak asks for."""
    faults = metafunc.config.getoption("--soak") or IN_CI
    metafunc.parametrize("seed", range(-(-faults // A_NIGHT)))
    metafunc.parametrize("reader", READERS)
