"""Pages and rows of a laid-out pack against its HTML: nothing spills, nothing is lost on the way to paper.

Here: on which sheet each page starts, how many rows the tables must have. Not here: layout itself (pdf.py).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from profiles.pack.model import PackError, PageOverflow
from profiles.publish.finish import FinishCounts

_SECTION = re.compile(r'<section class="page([^"]*)" id="(p-[\w-]+)"')
_BODY = re.compile(r"<tbody>(.*?)</tbody>", re.S)


def starts_of(document: Any, html: str) -> dict[str, int]:
    """The sheet each page starts on; PageOverflow when a page that may not continue takes more than one."""
    wanted = _SECTION.findall(html)
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    starts = {anchor: found[anchor] for _, anchor in wanted if anchor in found}
    ends = [*list(starts.values())[1:], len(document.pages) + 1]
    for (classes, anchor), end in zip(wanted, ends, strict=False):
        if end - starts.get(anchor, 0) != 1 and "continues" not in classes:
            raise PageOverflow(
                f"Page {anchor!r} does not fit on one sheet: {len(document.pages)} sheets for {len(wanted)} pages."
            )
    return starts


def numbers_of(section_ids: Iterable[str], taken: Mapping[str, int]) -> dict[str, int]:
    """The sheet each page starts on, in order, where a page takes so many sheets (one, unless `taken` says more)."""
    found, number = {}, 1
    for section_id in section_ids:
        found[section_id] = number
        number += taken.get(section_id, 1)
    return found


def check_rows(html: str, counts: FinishCounts) -> None:
    """PackError unless every row of every table stands in the file, once."""
    wanted = sum(body.count("<tr") for body in _BODY.findall(html))
    if wanted != counts.rows:
        raise PackError(
            f"The pack was not written: its tables have {wanted} rows, and {counts.rows} of them stand in the file."
        )


def has_moved(starts: Mapping[str, int], numbers: Mapping[str, int]) -> bool:
    """Whether a page starts on another sheet than the one printed for it."""
    return any(starts.get(anchor) != number for anchor, number in numbers.items())
