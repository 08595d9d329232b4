"""A delivery that passed the gate and whose heading fits: what the readers take.

Not here: how it came so far (archive, header), what becomes of it (fast, careful, outcome).
"""

from dataclasses import dataclass
from pathlib import Path

from data_contracts.model import Dialect, FeedContract, FileFormat
from orchestration.landing.header import Heading
from orchestration.landing.refused_line import RefusedLine
from orchestration.landing.sent_manifest import SentManifest


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and modification time (ns) of a file; (-1, -1) when it is gone."""
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


@dataclass(frozen=True, slots=True)
class Ready:
    """One file about to be read for one contract.

    `local_path` is what is read: the file itself, its copy in UTF-8, or (is_extracted) its records as text in Parquet.
    """

    contract: FeedContract
    file: FileFormat
    force_code: str
    period: str
    mode: str
    file_name: str
    original: Path  # the file that was hashed
    local_path: Path
    content_sha256: str
    delivery_id: str
    heading: Heading
    n_lines: int  # physical lines after the heading; of extracted records, how many there are
    is_plain: bool  # valid text in UTF-8
    is_tidy: bool = False  # it holds none of byte_gate.ODD_SIGNS
    stamp: tuple[int, int] = (0, 0)  # size and modification time of the original when it was hashed
    notes: tuple[str, ...] = ()
    is_extracted: bool = False
    refused: tuple[RefusedLine, ...] = ()  # records that its reader could make no row of
    sent: SentManifest | None = None  # what its sender says of it

    @property
    def dialect(self) -> Dialect:
        """How the file is written, where it is CSV; what is read is UTF-8 by then."""
        return self.file.dialect or self.contract.dialect
