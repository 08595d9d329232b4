"""What became of one delivery, as a page: counts, refused rows by reason and line, the checks of its contract.

No value of any row stands on it. Not here: the outcome itself (landing), the look (templates).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data_contracts.model import FeedContract, Rule, Severity
from orchestration.landing.manifest import ManifestRow
from orchestration.landing.outcome import REFUSED
from orchestration.pages.parts import Section, Table, cells, code, heads, number, render
from orchestration.steps.validate import Validation

EFFECTS = {
    Severity.BLOCK: "refuses the delivery",
    Severity.QUARANTINE: "refuses the row",
    Severity.NOTE: "is noted",
}
HELD, UNASKED = "held", "not asked"
Lines = Mapping[str, Sequence[int]]


def delivery_page(
    row: ManifestRow,
    contract: FeedContract | None,
    lines: Lines,
    back: str,
    validation: Validation | None = None,
) -> str:
    """The page. contract: None where the one it was read by is gone; lines: first refused lines by reason code.

    back: path to the page of its run; validation: what Great Expectations found in a batch of it, if it was asked.
    """
    o = row.outcome
    sections = [_refused(row, lines), _checks(row, contract), _batch(validation), _identity(row, contract)]
    return render(
        "delivery", title=f"{o.file_name} – Force Profiles", heading=o.file_name, outcome=row.state,
        lines=[f"{o.force_code}, {o.feed}, {o.period}, {o.mode}"], numbers=_numbers(row),
        problems=[o.reason] if o.reason else [], notes=list(o.notes), sections=sections, back=back,
    )  # fmt: skip


def _numbers(row: ManifestRow) -> list[tuple[str, str]]:
    o = row.outcome
    return [
        ("Rows in", number(o.rows_in)),
        ("Accepted", number(o.rows_accepted)),
        ("Refused", number(o.rows_refused)),
        ("Loaded", number(row.rows_loaded)),
        ("Exact duplicate", number(row.rows_exact_duplicate)),
        ("Superseded", number(row.rows_superseded)),
    ]


def _refused(row: ManifestRow, lines: Lines) -> Section:
    rows = [
        cells(
            code(r.reason_code),
            r.reason,
            r.n_rows,
            _numbers_of(lines.get(r.reason_code, [r.first_line])),
        )
        for r in row.outcome.refused_rows
    ]
    table = Table("Refused rows by reason", heads("Reason", "In words", "#Rows", "First on"), rows)
    words = "A refused row has one reason: the first that applies. The rows themselves are in quarantine."
    empty = (
        "The delivery was refused as a whole, before its rows were judged." if _is_unjudged(row) else "None."
    )
    return Section("refused", "Refused rows", words if rows else "", [table], empty)


def _is_unjudged(row: ManifestRow) -> bool:
    """Whether a delivery was refused before any of its rows was looked at."""
    return row.outcome.state == REFUSED and not row.outcome.refused_rows


def _numbers_of(lines: Sequence[int]) -> str:
    return "line " + ", ".join(f"{line:,}" for line in lines)


def _checks(row: ManifestRow, contract: FeedContract | None) -> Section:
    """Every rule of the contract and how many rows broke it; of rules that only note, landing wrote the sentence."""
    if contract is None:
        return Section("checks", "Checks", empty="The contract that it was read by is no longer there.")
    fields: dict[Rule, list[str]] = {}
    for rule in contract.rules:
        fields.setdefault(replace(rule, field=""), []).append(rule.field)
    found = {rule: _found(rule, row) for rule in fields}
    ordered = sorted(fields, key=lambda rule: found[rule] in (HELD, UNASKED))
    table = Table(
        f"The {len(fields):,} checks of the contract, broken ones first",
        heads("Check", "Field", "If broken, it", "Found"),
        [cells(code(r.code), code(", ".join(fields[r])), EFFECTS[r.severity], found[r]) for r in ordered],
    )
    limits = f"{contract.row_floor.rows:,} to {contract.row_ceiling.rows:,} rows are expected"
    return Section("checks", "Checks", f"{limits}: {contract.row_ceiling.reason}.", [table])


def _found(rule: Rule, row: ManifestRow) -> str:
    """What a check found in the delivery."""
    if _is_unjudged(row):
        return UNASKED
    rows = sum(r.n_rows for r in row.outcome.refused_rows if r.reason_code == rule.code)
    if rows:
        return f"broken by {rows:,} row{'' if rows == 1 else 's'}"
    is_noted = any(note.endswith(rule.reason) for note in row.outcome.notes)
    return "noted" if is_noted else HELD


def _batch(found: Validation | None) -> Section:
    """What another engine says of a batch of the accepted rows."""
    if found is None:
        return Section(
            "batch", "Great Expectations", empty="Only the newest delivery of a feed is asked about."
        )
    words = f"{found.n_expectations:,} expectations were asked of {found.n_rows:,} accepted rows"
    rows = [cells(code(c), code(field), severity, n) for c, field, severity, n in found.failures]
    table = Table("Rules that accepted rows break", heads("Rule", "Field", "Severity", "#Rows"), rows)
    said = f"{words}." if rows else f"{words}, and all hold."
    return Section("batch", "Great Expectations", said, [table] if rows else [], "" if rows else said)


def _identity(row: ManifestRow, contract: FeedContract | None) -> Section:
    o = row.outcome
    pairs = [
        ("Delivery", o.delivery_id), ("SHA-256 of its content", o.content_sha256),
        ("Came as far as", o.reached),
        ("Manifest", f"held against it, SHA-256 {o.manifest_sha256}" if o.manifest_sha256 else "none: unverified"),
        ("Extract up to", o.extract_to or "not said"),
        ("Contract", f"version {o.contract_version}" + (f", {contract.system}" if contract else "")),
        ("Missing from whole extracts since", f"{row.rows_missing:,} rows, {row.rows_closed:,} of them closed"),
        ("Newest record", row.newest_record), ("Rows against the usual", row.volume_ratio),
    ]  # fmt: skip
    table = Table(
        "What it is known by",
        heads("Mark", "Value"),
        [cells(name, code(number(value))) for name, value in pairs],
    )
    return Section("identity", "Identity", tables=[table])
