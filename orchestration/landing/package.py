"""A zip that is one delivery: a workbook, or a bundle of XML. Its parts are read in place, one at a time.

The directory is judged as that of a landing zip is (zip_names) before a part is opened, and no part may unpack to more
than a reader takes. Not here: landing zips (zip_members), what stands in a part (workbook, markup_rows).
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from orchestration.landing.found import Limits, shown
from orchestration.landing.raw_rows import MOST_BYTES, Unreadable
from orchestration.landing.zip_names import judge_members

LIMITS = Limits(max_member_bytes=MOST_BYTES, max_members=2_000)
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_DAMAGED = "it is damaged or cut short (it fails the checks of a zip); send it again"


class Package:
    """An open package; close it, or use `open_package`. refused: parts that may not be opened, and why."""

    def __init__(self, path: Path) -> None:
        """Read the directory; Unreadable where there is none that can be read."""
        try:
            self._zip = ZipFile(path)
        except _BROKEN:
            raise Unreadable("DAMAGED", _DAMAGED) from None
        infos = self._zip.infolist()
        if len(infos) > LIMITS.max_members:
            self._zip.close()
            raise Unreadable("TOO_MANY_PARTS", f"it holds more than {LIMITS.max_members:,} parts; send fewer")
        refused = judge_members(infos, path.stat().st_size, LIMITS)
        self.refused = {infos[number].filename: found for number, found in refused.items()}
        self.names = tuple(sorted({info.filename for info in infos if not info.is_dir()}))

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    @contextmanager
    def part(self, name: str) -> Iterator["PartStream"]:
        """One part as a stream; Unreadable when it may not be opened or is absent."""
        if name in self.refused:
            found = self.refused[name]
            raise Unreadable(found.code, f"its part {found.sentence.rstrip('.')}")
        if name not in self.names:
            raise Unreadable("DAMAGED", f"its part {shown(name)} is missing; send it again")
        try:
            stream = self._zip.open(name)
        except _BROKEN:
            raise Unreadable("DAMAGED", _DAMAGED) from None
        with stream:
            yield PartStream(stream)


class PartStream:
    """The bytes of one part; Unreadable where they turn out damaged."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Made by Package.part only."""
        self._stream = stream

    def read(self, n_bytes: int) -> bytes:
        """The next bytes, none at the end."""
        try:
            return self._stream.read(n_bytes)
        except _BROKEN:
            raise Unreadable("DAMAGED", _DAMAGED) from None


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """A package for the length of a block."""
    package = Package(path)
    try:
        yield package
    finally:
        package.close()
