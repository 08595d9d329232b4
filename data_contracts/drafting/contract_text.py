"""A draft as the YAML of a contract: each guess with a comment `# CONFIRM: …`, each doubt `# CONFIRM (DOUBT): …`.

No value of a row stands in it but codes and words for "empty". Not here: what was guessed (draft), the file of the
force (force_text).
"""

from collections.abc import Iterator

from data_contracts.confirmation import CONFIRM, DOUBT
from data_contracts.drafting.columns_drafted import WATERMARK, DraftedColumn
from data_contracts.drafting.draft import Draft, DraftedFile
from data_contracts.drafting.limits import Limit
from data_contracts.drafting.yaml_words import comment, mapping, quoted, scalar

STANDARD = "v3.2.0"


def contract_text(draft: Draft, force_name: str) -> str:
    """The whole file."""
    return "\n".join([*_head(draft, force_name), *_schema(draft), *_foot(draft)]) + "\n"


def _head(draft: Draft, force_name: str) -> Iterator[str]:
    samples = ", ".join(file.name for file in draft.files)
    yield from comment(
        f"How {force_name} writes {draft.feed}, drafted by `force-profiles feed draft` from {samples}.", 0
    )
    yield from comment(
        "Every guess has a line that begins with CONFIRM; where (DOUBT) stands, the samples did not settle it. "
        "Look at each, correct the entry below it, and take the line away. Then: `feed check`, `feed rehearse`, "
        "and status: active.", 0
    )  # fmt: skip
    for question in draft.questions:
        yield from comment(f"{DOUBT} {question}.", 0)
    title = scalar(f"{force_name}, {draft.canonical.title.lower()}")
    yield from (
        f"apiVersion: {STANDARD}", "kind: DataContract", f"id: {draft.force_code}-{draft.feed}", f"name: {title}",
        "version: 1.0.0", "status: draft  # becomes active when it may land", "domain: policing", "description:",
    )  # fmt: skip
    yield from comment(f"{CONFIRM} say in a sentence what the force sends, and how often.", 2)
    yield f"  purpose: {scalar(f'Deliveries of {draft.canonical.title.lower()}.')}"
    yield "  usage: See the canonical contract for what the records may be used for."
    yield from comment(f"{CONFIRM} say what is known to be missing or wrong in them.", 2)
    yield "  limitations: Not known yet."


def _schema(draft: Draft) -> Iterator[str]:
    yield from (
        "schema:",
        f"  - name: {draft.feed}",
        "    logicalType: object",
        "    physicalType: file",
        "    quality:",
    )
    yield from _limit("ROWS_TOO_FEW", "mustBeGreaterOrEqualTo", draft.floor)
    yield from _limit("ROWS_TOO_MANY", "mustBeLessOrEqualTo", draft.ceiling)
    yield "    properties:"
    number = 0
    for column in draft.columns:
        number += not column.name
        yield from _property(column, f"ignored_{number}")


def _limit(name: str, operator: str, limit: Limit) -> Iterator[str]:
    if limit.doubt:
        yield from comment(f"{DOUBT} {limit.doubt}.", 6)
    yield from (
        f"      - name: {name}", "        metric: rowCount", f"        {operator}: {limit.number}",
        "        unit: rows", "        severity: block", f"        description: {scalar(limit.reason)}",
    )  # fmt: skip


def _property(column: DraftedColumn, ignored: str) -> Iterator[str]:
    for doubt in column.doubts:
        yield from comment(f"{DOUBT} {doubt}.", 6)
    if not column.name:
        if column.heading.strip("@ ").lower() == WATERMARK:
            yield from comment("The watermark of every file of a fictional force.", 6)
        yield f"      - {{name: {ignored}, physicalName: {scalar(column.heading)}, logicalType: string,"
        yield "         customProperties: [{property: isIgnored, value: true}]}"
        return
    yield from comment(
        f"{CONFIRM} {column.confidence:.2f}: {'; '.join(column.reasons) or 'see the doubt above'}.", 6
    )
    yield f"      - name: {column.name}"
    yield f"        physicalName: {scalar(column.heading)}"
    yield f"        logicalType: {column.logical_type}"
    if column.format:
        yield f"        logicalTypeOptions: {{format: {scalar(column.format)}}}"
    if column.is_required:
        yield "        required: true"
    yield from _codes(column)


def _codes(column: DraftedColumn) -> Iterator[str]:
    unmapped = [guess for guess in column.codes if not guess.code]
    inferred = [guess for guess in column.codes if guess.code and guess.is_doubtful]
    for guess in unmapped:
        rows = f"{guess.n_rows:,} row{'' if guess.n_rows == 1 else 's'}"
        yield from comment(
            f"{DOUBT} {guess.text!r} ({rows}) has no code; map it, or its rows are refused.", 8
        )
    if column.hidden_codes:
        more = (
            f"{column.hidden_codes} more texts have no code; they are not named, because they may be personal"
        )
        yield from comment(f"{DOUBT} {more}.", 8)
    for guess in inferred:
        yield from comment(f"{DOUBT} {guess.text!r} {guess.why}.", 8)
    for word in column.doubtful_words:
        yield from comment(f"{DOUBT} whether {word!r} means what is written here.", 8)
    if column.code_map:
        yield "        customProperties:"
        yield "          - property: codeMap"
        yield f"            value: {mapping(column.code_map, 20)}"


def _foot(draft: Draft) -> Iterator[str]:
    yield "slaProperties:"
    said = draft.freshness.doubt or draft.freshness.reason
    yield from comment(f"{DOUBT if draft.freshness.doubt else CONFIRM} {said}.", 2)
    yield f"  - {{property: freshness, value: {draft.freshness.number}, unit: d, element: {draft.feed}.recorded_at}}"
    yield from (
        "customProperties:",
        f"  - {{property: canonical, value: {draft.feed}/{draft.canonical.version}}}",
    )
    if draft.empty_words:
        yield from comment(f"{CONFIRM} texts that mean: nothing here.", 2)
        yield f"  - {{property: nullWords, value: [{', '.join(map(scalar, draft.empty_words))}]}}"
    yield from ("  - property: files", "    value:")
    written: set[str] = set()
    for file in draft.files:
        lines = list(_file(file))
        if (key := "\n".join(line for line in lines if "#" not in line)) not in written:
            written.add(key)
            yield from lines
    yield f"  - {{property: retentionGroup, value: {draft.retention_group}}}"


def _file(file: DraftedFile) -> Iterator[str]:
    for doubt in file.doubts:
        yield from comment(f"{DOUBT} {doubt}.", 6)
    yield from comment(f"{CONFIRM} the name and kind of {file.name}.", 6)
    yield f"      - pattern: {quoted(file.named.pattern)}"
    yield f"        reader: {file.shape.reader}"
    if file.named.mode:
        yield f"        mode: {file.named.mode}"
    shape = file.shape
    if shape.dialect:
        signs = {
            "delimiter": shape.dialect.delimiter,
            "quote": shape.dialect.quote,
            "escape": shape.dialect.escape,
        }
        said = ", ".join(f"{key}: {scalar(sign)}" for key, sign in signs.items())
        yield f"        dialect: {{{said}, encoding: {shape.dialect.encoding}, hasHeader: true}}"
    for key, text in (
        ("trailer", shape.trailer),
        ("sheet", shape.sheet),
        ("records", shape.records),
        ("member", shape.member),
    ):
        if text:
            yield f"        {key}: {quoted(text)}"
    if shape.reader == "xlsx":
        yield f"        headingRows: {shape.heading_rows}"
