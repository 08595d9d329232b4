"""From a source of raw columns to canonical columns, spine and a reason for each refused row: one SELECT.

All readers share it, so a row is judged the same whichever way it came in. Not here: rows that land as typed values
(typed), which files (inbox), where results are written (store).
"""

from data_contracts.model import FeedContract, Rule, RuleKind
from data_contracts.values import NUMBER_PATTERN
from orchestration.landing.quoting import identifier, literal
from orchestration.landing.typed import typed_sql
from orchestration.landing.values import same_sql
from orchestration.landing.verdict import breaks_sql, reason_sql


def raw_columns(n: int) -> tuple[str, ...]:
    """Names of the raw columns of a source, in file order: c0, c1, …"""
    return tuple(f"c{i}" for i in range(n))


def verdict_columns(contract: FeedContract) -> tuple[str, ...]:
    """The columns of conformed_sql that judge a row and do not land."""
    return ("reason_code", "noted", "is_swapped") if contract.is_typed else ("reason_code",)


def _value(field: str) -> str:
    """SQL of a field's text."""
    return f"r.{identifier(field)}"


def _breaks(rule: Rule) -> str:
    """SQL that is true for a row that breaks the rule; numbers are texts here."""
    if rule.kind is not RuleKind.NUMBER_BETWEEN:
        return breaks_sql(rule, _value)
    column, args = _value(rule.field), rule.args
    is_number = f"regexp_full_match({column}, {literal(NUMBER_PATTERN)})"
    is_between = f"try_cast({column} as double) between {args.low!r} and {args.high!r}"
    return f"not coalesce({is_number} and {is_between}, true)"


def conformed_sql(
    contract: FeedContract,
    force_code: str,
    columns: tuple[str | None, ...],
    source: str,
    tidy: str = "false",
) -> str:
    """SELECT of spine, canonical fields and the verdict (verdict_columns).

    source: a relation with line_number, delivery_id, period, the four times and the raw columns c0…;
    columns: the canonical name of each raw column, None for one that is left out.
    For a person-level contract the only times in `source` are known_at, NULL where a row is known when it was recorded,
    and known_by, which no row can be known after; and `columns` are headings as the contract writes them. tidy: see
    typed_sql.
    """
    if contract.is_typed:
        return typed_sql(contract, force_code, columns, raw_columns(len(columns)), source, tidy)
    bound = {name: raw for name, raw in zip(columns, raw_columns(len(columns)), strict=True) if name}
    fields = ", ".join(
        f"{bound.get(f.name, 'cast(null as varchar)')} as {identifier(f.name)}"
        for f in contract.canonical.fields
    )
    return f"""
        select
            {same_sql(force_code)} as force_code, cast(r.line_number as varchar) as source_record_id,
            r.delivery_id, r.line_number, r.occurred_from, r.occurred_to, r.recorded_at, r.known_at,
            cast(1 as integer) as record_version, {same_sql(force_code)} as owner_force,
            {same_sql(contract.handling)} as handling, {same_sql(contract.sensitivity)} as sensitivity,
            {same_sql(contract.retention_group)} as retention_group,
            {", ".join("r." + identifier(f.name) for f in contract.canonical.fields)},
            {reason_sql(contract, _breaks)} as reason_code
        from (
            select line_number, delivery_id, period, occurred_from, occurred_to, recorded_at, known_at, {fields}
            from {source}
        ) as r
    """
