"""Parts of a workbook or zip that no contract claims: named, never read, so that a new one is not overlooked.

Not here: files that no contract describes (found), the parts that are read (workbook, markup_rows).
"""

from collections.abc import Iterator, Sequence

from data_contracts.model import FileFormat
from orchestration.landing.found import Candidate, Ignored, Refusal, shown
from orchestration.landing.package import Package, open_package
from orchestration.landing.raw_rows import Unreadable
from orchestration.landing.workbook import sheets_of


def parts_left_alone(found: Candidate, files: Sequence[FileFormat]) -> list[Ignored | Refusal]:
    """One entry for each sheet or member that none of these formats reads; none where the file cannot be opened."""
    if all(file.reader != "xlsx" and file.member is None for file in files):
        return []
    path = found.relative_path
    try:
        with open_package(found.local_path) as package:
            said = list(_unclaimed(package, files))
            harmful = [refused for name, refused in package.refused.items() if not _is_claimed(name, files)]
    except Unreadable:
        return []
    return [
        *(Ignored(path, "NOT_RECOGNISED", f"{shown(path)}: {words}") for words in said),
        *(Refusal(path, refused.code, f"{shown(path)}: {refused.sentence}") for refused in harmful),
    ]


def _is_claimed(name: str, files: Sequence[FileFormat]) -> bool:
    return any(file.member is not None and file.member.fullmatch(name) for file in files)


def _unclaimed(package: Package, files: Sequence[FileFormat]) -> Iterator[str]:
    sheets = {file.sheet for file in files if file.reader == "xlsx"}
    if sheets:
        for sheet in sheets_of(package):
            if sheet.name not in sheets:
                kind = "hidden sheet" if sheet.is_hidden else "sheet"
                yield f"the {kind} '{shown(sheet.name)}' is in no contract"
        return
    for name in package.names:
        if name not in package.refused and not _is_claimed(name, files):
            yield f"its member '{shown(name)}' is in no contract"
