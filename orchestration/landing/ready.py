"""A delivery that passed the gate and whose heading fits: what both readers take.

Not here: how it came so far (archive, header), what becomes of it (fast, careful, outcome).
"""

from dataclasses import dataclass
from pathlib import Path

from data_contracts.model import FeedContract
from orchestration.landing.header import Heading


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and modification time (ns) of a file; (-1, -1) when it is gone."""
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


@dataclass(frozen=True, slots=True)
class Ready:
    """One file about to be read. n_lines: physical lines after the heading; is_plain: valid text in UTF-8."""

    contract: FeedContract
    force_code: str
    period: str
    file_name: str
    local_path: Path
    content_sha256: str
    delivery_id: str
    heading: Heading
    n_lines: int
    is_plain: bool
    stamp: tuple[int, int] = (0, 0)  # size and modification time when it was hashed
    notes: tuple[str, ...] = ()
