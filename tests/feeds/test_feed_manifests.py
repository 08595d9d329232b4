"""What a force says of a file beside it: believed where it holds, and one sentence where it does not."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
NAME = "samples_20261001_delta.csv"


@pytest.fixture
def csv(shire: Any, files: Any) -> Any:
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}])
    return files


def content_of(files: Any, n: int = 5) -> bytes:
    content: bytes = files.csv(files.rows(n)).encode()
    return content


def about(content: bytes, rows: int = 5, **more: Any) -> bytes:
    said = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "rows": rows,
        "mode": "delta",
    }
    return json.dumps({**said, "extract_to": "2026-10-01T03:00:00Z", **more}).encode()


@pytest.mark.parametrize("name", [f"{NAME}.manifest.json", "samples_20261001_delta.manifest.json"])
def test_a_file_that_is_what_its_manifest_says_is_verified(
    csv: Any, shire: Any, land: Land, name: str
) -> None:
    content = content_of(csv)
    shire.put(NAME, content)
    shire.put(name, about(content))
    landed = land()
    assert (landed.outcome.state, landed.outcome.rows_accepted) == ("landed", 5)
    assert landed.outcome.manifest_sha256 == hashlib.sha256(about(content)).hexdigest()
    assert landed.outcome.extract_to == "2026-10-01T03:00:00+00:00"
    assert (landed.report.left_alone, landed.report.refused_files) == ([], [])


def test_a_file_without_one_lands_unverified(csv: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, content_of(csv))
    assert (land().outcome.state, land(home="b").outcome.manifest_sha256) == ("landed", "")


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"sha256": "0" * 64}, "MANIFEST_HASH", "not that which its manifest names by its hash"),
        ({"bytes": 1}, "MANIFEST_BYTES", "bytes and its manifest says 1"),
        ({"rows": 6}, "MANIFEST_ROWS", "it has 5 rows and its manifest says 6"),
        ({"mode": "full"}, "MANIFEST_MODE", "its name says delta and its manifest full"),
        ({"rows": "five"}, "MANIFEST_UNREADABLE", "says nothing that can be read as rows"),
        ({"rows": True}, "MANIFEST_UNREADABLE", "as rows"),
        ({"sha256": "x"}, "MANIFEST_UNREADABLE", "as sha256"),
        ({"extract_to": "yesterday"}, "MANIFEST_UNREADABLE", "as extract_to"),
        ({"extract_to": "2026-02-31"}, "MANIFEST_UNREADABLE", "as extract_to"),
    ],
)
def test_what_does_not_hold_refuses_the_file(
    csv: Any, shire: Any, land: Land, changes: dict[str, Any], code: str, words: str
) -> None:
    content = content_of(csv)
    shire.put(NAME, content)
    shire.put(f"{NAME}.manifest.json", about(content, **changes))
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_accepted) == ("refused", code, 0)
    assert words in outcome.reason
    assert outcome.rows_in == outcome.rows_refused


@pytest.mark.parametrize(
    "said", [b"", b"[]", b"{", b'{"rows": 5, "rows": 6}', b"\xff", b"[" * 60_000, b" " * 70_000]
)
def test_what_is_no_manifest_refuses_the_file(csv: Any, shire: Any, land: Land, said: bytes) -> None:
    shire.put(NAME, content_of(csv))
    shire.put(f"{NAME}.manifest.json", said)
    assert land().outcome.reason_code == "MANIFEST_UNREADABLE"


def test_a_file_cut_at_any_place_is_refused_and_lands_when_it_comes_whole(
    csv: Any, shire: Any, land: Land
) -> None:
    content = content_of(csv, 40)
    shire.put(f"{NAME}.manifest.json", about(content, rows=40))
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10][1:-1:7]
    for at in (*range(400, len(content), 900), *ends):
        shire.put(NAME, content[:at])
        outcome = land(home=f"cut{at}").outcome
        assert (outcome.state, outcome.reason_code) == ("refused", "MANIFEST_BYTES"), at
    shire.put(NAME, content[: ends[0]])
    land()
    shire.put(NAME, content)
    landed = land(at="2026-11-02T02:30:00+00:00")
    assert [(o.state, o.rows_accepted) for o in landed.outcomes] == [("refused", 0), ("landed", 40)]
    assert {row.state for row in landed.manifest().rows} == {"landed", "corrected"}


def test_a_mended_manifest_is_looked_at_again(csv: Any, shire: Any, land: Land) -> None:
    content = content_of(csv)
    shire.put(NAME, content)
    shire.put(f"{NAME}.manifest.json", about(content, rows=6))
    assert land().outcome.reason_code == "MANIFEST_ROWS"
    shire.put(f"{NAME}.manifest.json", about(content))
    landed = land(at="2026-11-02T02:30:00+00:00")
    assert [(r.state, r.rows_loaded) for r in landed.manifest().rows] == [("landed", 5)]
    assert land(at="2026-11-03T02:30:00+00:00").report.n_reused == 1


def test_a_manifest_alone_is_told_and_a_zip_may_hold_them(
    csv: Any, shire: Any, land: Land, tmp_path: Any
) -> None:
    content = content_of(csv)
    shire.put(f"{NAME}.manifest.json", about(content))
    (alone,) = land().report.left_alone
    assert alone.code == "MANIFEST_ALONE" and "stands alone" in alone.sentence
    place = tmp_path / "all.zip"
    named = f"testshire/{NAME}"
    place.write_bytes(csv.zipped({named: content, f"{named}.manifest.json": about(content, rows=4)}))
    assert land(place, home="zip").outcome.reason_code == "MANIFEST_ROWS"
