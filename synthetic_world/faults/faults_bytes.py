"""Damage to bytes and archives: cut (8), sent again (9), bombs (14), archive paths (15), hostile workbooks (16).

Not here: damage to text (faults_text) and values (faults_cells).
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Final

from synthetic_world.records.damage import Damage, NoDamage, Result, Sheet, Target
from synthetic_world.writers.packed import zipped

_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_BOMB: Final = 64 * 2**20
_ENTITIES: Final = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


def half(target: Target) -> Result:
    """A file that was not copied to its end."""
    share = min(max(target.number("share", 0.5), 0.0), 1.0)
    keep = int(len(target.content) * share)
    return Result(f"cut after {keep:,} of {len(target.content):,} bytes", target.content[:keep])


def row_boundary(target: Target) -> Result:
    """Cut exactly after a row, which no parser can see."""
    sheet = Sheet.of(target)
    keep = 1 + int(sheet.n_rows * target.number("share", 0.5))
    lost = len(sheet.lines) - keep
    sheet.lines = sheet.lines[:keep]
    return Result(f"the last {lost} rows cut off", sheet.encoded())


def new_name(target: Target) -> Result:
    """The same content again under the name of the next day."""
    path = PurePosixPath(target.sent.path)
    day = target.sent.day
    following = day + timedelta(days=1)
    name = str(path)
    for shape in ("%Y%m%d", "%Y-%m-%d"):
        name = name.replace(day.strftime(shape), following.strftime(shape))
    if name == str(path):
        raise NoDamage("its name holds no date")
    return Result("sent again under the next day's name", added={name: target.content})


def same_file(target: Target) -> Result:
    """The same file again, in a folder beside."""
    path = PurePosixPath(target.sent.path)
    again = str(PurePosixPath("sent-again") / path)
    return Result("sent again in another folder", added={again: target.content})


def old_night(target: Target) -> Result:
    """The content of an earlier night under this night's name."""
    back = int(target.number("days", 3))
    earlier = target.sent.day - timedelta(days=back)
    name = target.sent.path
    for shape in ("%Y%m%d", "%Y-%m-%d"):
        name = name.replace(target.sent.day.strftime(shape), earlier.strftime(shape))
    path = target.landing / name
    if name == target.sent.path or not path.is_file():
        raise NoDamage(f"there is no file of {earlier}")
    return Result(f"the content of {earlier} instead", path.read_bytes())


