"""One found file held against its contract before any row is read: its manifest, its bytes, its heading.

received → checked; what does not get through is refused with one sentence. Not here: finding files and what is known of
them (inbox), rows (groups).
"""

from dataclasses import replace
from pathlib import Path

from data_contracts.model import FileMatch
from orchestration.landing.archive import Candidate, Refusal
from orchestration.landing.byte_faults import Expected, fault_of
from orchestration.landing.header import HeaderError, Heading, read_heading
from orchestration.landing.judged import refused
from orchestration.landing.outcome import RECEIVED, Outcome, delivery_id_of
from orchestration.landing.ready import Ready, stamp_of
from orchestration.landing.sent_manifest import BadManifest, complaint_of, read_sent_manifest
from orchestration.landing.transcribe import codec_name, first_line


def prepare(found: Candidate | Refusal, match: FileMatch, manifest: Path | None) -> Ready | Outcome:
    """A file that may be read, or the outcome that says why not. manifest: the one beside it, if there is one."""
    if isinstance(found, Refusal):  # recognised and not opened: its rows cannot be counted, so none are
        unread = _unread(str(found.relative_path), match, found.code, Path(), 0)
        return refused(unread, 0, found.code, found.sentence, reached=RECEIVED)
    n_lines = max(0, found.report.n_lines - 1)
    unread = _unread(str(found.relative_path), match, found.sha256, found.local_path, n_lines)
    try:
        sent = read_sent_manifest(manifest) if manifest else None
    except BadManifest as problem:
        said = f"{problem}; mend it, or send the file without one"
        return refused(unread, 0, "MANIFEST_UNREADABLE", said, reached=RECEIVED)
    unread = replace(unread, sent=sent)
    if sent and (complaint := complaint_of(sent, found.sha256, found.size, match.mode)):
        return refused(unread, 0, *complaint, reached=RECEIVED)
    return _checked(found, match, unread)


def _checked(found: Candidate, match: FileMatch, unread: Ready) -> Ready | Outcome:
    expected, report = _expected(match), found.report
    if fault := fault_of(report, expected):
        return refused(unread, 0, fault.code, f"it {fault.complaint}", reached=RECEIVED)
    read = replace(unread, delivery_id=_identity(match, found.sha256), stamp=stamp_of(found.local_path))
    if expected.kind != "csv":
        return read
    try:
        heading = read_heading(first_line(found.local_path, expected.encoding), match.contract, read.dialect)
    except UnicodeDecodeError:
        said = "its first line is not valid text in the agreed encoding"
        return refused(unread, unread.n_lines, "HEADER", said, reached=RECEIVED)
    except HeaderError as error:
        return refused(unread, unread.n_lines, "HEADER", str(error), reached=RECEIVED)
    is_plain = report.is_utf8 and not report.has_controls and expected.encoding == "utf-8"
    return replace(
        read, heading=heading, is_plain=is_plain, is_tidy=not report.has_odd_signs, notes=heading.notes
    )


def _expected(match: FileMatch) -> Expected:
    """What the contract says the file is."""
    file = match.file
    kind = "zip" if file.reader == "xml" and file.member is not None else file.reader
    if file.reader != "csv":
        return Expected(kind)
    return Expected(kind, codec_name((file.dialect or match.contract.dialect).encoding))


def _identity(match: FileMatch, sha256: str) -> str:
    """Identity of a delivery. A dated file is its content under its date: two empty deltas are two deliveries."""
    content = f"{sha256}|{match.period}|{match.mode}" if match.contract.is_typed else sha256
    return delivery_id_of(match.contract.feed, match.force_code, content)


def _unread(path: str, match: FileMatch, sha256: str, local: Path, n_lines: int) -> Ready:
    """A delivery as a Ready, for an outcome that says why it was not read; its content keeps its file's name."""
    return Ready(
        contract=match.contract, file=match.file, force_code=match.force_code, period=match.period, mode=match.mode,
        file_name=path, original=local, local_path=local, content_sha256=sha256,
        delivery_id=delivery_id_of(match.contract.feed, match.force_code, f"{sha256}|{path}"),
        heading=Heading((), (), ()), n_lines=n_lines, is_plain=False,
    )  # fmt: skip


def manifest_digest(prepared: Ready | Outcome) -> str:
    """Which manifest a delivery was held against: another one makes it be held against that."""
    if isinstance(prepared, Outcome):
        return prepared.manifest_sha256
    return prepared.sent.digest if prepared.sent else ""
