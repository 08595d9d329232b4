"""Landing folders, and paths that are none: plain files with one name land, all else is a sentence."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from orchestration.landing import folder as folder_module
from orchestration.landing.archive import Candidate, Found, LandingError, Limits, Refusal, open_landing

CSV = b"Crime ID,Month\r\n1,2026-10\r\n"


def every_csv(path: PurePosixPath) -> object | None:
    return "wanted" if path.suffix == ".csv" else None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "landing"
    for name in ("2026-10/b.csv", "2026-10/a.csv", "2026-09/z.csv", "note.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(CSV)
    return root


def land(root: Path, limits: Limits | None = None) -> list[Found]:
    return list(open_landing(root, root.parent / "work", every_csv, limits))


def told(found: list[Found]) -> dict[str, str]:
    return {str(each.relative_path): getattr(each, "code", "landed") for each in found}


def test_files_come_in_order_of_path_and_stay_where_they_are(root: Path) -> None:
    found = land(root)
    assert list(told(found).items()) == [
        ("2026-09/z.csv", "landed"),
        ("2026-10/a.csv", "landed"),
        ("2026-10/b.csv", "landed"),
        ("note.txt", "NOT_RECOGNISED"),
    ]
    first = found[0]
    assert isinstance(first, Candidate)
    assert (first.local_path, first.sha256) == (root / "2026-09/z.csv", hashlib.sha256(CSV).hexdigest())
    assert not (root.parent / "work").exists()


def test_what_is_not_a_plain_file_with_one_name_is_refused_unopened(root: Path) -> None:
    (root / "link.csv").symlink_to(root / "2026-10/a.csv")
    (root / "linked-folder").symlink_to(root / "2026-10")
    os.link(root / "2026-10/a.csv", root / "twin.csv")
    os.mkfifo(root / "pipe.csv")  # opening it would wait for ever
    (root / "inner.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    assert told(land(root)) == {
        "2026-09/z.csv": "landed",
        "2026-10/a.csv": "HARD_LINK",
        "2026-10/b.csv": "landed",
        "inner.zip": "NESTED_ARCHIVE",
        "link.csv": "SYMLINK",
        "linked-folder": "SYMLINK",
        "note.txt": "NOT_RECOGNISED",
        "pipe.csv": "NOT_A_FILE",
        "twin.csv": "HARD_LINK",
    }


def test_a_file_swapped_for_a_link_after_the_listing_is_not_followed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = folder_module.list_folder(root, Limits())
    (root / "2026-09/z.csv").unlink()
    (root / "2026-09/z.csv").symlink_to("/etc/hostname")
    monkeypatch.setattr(folder_module, "list_folder", lambda *_: listed)
    assert told(land(root))["2026-09/z.csv"] == "UNREADABLE"


def test_a_file_still_being_written_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Growing(folder_module.ByteGate):
        def update(self, chunk: bytes) -> None:
            super().update(chunk)
            with (root / "2026-09/z.csv").open("ab") as file:
                file.write(b"more\r\n")

    monkeypatch.setattr(folder_module, "ByteGate", Growing)
    assert told(land(root))["2026-09/z.csv"] == "CHANGED"


def test_limits_hold_for_folders_too(root: Path) -> None:
    assert told(land(root, Limits(max_member_bytes=5)))["2026-10/a.csv"] == "TOO_LARGE"
    capped = told(land(root, Limits(max_total_bytes=len(CSV) * 2)))
    assert [*capped.values()] == ["landed", "landed", "TOO_LARGE", "NOT_RECOGNISED"]
    with pytest.raises(LandingError, match="more than 3 files"):
        land(root, Limits(max_members=3))


def test_a_folder_that_never_ends_is_cut_off(tmp_path: Path) -> None:
    deep = tmp_path / "landing" / "/".join(["x"] * 40)
    deep.mkdir(parents=True)
    (deep / "a.csv").write_bytes(CSV)
    (only,) = land(tmp_path / "landing")
    assert isinstance(only, Refusal)
    assert only.code == "TOO_DEEP"


def test_an_unreadable_file_is_refused_and_the_others_land(root: Path) -> None:
    """Run as another user where the tests run as root, whom no permission stops."""
    (root / "2026-10/a.csv").chmod(0)
    (root / "closed").mkdir(mode=0)
    script = (
        "import os, sys; from pathlib import Path; from orchestration.landing.archive import *\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "found = open_landing(Path(sys.argv[1]), Path('work'), lambda p: p if p.suffix == '.csv' else None)\n"
        'print(*(f\'{f.relative_path}={getattr(f, "code", "landed")}\' for f in found))'
    )
    for parent in (root, *root.parents):
        if not parent.stat().st_mode & 0o001:  # the test's own folders; the system's are open already
            parent.chmod(0o755)
    repository = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)], cwd=repository, capture_output=True, text=True
    )
    assert done.stdout.split() == [
        "2026-09/z.csv=landed",
        "2026-10/a.csv=UNREADABLE",
        "2026-10/b.csv=landed",
        "closed=UNREADABLE",
        "note.txt=NOT_RECOGNISED",
    ], done.stderr


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    assert land(tmp_path / "landing") == []


def test_paths_that_are_no_landing_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("not a zip")
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in (
        ("absent", "does not exist; check the name"),
        ("text.zip", "is not a readable zip"),
        ("pipe", "is neither a folder nor a file"),
        ("text.zip/inside", "does not exist"),
    ):
        with pytest.raises(LandingError, match=sentence) as error:
            land(tmp_path / name)
        assert "\n" not in str(error.value)
        assert str(error.value).endswith(".")
