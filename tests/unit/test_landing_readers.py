"""The fast and the careful reader tell the same story of the same file, and no line of any file vanishes."""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

Land = Callable[..., Any]
PERIODS = ("2026-08", "2026-09", "2026-10")
FREE = st.text(st.sampled_from("ab é’,\"\t;|'=🚓ü. \n\r\u200b\u2028"), max_size=12)
CELLS = {
    "Crime ID": st.sampled_from(["", "cd" * 32, "not an id"]),
    "Month": st.sampled_from(["", "2026-10", "2026-09", "2026-13", "Oct 2026"]),
    "Longitude": st.sampled_from(["", "-1.5", "181", "1e2", "nan", " 1.0", "-0"]),
    "Latitude": st.sampled_from(["", "54.3", "-91", "north"]),
    "LSOA code": st.sampled_from(["", "X01300001", "E01000001", "S01000042", "X1", "x01300001"]),
    "Crime type": st.sampled_from(["Burglary", "Robbery", "", "burglary", "Computer misuse"]),
    **dict.fromkeys(("Location", "LSOA name", "Reported by", "Last outcome category", "Context"), FREE),
}


@contextmanager
def folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp())
    try:
        yield place
    finally:
        shutil.rmtree(place)


def story(landed: Any) -> dict[str, Any]:
    """All that a reader may decide: outcomes, accepted rows with their lines, refused lines with their reasons."""
    outcomes = sorted((k.outcome.as_json() for k in landed.store.known()), key=lambda o: o["period"])
    return {
        "outcomes": [{k: v for k, v in o.items() if k != "part"} for o in outcomes],
        "rows": landed.rows(),
        "refused": landed.refused("force_code, delivery_id, line_number, reason_code, reason"),
    }


FILES = st.lists(
    st.fixed_dictionaries(
        {
            "rows": st.lists(st.fixed_dictionaries({}, optional=CELLS), min_size=1, max_size=6),
            "end": st.sampled_from(["\r\n", "\n"]),
            "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
            "has_bom": st.booleans(),
            "is_whole": st.booleans(),
            "blank": st.none() | st.integers(1, 7),
        }
    ),
    min_size=1,
    max_size=3,
)
PLAIN = {"rows": [{}, {}], "end": "\n", "quoting": 0, "has_bom": False, "is_whole": True, "blank": None}


def written(
    street: Any, period: str, rows: Any, end: str, quoting: int, has_bom: bool, is_whole: bool, blank: Any
) -> bytes:
    """A file as some program may have written it."""
    content = street.file([{**street.row(Month=period), **row} for row in rows], end=end, quoting=quoting)
    lines = content.split(end.encode())
    if blank is not None and blank < len(lines):
        lines.insert(blank, b"")
    content = end.encode().join(lines)
    content = content if is_whole else content.removesuffix(end.encode())
    return (b"\xef\xbb\xbf" if has_bom else b"") + content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=FILES)
@example(files=[{**PLAIN, "rows": [{"Location": 'a "b", c'}], "has_bom": True, "is_whole": False}, PLAIN])
@example(files=[{**PLAIN, "rows": [{"Context": "a\rb"}, {}], "blank": 2}])
@example(files=[PLAIN, {**PLAIN, "end": "\r\n", "has_bom": True}, PLAIN])
def test_both_readers_agree(land: Land, street: Any, only: Any, files: list[dict[str, Any]]) -> None:
    with folder() as place:
        for period, file in zip(PERIODS, files, strict=False):
            street.put(place / "in", written(street, period, **file), period=period)
        quick = land(place / "in", place / "quick")
        with only("careful"):
            slow = land(place / "in", place / "slow")
        assert story(quick) == story(slow)
        quick.is_conserved()


CORRUPTIONS: list[Callable[[bytes, int], bytes]] = [
    lambda line, at: line[:at] + b'"' + line[at:],
    lambda line, at: line[:at],
    lambda line, at: line[:at] + b"," + line[at:],
    lambda line, at: line[:at] + b"\xe9" + line[at:],
    lambda line, at: line[:at] + b"\x07" + line[at:],
    lambda line, at: line[:at] + b"\r" + line[at:],
    lambda line, at: line[:at] + b"\n" + line[at:],
    lambda line, at: line[:at] + b'"\n"' + line[at:],
    lambda line, at: line[:at] + b"\\" + line[at:],
    lambda line, at: b"",
    lambda line, at: line + line,
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    n_rows=st.integers(2, 12),
    hits=st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from(range(len(CORRUPTIONS))), st.integers(0, 150)),
        min_size=1,
        max_size=4,
    ),
    end=st.sampled_from([b"\r\n", b"\n"]),
    context=st.sampled_from(["", "x"]),
)
def test_whatever_is_broken_every_line_is_accounted_for(
    land: Land,
    street: Any,
    only: Any,
    n_rows: int,
    hits: list[tuple[int, int, int]],
    end: bytes,
    context: str,
) -> None:
    places = [f'On or near The "Tree", {n}' if n % 2 else f"Lane {n}" for n in range(n_rows)]
    rows = [street.row(Location=place, Context=context) for place in places]
    heading, *lines = street.file(rows, end="\n").removesuffix(b"\n").split(b"\n")
    for row, kind, at in hits:
        lines[row % n_rows] = CORRUPTIONS[kind](lines[row % n_rows], at)
    with folder() as place:
        street.put(place / "in", end.join([heading, *lines, b""]))
        quick = land(place / "in", place / "quick")
        with only("careful"):
            slow = land(place / "in", place / "slow")
        assert story(quick) == story(slow)
        quick.is_conserved()
        untouched = {n + 2 for n in range(n_rows)} - {row % n_rows + 2 for row, _, _ in hits}
        if quick.outcome.state == "landed" and all(b"\n" not in CORRUPTIONS[k](b"x", 0) for _, k, _ in hits):
            assert untouched <= {line for (line,) in quick.rows("line_number")}
