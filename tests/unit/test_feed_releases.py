"""Releases of deliveries that were set aside: files of people, the last word about each delivery stands."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from governance.feed_releases import FeedRelease, add_feed_release, read_feed_releases

TOLD = {
    "schema": "release/1", "delivery_id": "0123456789abcdef", "decision": "release", "reason": "a custody suite opened",
    "by": "A. Reviewer", "decided_at": "2026-11-01T10:00:00Z",
}  # fmt: skip


def write(folder: Path, content: object) -> None:
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / f"{len(list(folder.iterdir()))}.json").write_text(text, encoding="utf-8")


def test_what_is_added_is_read_and_adding_it_again_changes_nothing(tmp_path: Path) -> None:
    said = FeedRelease.model_validate(TOLD)
    paths = {add_feed_release(tmp_path / "feeds", said) for _ in range(2)}
    assert len(paths) == len(list((tmp_path / "feeds").iterdir())) == 1
    found = read_feed_releases(tmp_path / "feeds")
    assert (found.standing, found.refusals) == ((said,), ())
    assert found.released == {"0123456789abcdef"}
    assert found.standing[0].decided_at == datetime(2026, 11, 1, 10, tzinfo=UTC)


def test_the_last_word_stands_in_any_order_of_files(tmp_path: Path) -> None:
    again = TOLD | {"decision": "hold", "decided_at": "2026-11-02T10:00:00Z"}
    for folder, order in (("a", (TOLD, again)), ("b", (again, TOLD))):
        for one in order:
            write(tmp_path / folder, one)
        assert read_feed_releases(tmp_path / folder).released == frozenset()


def test_no_folder_is_no_release(tmp_path: Path) -> None:
    assert read_feed_releases(tmp_path / "none").standing == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TOLD | {"reason": " "}, "reason"), (TOLD | {"by": ""}, "by"), (TOLD | {"decided_at": "x"}, "decided_at"),
        (TOLD | {"delivery_id": "../x"}, "delivery_id"), (TOLD | {"schema": "release/2"}, "schema"),
        (TOLD | {"more": 1}, "more"), ("{", "the file"), ("[]", "the file"), ({}, "schema"),
        (TOLD | {"reason": "x" * 70_000}, "is not a plain file of at most 65,536 bytes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_release_is_one_sentence(tmp_path: Path, content: object, said: str) -> None:
    write(tmp_path / "feeds", content)
    found = read_feed_releases(tmp_path / "feeds")
    assert found.released == frozenset()
    (sentence,) = found.refusals
    assert said in sentence and sentence.startswith("0.json ") and "custody suite" not in sentence
