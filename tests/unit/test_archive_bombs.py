"""Zips that would unpack to more than they ought to: bombs, lying headers, shared bytes, full disks."""

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

import pytest

from orchestration.landing.archive import Candidate, Found, LandingError, Limits, Refusal, open_landing

CSV = b"Crime ID,Month\r\n1,2026-10\r\n"
GOOD = "2026-10/2026-10-northmoor-street.csv"
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def every_csv(path: PurePosixPath) -> object | None:
    return "wanted" if path.suffix == ".csv" else None


def make_zip(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def land(path: Path, limits: Limits | None = None) -> list[Found]:
    return list(open_landing(path, path.parent / "work", every_csv, limits))


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


def test_a_bomb_is_refused_by_its_header_and_the_rest_lands(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("bomb.csv", bytes(30_000_000)), (GOOD, CSV))
    assert 30_000_000 / path.stat().st_size > 900
    found = land(path)
    assert refused(found) == {"bomb.csv": "BOMB"}
    assert len(landed(found)) == 1


def test_a_bomb_with_a_modest_header_is_stopped_while_streaming(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("bomb.csv", bytes(30_000_000)), (GOOD, CSV))
    patch(path, CENTRAL, 24, struct.pack("<I", 1000))
    patch(path, LOCAL, 22, struct.pack("<I", 1000))
    found = land(path)
    assert refused(found) == {"bomb.csv": "SIZE_LIES"}
    assert [each.name for each in (tmp_path / "work").iterdir()] == ["00000.csv"]  # the good one only


def test_a_bomb_that_claims_a_large_packed_size_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("bomb.csv", bytes(30_000_000)), (GOOD, CSV))
    patch(path, CENTRAL, 20, struct.pack("<I", 30_000_000))
    assert refused(land(path)) == {"bomb.csv": "TRUNCATED"}


@pytest.mark.parametrize(
    ("claimed", "crc_of", "code"), [(10, CSV[:10], "DAMAGED"), (10, CSV, "SIZE_LIES"), (99, CSV, "SIZE_LIES")]
)
def test_a_lying_size_is_caught_even_with_a_checksum_that_fits_it(
    tmp_path: Path, claimed: int, crc_of: bytes, code: str
) -> None:
    path = make_zip(tmp_path / "in.zip", ("lie.csv", CSV), ("zz.csv", CSV))
    patch(path, CENTRAL, 16, struct.pack("<I", zlib.crc32(crc_of)))
    patch(path, CENTRAL, 24, struct.pack("<I", claimed))
    found = land(path)
    assert refused(found) == {"lie.csv": code}
    assert len(landed(found)) == 1


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", ("a.csv", CSV * 9), ("b.csv", CSV * 9), (GOOD, CSV))
    patch(path, CENTRAL, 42, struct.pack("<I", 5), which=1)  # b begins inside a
    assert refused(land(path)) == {"a.csv": "OVERLAP", "b.csv": "OVERLAP"}


def test_too_many_members_and_too_many_bytes_refuse_the_whole_zip(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "in.zip", *((f"{n}.csv", CSV) for n in range(6)))
    with pytest.raises(LandingError, match="more than 5 members"):
        land(path, Limits(max_members=5))
    with pytest.raises(LandingError, match="would unpack to"):
        land(path, Limits(max_total_bytes=len(CSV) * 6 - 1))
    assert not (tmp_path / "work").exists()
    assert set(refused(land(path, Limits(max_member_bytes=len(CSV) - 1))).values()) == {"TOO_LARGE"}
    assert len(landed(land(path, Limits(max_members=6, max_total_bytes=len(CSV) * 6)))) == 6


def test_a_full_disk_is_said_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 10

    monkeypatch.setattr("shutil.disk_usage", lambda _: Full)
    with pytest.raises(LandingError, match=r"needs 27 bytes in .* where 10 are free"):
        land(make_zip(tmp_path / "in.zip", (GOOD, CSV)))