def _archive(target: Target) -> list[tuple[str, bytes]]:
    if not zipfile.is_zipfile(io.BytesIO(target.content)):
        raise NoDamage("the file is no archive")
    with zipfile.ZipFile(io.BytesIO(target.content)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _own_part(target: Target) -> str:
    """The member that holds the feed the plan names."""
    members = dict(_archive(target))
    if target.file.member is not None:
        return next(name for name in members if target.file.member.fullmatch(name))
    names = re.findall(rb'<sheet name="([^"]*)"', members.get("xl/workbook.xml", b""))
    if target.file.sheet.encode() in names:
        return f"xl/worksheets/sheet{names.index(target.file.sheet.encode()) + 1}.xml"
    return next(iter(members))


def bomb(target: Target) -> Result:
    """A member that unpacks to a thousand times its size."""
    members, own = _archive(target), _own_part(target)
    size = int(target.number("size", _BOMB))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            swollen = b" " * size if name == own else content
            archive.writestr(zipfile.ZipInfo(name, _FIRST_MOMENT), swollen, zipfile.ZIP_DEFLATED)
    return Result(f"{own} unpacks to {size:,} bytes", buffer.getvalue())


def nested(target: Target) -> Result:
    """An archive within the archive."""
    members = _archive(target)
    return Result("an archive within the archive", zipped([*members, ("inner.zip", zipped(members[:1]))]))


def lying_size(target: Target) -> Result:
    """A member whose header says that it is small."""
    members = _archive(target)
    content = bytearray(target.content)
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return Result(f"the size of {members[-1][0]} said to be 1", bytes(content))


def dots(target: Target) -> Result:
    """A member that wants to climb out of the folder."""
    return Result(
        "a member named ../../escaped.csv", zipped([*_archive(target), ("../../escaped.csv", b"x,y\n1,2\n")])
    )


def absolute(target: Target) -> Result:
    """A member with an absolute path."""
    return Result(
        "a member named /etc/escaped.csv", zipped([*_archive(target), ("/etc/escaped.csv", b"x,y\n1,2\n")])
    )


def link(target: Target) -> Result:
    """A member that is a symbolic link."""
    buffer = io.BytesIO(target.content)
    info = zipfile.ZipInfo("link.xml", _FIRST_MOMENT)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    _archive(target)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(info, b"/etc/passwd")
    return Result("a member that is a symbolic link", buffer.getvalue())


def twice(target: Target) -> Result:
    """Two members of one name."""
    members = _archive(target)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = zipped([*members, (members[0][0], b"<Extract/>")])
    return Result(f"two members named {members[0][0]}", content)


def case_twins(target: Target) -> Result:
    """Two members whose names differ in their capitals only."""
    members = _archive(target)
    name = members[0][0].swapcase()
    return Result(f"a member named {name} beside {members[0][0]}", zipped([*members, (name, members[0][1])]))


def _workbook(
    target: Target, change: Mapping[str, tuple[bytes, bytes]], what: str, more: Mapping[str, bytes]
) -> Result:
    """A workbook with some bytes of its first sheet or list of sheets replaced, and parts added."""
    if target.file.reader != "xlsx":
        raise NoDamage("the file is no workbook")
    members = [
        (name, content.replace(*change[name], 1) if name in change else content)
        for name, content in _archive(target)
    ]
    return Result(what, zipped([*members, *more.items()]))


def formula(target: Target) -> Result:
    """A cell that asks a spreadsheet to start a program."""
    cell = b"<c r=\"A3\"><f>cmd|'/c calc'!A0</f><v>0</v></c>"
    sheet = _own_part(target)
    found = re.search(rb'<row r="3">(?:<c r="A3".*?</c>)?', dict(_archive(target)).get(sheet, b""))
    if found is None:
        raise NoDamage("its sheet has no rows")
    change = {sheet: (found.group(), b'<row r="3">' + cell)}
    return _workbook(target, change, "a formula that would start a program", {})


def external(target: Target) -> Result:
    """A link to another workbook."""
    link_part = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return _workbook(
        target, {}, "a link to another workbook", {"xl/externalLinks/externalLink1.xml": link_part}
    )


def hidden_sheet(target: Target) -> Result:
    """The feed's sheet hidden."""
    name = f'<sheet name="{target.file.sheet}"'.encode()
    change = {"xl/workbook.xml": (name, name + b' state="veryHidden"')}
    return _workbook(target, change, "its sheet hidden", {})


def merged_heading(target: Target) -> Result:
    """Cells of the heading merged."""
    change = {_own_part(target): (b"<mergeCell ref=", b'<mergeCell ref="A2:C2"/><mergeCell ref=')}
    return _workbook(target, change, "cells of its heading merged", {})


def entities(target: Target) -> Result:
    """XML entities that multiply."""
    change = {_own_part(target): (b"<worksheet", _ENTITIES + b"<worksheet")}
    return _workbook(target, change, "XML entities that multiply", {})


KINDS: Final[Mapping[tuple[int, str], Damage]] = {
    (8, "half"): half, (8, "row_boundary"): row_boundary,
    (9, "same_file"): same_file, (9, "new_name"): new_name, (9, "old_night"): old_night,
    (14, "bomb"): bomb, (14, "nested"): nested, (14, "lying_size"): lying_size,
    (15, "dots"): dots, (15, "absolute"): absolute, (15, "link"): link, (15, "twice"): twice,
    (15, "case_twins"): case_twins,
    (16, "formula"): formula, (16, "external"): external, (16, "hidden_sheet"): hidden_sheet,
    (16, "merged_heading"): merged_heading, (16, "entities"): entities,
}  # fmt: skip
