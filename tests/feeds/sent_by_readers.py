"""A clean file of Testshire for every reader, record by record, so that a fault can strike inside and be told.

Not here: the faults (byte_faults_made), what must hold (test_feed_soak).
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from testshire import CSV, GOOD, NAMES, sample_columns

Row = dict[str, Any]
DATE = "(?P<date>[0-9]{8})"
MS = {"recorded_at": "epoch-ms", "seen_date": "epoch-ms"}
SERIAL = {"recorded_at": "excel-serial", "seen_date": "excel-serial"}


@dataclass(frozen=True)
class Sent:
    """How one reader's files are declared and made. inner: the part of a zip where faults strike as well."""

    name: str  # of a file, with {day}
    file: Mapping[str, Any]
    columns: Sequence[Row]
    make: Callable[[Any, Sequence[str]], bytes]  # of Files and the records' own keys
    record: bytes  # a pattern: one record as it stands in the content, or in its inner part
    inner: str = ""
    is_keyed: bool = True  # a record's own key stands in its bytes
    custom: Mapping[str, Any] = field(default_factory=dict)  # what its contract says besides

    def parts(self, content: bytes) -> dict[str, bytes]:
        """The members of a zip; of any other file the content alone."""
        if not self.inner:
            return {"": content}
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def packed(self, parts: Mapping[str, bytes]) -> bytes:
        """The inverse of parts."""
        if not self.inner:
            return parts[""]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, part)
        return out.getvalue()

    def records(self, content: bytes) -> list[bytes]:
        """The records in the bytes of a clean file."""
        return re.findall(self.record, self.parts(content)[self.inner], re.DOTALL) if self.record else []


def _csv(encoding: str, delimiter: str = ",") -> Sent:
    dialect = {**CSV, "encoding": encoding, "delimiter": delimiter}

    def make(files: Any, refs: Sequence[str]) -> bytes:
        text: str = files.csv([files.row(Ref=ref) for ref in refs], delimiter)
        return (text.replace("’", "'") if encoding == "cp1252" else text).encode(encoding)

    record = b"" if encoding == "utf-16-le" else rb"S-[^\r\n]*\r\n"
    file = {"pattern": f"^testshire/s_{DATE}[.]csv$", "reader": "csv", "mode": "delta", "dialect": dialect}
    return Sent("s_{day}.csv", file, sample_columns(), make, record)


def _roles() -> Sent:
    """Wide rows: the text stands in one of two role columns."""
    roles = [{"heading": "First", "says": "1"}, {"heading": "Second", "says": "2"}]
    names = [{"Text": "{role} Text"}.get(name, name) for name in GOOD]

    def make(files: Any, refs: Sequence[str]) -> bytes:
        rows = [{**files.row(Ref=ref), "First Text": GOOD["Text"]} for ref in refs]
        headings = [h for name in names for h in ((name,) if name in GOOD else ("First Text", "Second Text"))]
        content: bytes = files.csv(rows, headings=headings).encode()
        return content

    columns = sample_columns({**NAMES, "text": "{role} Text"})
    columns[0]["customProperties"] = [{"property": "withRole", "value": True}]
    file = _file("csv", "csv", dialect=CSV)
    return Sent("s_{day}.csv", file, columns, make, rb"S-[^\r\n]*\r\n", custom={"roles": roles})


def _json_lines(files: Any, refs: Sequence[str]) -> bytes:
    values = {**GOOD, "Logged": 1790843400000, "Seen": 1790723000000, "Sure": True, "People": 3, "Km": 1.5}
    content: bytes = files.json_lines([{**values, "Ref": ref} for ref in refs])
    return content


def _parquet(files: Any, refs: Sequence[str]) -> bytes:
    content: bytes = files.parquet({name: [{**GOOD, "Ref": ref}[name] for ref in refs] for name in GOOD})
    return content


def _workbook(files: Any, refs: Sequence[str]) -> bytes:
    rows = [{**GOOD, "Ref": r, "Logged": 46296.5, "Seen": 46295, "People": 3, "Km": 1.5} for r in refs]
    content: bytes = files.workbook({"Samples": files.sheet(rows, [["Samples"]])})
    return content


PATHS = {**NAMES, "source_record_id": "@ref", "text": "Said/Text", "grade": "Said/@grade"}
RECORD = (
    '<Sample ref="{ref}" synthetic="true"><Logged>01/10/2026 09:30:00</Logged><Action/>'
    '<Said grade="2"><Text>Seen at O’Néill’s</Text></Said><Seen>30/09/2026</Seen><Sure>Y</Sure>'
    "<People>3</People><Km>1.5</Km></Sample>\n"
)


def _markup(files: Any, refs: Sequence[str]) -> bytes:
    body = "".join(RECORD.format(ref=ref) for ref in refs)
    content: bytes = files.zipped({"samples.xml": f"<?xml version='1.0'?>\n<Extract>\n{body}</Extract>\n"})
    return content


def _named(names: Mapping[str, str], synthetic: str = "synthetic", **formats: str) -> list[Row]:
    columns = sample_columns(names, **formats)
    columns[-1]["physicalName"] = synthetic
    return columns


def _file(reader: str, suffix: str, **more: Any) -> dict[str, Any]:
    return {"pattern": f"^testshire/s_{DATE}[.]{suffix}$", "reader": reader, "mode": "delta", **more}


READERS = {
    "csv": _csv("utf-8"),
    "csv-cp1252": _csv("cp1252", "|"),
    "csv-utf-16": _csv("utf-16-le"),
    "csv-roles": _roles(),
    "jsonl": Sent("s_{day}.jsonl", _file("jsonl", "jsonl"), _named(NAMES, **MS), _json_lines, rb"\{[^\n]*\}\n"),
    "parquet": Sent("s_{day}.parquet", _file("parquet", "parquet"), sample_columns(), _parquet, b""),
    "xlsx": Sent(
        "s_{day}.xlsx", _file("xlsx", "xlsx", sheet="Samples", headingRows=2), _named(NAMES, **SERIAL), _workbook,
        rb'<row r="(?:[3-9]|1[0-9])".*?</row>', "xl/worksheets/sheet1.xml", is_keyed=False,
    ),
    "xml": Sent(
        "s_{day}.zip", _file("xml", "zip", member="^samples[.]xml$", records="Sample"), _named(PATHS, "@synthetic"),
        _markup, rb"<Sample .*?</Sample>\n", "samples.xml",
    ),
}  # fmt: skip
