"""Hostile and broken zips at the landing path: each member gets its sentence, the honest ones still land."""

import hashlib
import stat
import struct
import warnings
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from orchestration.landing.archive import (
    Candidate,
    Found,
    Ignored,
    Landing,
    LandingError,
    Refusal,
    open_landing,
)
from orchestration.landing.byte_faults import Expected, fault_of

CSV = b"Crime ID,Month\r\n1,2026-10\r\n"
GOOD = "2026-10/2026-10-northmoor-street.csv"
Member = tuple[str | zipfile.ZipInfo, bytes]


def every_csv(path: PurePosixPath) -> object | None:
    return "wanted" if path.suffix.lower() == ".csv" else None


def make_zip(path: Path, *members: Member, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.simplefilter("ignore")  # duplicate names are the point
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return path


def land(path: Path) -> list[Found]:
    return list(open_landing(path, path.parent / "work", every_csv))


def refused(found: list[Found]) -> dict[str, str]:
    return {str(each.relative_path): each.code for each in found if isinstance(each, Refusal)}


def landed(found: list[Found]) -> list[Candidate]:
    return [each for each in found if isinstance(each, Candidate)]


def patch(path: Path, marker: bytes, offset: int, value: bytes, which: int = 0) -> None:
    """Overwrite bytes of the n-th header that begins with the marker."""
    content = bytearray(path.read_bytes())
    at = -1
    for _ in range(which + 1):
        at = content.index(marker, at + 1)
    content[at + offset : at + offset + len(value)] = value
    path.write_bytes(content)


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def test_wanted_members_are_unpacked_hashed_and_in_order_of_path(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path / "in.zip", ("b/2.csv", CSV), ("a/1.csv", b"x\n"), ("a/readme.txt", b"hello"), ("a/", b"")
    )
    found = land(path)
    assert [str(each.relative_path) for each in found] == ["a/1.csv", "a/readme.txt", "b/2.csv"]
    one, note, two = found
    assert isinstance(one, Candidate)
    assert isinstance(two, Candidate)
    assert (two.size, two.sha256, two.match) == (len(CSV), hashlib.sha256(CSV).hexdigest(), "wanted")
    assert two.local_path.read_bytes() == CSV
    assert two.local_path.parent == tmp_path / "work"
    assert isinstance(note, Ignored)
    assert note.code == "NOT_RECOGNISED"
    assert sorted(each.name for each in (tmp_path / "work").iterdir()) == ["00000.csv", "00002.csv"]


def test_a_member_that_the_registry_skips_is_not_unpacked(tmp_path: Path) -> None:
    class Known:
        reason = "outcomes are not read yet"

    path = make_zip(tmp_path / "in.zip", ("a-outcomes.csv", CSV))
    (found,) = open_landing(path, tmp_path / "work", lambda _: Known())
    assert isinstance(found, Ignored)
    assert (found.code, "outcomes are not read yet" in found.sentence) == ("SKIPPED", True)
    assert list((tmp_path / "work").iterdir()) == []


def link(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


NAMES = [
    ("../outside.csv", "PATH_OUTSIDE"),
    ("a/../../outside.csv", "PATH_OUTSIDE"),
    ("..\\outside.csv", "PATH_OUTSIDE"),
    ("/tmp/absolute.csv", "PATH_ABSOLUTE"),
    ("C:/drive.csv", "PATH_ABSOLUTE"),
    ("\\\\server\\share.csv", "PATH_ABSOLUTE"),
    ("a\\b.csv", "PATH_BACKSLASH"),
    ("a//b.csv", "PATH_UNSAFE"),
    ("./b.csv", "PATH_UNSAFE"),
    ("bell\x07.csv", "PATH_UNSAFE"),
    (link("link.csv", stat.S_IFLNK), "SYMLINK"),
    (link("pipe.csv", stat.S_IFIFO), "NOT_A_FILE"),
    (link("disk.csv", stat.S_IFBLK), "NOT_A_FILE"),
    ("inner.zip", "NESTED_ARCHIVE"),
    ("inner.csv.gz", "NESTED_ARCHIVE"),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_bad_member_is_refused_and_the_good_one_lands(
    tmp_path: Path, name: str | zipfile.ZipInfo, code: str
) -> None:
    before = sorted(tmp_path.parent.iterdir())
    found = land(make_zip(tmp_path / "in.zip", (name, b"/etc/passwd"), (GOOD, CSV)))
    assert list(refused(found).values()) == [code]
    assert [str(each.relative_path) for each in landed(found)] == [GOOD]
    assert len(list((tmp_path / "work").iterdir())) == 1
    assert sorted(tmp_path.parent.iterdir()) == before


def test_a_nul_in_a_name_does_not_shorten_it_into_a_wanted_one(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("a.csvXb.exe", CSV), (GOOD, CSV))
    path.write_bytes(path.read_bytes().replace(b"a.csvX", b"a.csv\0"))
    found = land(path)
    assert list(refused(found).values()) == ["PATH_UNSAFE"]
    assert "\0" not in str([each.sentence for each in found if isinstance(each, Refusal)])


def test_members_that_share_a_name_are_all_refused(tmp_path: Path) -> None:
    found = land(make_zip(tmp_path / "in.zip", ("a.csv", CSV), ("a.csv", b"other\n"), (GOOD, CSV)))
    assert [each.code for each in found if isinstance(each, Refusal)] == ["DUPLICATE_NAME"] * 2
    assert len(landed(found)) == 1


@pytest.mark.parametrize("twin", ["A.csv", "a.CSV"])
def test_members_that_differ_in_case_only_are_all_refused(tmp_path: Path, twin: str) -> None:
    found = land(make_zip(tmp_path / "in.zip", ("a.csv", CSV), (twin, CSV), (GOOD, CSV)))
    assert refused(found) == {"a.csv": "CASE_COLLISION", twin: "CASE_COLLISION"}


def test_members_that_differ_in_unicode_form_only_are_refused(tmp_path: Path) -> None:
    found = land(make_zip(tmp_path / "in.zip", ("caf\u00e9.csv", CSV), ("cafe\u0301.csv", CSV)))
    assert set(refused(found).values()) == {"CASE_COLLISION"}


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("secret.csv", CSV), (GOOD, CSV))
    patch(path, CENTRAL, 8, struct.pack("<H", 1))
    assert refused(land(path)) == {"secret.csv": "ENCRYPTED"}


def test_a_member_that_fails_its_checksum_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("bad.csv", CSV), (GOOD, CSV), method=zipfile.ZIP_STORED)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1,2026-10", b"9,2026-10", 1))
    assert refused(land(path)) == {"bad.csv": "DAMAGED"}


def test_an_unusual_packing_method_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("a.csv", CSV), method=zipfile.ZIP_LZMA)
    assert refused(land(path)) == {"a.csv": "METHOD"}


