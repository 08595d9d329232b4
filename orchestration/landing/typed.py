"""Person-level rows: from raw text to typed canonical columns, spine, row hash and a reason for each refused row.

One SELECT in four layers: raw cells, texts (trimmed, words for empty gone), values, verdict. Not here: the SQL of one
value (values), rows that land as text (conform).
"""

from data_contracts.columns import BINDABLE, Column
from data_contracts.model import FeedContract, Rule, RuleKind, Severity
from orchestration.landing.quoting import identifier, literal
from orchestration.landing.values import (
    CELL_END,
    SQL_TYPES,
    is_plain_sql,
    is_scientific_sql,
    text_sql,
    value_sql,
)
from orchestration.landing.verdict import breaks_sql, reason_sql

_HASHED_SPINE = ("source_record_id", "occurred_from", "occurred_to", "op", "handling", "sensitivity")
_KEPT = "line_number, delivery_id, period, known_at"


def typed_sql(
    contract: FeedContract,
    force_code: str,
    columns: tuple[str | None, ...],
    raw: tuple[str, ...],
    source: str,
) -> str:
    """SELECT of spine, canonical fields, row_hash, reason_code and noted.

    columns: for each raw column the heading as the contract writes it, None for one that is left out.
    """
    bound = {physical: name for physical, name in zip(columns, raw, strict=True) if physical}
    read = tuple(column for column in contract.columns if not column.is_ignored)
    used = [bound[physical] for physical in contract.physicals if physical in bound]
    is_plain = is_plain_sql(used, read)
    texts = ", ".join(f"{_text(column, bound)} as {identifier(_x(column))}" for column in read)
    values = ", ".join(
        f"{value_sql(column, identifier(_x(column)), contract.timezone)} as {identifier(_v(column.name))}"
        for column in read
    )
    return f"""
        select {_landed(contract, force_code, read)}
        from (
            select *, {_defaults(contract, read)}
            from (
                select *, {values}
                from (
                    select {_KEPT}, {texts}
                    from (select *, {is_plain} as is_plain from {source})
                )
            )
        ) as r
    """


def _x(column: Column) -> str:
    """Name of a column's text."""
    return f"x_{column.name}"


def _v(name: str) -> str:
    """Name of a column's value."""
    return f"v_{name}"


def _text(column: Column, bound: dict[str, str]) -> str:
    if column.constant is not None:
        return literal(column.constant)
    if column.physical not in bound:
        return "cast(null as varchar)"
    return text_sql(column, bound[column.physical], "is_plain")


def _defaults(contract: FeedContract, read: tuple[Column, ...]) -> str:
    """The bindable spine columns as they land, whether or not they are bound."""
    bound = {column.name for column in read}
    values = {
        name: identifier(_v(name)) if name in bound else f"cast(null as {SQL_TYPES[field.logical_type]})"
        for name, field in BINDABLE.items()
    }
    values["occurred_to"] = f"coalesce({values['occurred_to']}, {values['occurred_from']})"
    for name, usual in (
        ("op", "upsert"),
        ("handling", contract.handling),
        ("sensitivity", contract.sensitivity),
    ):
        values[name] = f"coalesce({values[name]}, {literal(usual)})"
    return ", ".join(f"{value} as {identifier(name)}" for name, value in values.items())


def _landed(contract: FeedContract, force_code: str, read: tuple[Column, ...]) -> str:
    bound = {column.name for column in read}
    fields = {
        f.name: _value(f.name) if f.name in bound else f"cast(null as {SQL_TYPES[f.logical_type]})"
        for f in contract.canonical.fields
    }
    force = literal(force_code)
    return f"""{force} as force_code, r.source_record_id, r.delivery_id, r.line_number, r.occurred_from,
            r.occurred_to, r.recorded_at, {_known_at(contract)} as known_at,
            cast(1 as integer) as record_version, {force} as owner_force, r.handling, r.sensitivity,
            {literal(contract.retention_group)} as retention_group, r.op,
            {", ".join(f"{value} as {identifier(name)}" for name, value in fields.items())},
            {_row_hash(fields)} as row_hash,
            {reason_sql(contract, _breaks)} as reason_code, {_noted(contract)} as noted"""


def _known_at(contract: FeedContract) -> str:
    """SQL of when a row became known: as its file says, or when it was recorded; never after its file's day."""
    next_day = "cast(cast(r.period as date) + 1 as timestamp)"
    ended = f"timezone('UTC', timezone({literal(contract.timezone)}, {next_day})) - to_seconds(1)"
    return f"coalesce(r.known_at, least(r.recorded_at, {ended}))"


def _row_hash(fields: dict[str, str]) -> str:
    """SQL of the hash of all that a row says but when it was recorded."""
    said = [*(f"r.{name}" for name in _HASHED_SPINE), *fields.values()]
    return f"md5(concat({f', {literal(CELL_END)}, '.join(f'cast({value} as varchar)' for value in said)}))"


def _noted(contract: FeedContract) -> str:
    """SQL of the codes of broken notes, in order, separated by blanks; NULL for none."""
    by_code: dict[str, list[str]] = {}
    for rule in contract.rules:
        if rule.severity is Severity.NOTE:
            by_code.setdefault(rule.code, []).append(_breaks(rule))
    said = [f"case when {' or '.join(tests)} then {literal(code)} end" for code, tests in by_code.items()]
    return f"nullif(concat_ws(' ', {', '.join(said)}), '')" if said else "cast(null as varchar)"


def _value(field: str) -> str:
    """SQL of a field's value in the outermost layer."""
    return f"r.{identifier(_v(field))}"


def _breaks(rule: Rule) -> str:
    """SQL that is true for a row that breaks the rule; what a contract writes itself is about values."""
    text, value, args = f"r.{identifier(f'x_{rule.field}')}", _value(rule.field), rule.args
    match rule.kind:
        case RuleKind.NOT_SCIENTIFIC:
            return is_scientific_sql(text)
        case RuleKind.OF_TYPE | RuleKind.IN_CODES:
            return f"({text} is not null and {value} is null)"
        case RuleKind.NUMBER_BETWEEN:
            return f"{value} not between {args.low!r} and {args.high!r}"
        case _:
            return breaks_sql(rule, _value)
