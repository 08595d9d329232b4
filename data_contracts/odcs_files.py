"""The files that bring a feed, as FileFormat records: `files` of a person-level contract, or filePattern and dialect.

Not here: what a pattern may hold (patterns, lint), finding files (registry), reading them (orchestration/landing).
"""

from data_contracts.columns import ENCODINGS, MODES, READERS, Dialect, FileFormat
from data_contracts.odcs_rules import pattern
from data_contracts.yaml_node import Node

_KEYS = {  # beside pattern, reader and mode
    "csv": ("dialect", "trailer"),
    "xlsx": ("sheet", "headingRows"),
    "jsonl": ("records",),
    "parquet": (),
    "xml": ("records", "member"),
}


def monthly_file(file_pattern: Node, dialect: Node) -> FileFormat:
    """The one kind of file of a contract with filePattern and dialect; it names its force and month."""
    compiled = pattern(file_pattern)
    if not {"period", "force"} <= compiled.groupindex.keys():
        raise file_pattern.error("filePattern must name the groups period and force")
    return FileFormat(compiled, "csv", mode="full", dialect=_dialect(dialect))


def dated_files(node: Node, *, is_of_force: bool) -> tuple[FileFormat, ...]:
    """The kinds of file listed under `files`; outside a force's folder their names must say whose they are."""
    found = tuple(_file(item, is_of_force) for item in node.items())
    if not found:
        raise node.error("files lists no file; name at least one")
    return found


def _file(item: Node, is_of_force: bool) -> FileFormat:
    reader = item.get("reader").choice(READERS)
    item.only(("pattern", "reader", "mode", "whole", *_KEYS[reader]))
    name = item.get("pattern")
    compiled = pattern(name)
    if "date" not in compiled.groupindex:
        raise name.error("the pattern of a file must name the group date (YYYYMMDD or YYYY-MM-DD)")
    if ("force" in compiled.groupindex) == is_of_force:
        told = "needs no group force, its folder says it" if is_of_force else "must name the group force"
        raise name.error(f"the pattern of a file of this contract {told}")
    said = item.find("mode")
    if (said is None) == ("mode" not in compiled.groupindex):
        raise item.error(f"a file needs its mode ({', '.join(MODES)}), in its pattern or beside it, once")
    sheet, rows, trailer, member = (item.find(key) for key in ("sheet", "headingRows", "trailer", "member"))
    if rows and not 1 <= rows.whole() <= 20:
        raise rows.error("headingRows must be from 1 to 20")
    if reader == "xlsx" and not sheet:
        raise item.error("an xlsx file needs the name of its sheet; add sheet")
    whole = item.find("whole")
    if whole and said and said.text() != "full":
        raise whole.error("only a full extract can hold every record; leave whole out")
    return FileFormat(
        pattern=compiled,
        is_whole=whole.flag() if whole else False,
        reader=reader,
        mode=said.choice(MODES) if said else "",
        dialect=_declared(item.get("dialect")) if reader == "csv" else None,
        trailer=pattern(trailer) if trailer else None,
        sheet=sheet.text() if sheet else "",
        heading_rows=rows.whole() if rows else 1,
        records=_records(item, reader),
        member=pattern(member) if member else None,
    )


def _records(item: Node, reader: str) -> str:
    records = item.find("records")
    if reader == "xml" and not records:
        raise item.error("an xml file needs the name of the element that is a record; add records")
    return records.text() if records else ""


def _declared(node: Node) -> Dialect:
    """The dialect of a person-level file, in one of the encodings that can be read without loss."""
    dialect = _dialect(node)
    node.get("encoding").choice(ENCODINGS)
    if not dialect.has_header:
        raise node.error("a file without a heading cannot be held against its contract; ask for one")
    return dialect


def _dialect(node: Node) -> Dialect:
    node.only(("delimiter", "quote", "escape", "encoding", "hasHeader"))
    signs = {key: node.get(key).raw_text() for key in ("delimiter", "quote", "escape")}
    for key, sign in signs.items():
        if len(sign) != 1:
            raise node.get(key).error(f"{key} must be one character in quotes")
    return Dialect(**signs, encoding=node.get("encoding").text(), has_header=node.get("hasHeader").flag())