def test_a_zip_cut_short_anywhere_is_one_sentence(tmp_path: Path) -> None:
    whole = make_zip(tmp_path / "in.zip", (GOOD, CSV * 50), ("b.csv", CSV)).read_bytes()
    for cut in (*range(0, len(whole) - 1, 7), len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        with pytest.raises(LandingError, match="not a readable zip") as error:
            land(tmp_path / "cut.zip")
        assert str(tmp_path / "cut.zip") in str(error.value)


def test_an_unpacked_name_never_follows_what_already_lies_in_the_work_folder(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "work" / "00000.csv").symlink_to(tmp_path / "precious")
    (only,) = landed(land(make_zip(tmp_path / "in.zip", (GOOD, CSV))))
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert only.local_path.read_bytes() == CSV


def test_a_member_with_a_byte_fault_is_a_candidate_that_carries_it(tmp_path: Path) -> None:
    found = landed(
        land(make_zip(tmp_path / "in.zip", ("a.csv", b""), ("b.csv", b"PK\x03\x04..."), (GOOD, CSV)))
    )
    assert {
        str(each.relative_path): fault and fault.code
        for each in found
        for fault in [fault_of(each.report, Expected())]
    } == {
        "a.csv": "EMPTY",
        "b.csv": "NOT_CSV",
        GOOD: None,
    }


def test_a_refused_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    (only,) = land(make_zip(tmp_path / "in.zip", ("\x1b[2J\u202egnp" + "x" * 400 + ".csv", CSV)))
    assert isinstance(only, Refusal)
    assert only.sentence.isprintable()
    assert len(only.sentence) < 250


def test_the_work_of_iterating_twice_is_the_same(tmp_path: Path) -> None:
    landing = open_landing(make_zip(tmp_path / "in.zip", (GOOD, CSV)), tmp_path / "work", every_csv)
    assert isinstance(landing, Landing)
    assert (landing.kind, list(landing)) == ("zip", list(landing))
