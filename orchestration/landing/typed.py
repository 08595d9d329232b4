"""Person-level rows: from raw text to typed canonical columns, spine and a reason for each refused row.

One SELECT in three layers: values (times still local), times in UTC, verdict. Not here: the SQL of one value (values),
rows that land as text (conform).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.columns import BINDABLE, Column
from data_contracts.model import FeedContract, Rule, RuleKind, Severity
from orchestration.landing.quoting import identifier, literal
from orchestration.landing.values import (
    SQL_TYPES,
    cleaned_sql,
    code_type,
    is_local,
    is_scientific_sql,
    same_sql,
    settled_sql,
    swapped_sql,
    value_sql,
)
from orchestration.landing.verdict import breaks_sql, reason_sql

_OF_CELLS = (RuleKind.OF_TYPE, RuleKind.IN_CODES)


def typed_sql(
    contract: FeedContract,
    force_code: str,
    columns: tuple[str | None, ...],
    raw: tuple[str, ...],
    source: str,
    tidy: str = "false",
) -> str:
    """SELECT of spine, canonical fields, reason_code, noted and is_swapped.

    columns: for each raw column the heading as the contract writes it, None for one that is left out. tidy: SQL about a
    row of the source (see plain).
    """
    bound = {physical: name for physical, name in zip(columns, raw, strict=True) if physical}
    rows = _Rows(contract, force_code, bound)
    return f"""
        select {rows.landed()}, {rows.reason()} as reason_code, {rows.noted()} as noted, {rows.swapped()} as is_swapped
        from (
            select *{rows.settled()}
            from (select *{rows.values(tidy)} from {source})
        ) as r
    """


@dataclass(frozen=True)
class _Rows:
    """The SQL of one contract's rows. bound: heading → raw column."""

    contract: FeedContract
    force_code: str
    bound: Mapping[str, str]

    @property
    def read(self) -> dict[str, Column]:
        """The columns that are read, by name."""
        return {column.name: column for column in self.contract.columns if not column.is_ignored}

    def cell(self, name: str) -> str:
        """SQL of the cell of a column."""
        column = self.read[name]
        if column.constant is not None:
            return literal(column.constant)
        return self.bound.get(column.cell, "cast(null as varchar)")

    def values(self, tidy: str) -> str:
        """The first layer: every value, a local time under a name of its own."""
        zone = self.contract.timezone
        return "".join(
            f", {value_sql(column, self.cell(name), zone, tidy)} as {_named(column)}"
            for name, column in self.read.items()
        )

    def settled(self) -> str:
        """The second layer: local times as days and moments."""
        return "".join(
            f", {settled_sql(column, _named(column), self.contract.timezone)} as {identifier(f'v_{name}')}"
            for name, column in self.read.items()
            if is_local(column)
        )

    def value(self, name: str) -> str:
        """SQL of a value in the last layer; NULL of its type where no column is bound to it."""
        if name in self.read:
            return f"r.{identifier(f'v_{name}')}"
        field = BINDABLE[name] if name in BINDABLE else self.contract.canonical.field(name)
        return f"cast(null as {SQL_TYPES[field.logical_type]})"

    def landed(self) -> str:
        """Spine and canonical fields."""
        happened, ended = self.value("occurred_from"), self.value("occurred_to")
        spine = {
            "force_code": same_sql(self.force_code), "source_record_id": self.value("source_record_id"),
            "delivery_id": "r.delivery_id", "line_number": "r.line_number", "occurred_from": happened,
            "occurred_to": f"coalesce({ended}, {happened})", "recorded_at": self.value("recorded_at"),
            "known_at": f"coalesce(r.known_at, least({self.value('recorded_at')}, r.known_by))",
            "record_version": "cast(1 as integer)", "owner_force": same_sql(self.force_code),
            "handling": self._usual("handling", self.contract.handling),
            "sensitivity": self._usual("sensitivity", self.contract.sensitivity),
            "retention_group": same_sql(self.contract.retention_group), "op": self._usual("op", "upsert"),
        }  # fmt: skip
        fields = {field.name: self.value(field.name) for field in self.contract.canonical.fields}
        return ", ".join(f"{sql} as {identifier(name)}" for name, sql in {**spine, **fields}.items())

    def _usual(self, name: str, usual: str) -> str:
        """SQL of a spine column that has a usual value."""
        if name not in self.read:
            return same_sql(usual)
        return f"coalesce({self.value(name)}, cast({literal(usual)} as {code_type(self.read[name])}))"

    def reason(self) -> str:
        """The code of the first rule that refuses the row; NULL for a row that lands."""
        return reason_sql(self.contract, self._breaks, self._surely_kept)

    def noted(self) -> str:
        """The codes of broken notes, in order, separated by blanks; NULL for none."""
        by_code: dict[str, list[str]] = {}
        for rule in self.contract.rules:
            if rule.severity is Severity.NOTE:
                by_code.setdefault(rule.code, []).append(self._breaks(rule))
        said = [f"case when {' or '.join(tests)} then {literal(code)} end" for code, tests in by_code.items()]
        return f"nullif(concat_ws(' ', {', '.join(said)}), '')" if said else "cast(null as varchar)"

    def swapped(self) -> str:
        """Whether some date that cannot be read would be one with day and month changed over."""
        tests = [
            f"({self.value(name)} is null and {test})"
            for name, column in self.read.items()
            if (test := swapped_sql(column, self.cell(name)))
        ]
        return f"coalesce({' or '.join(tests)}, false)" if tests else "false"

    def _breaks(self, rule: Rule) -> str:
        """SQL that is true for a row that breaks the rule; what a contract writes itself is about values."""
        value, args = self._compared(rule.field), rule.args
        if rule.kind is RuleKind.NOT_SCIENTIFIC:
            return is_scientific_sql(self.cell(rule.field))
        if rule.kind in _OF_CELLS:
            cell = self.cell(rule.field)
            text = (
                cell
                if self.read[rule.field].constant is not None
                else cleaned_sql(self.read[rule.field], cell)
            )
            return f"({value} is null and {cell} is not null and {text} is not null)"
        if rule.kind is RuleKind.NUMBER_BETWEEN:
            return f"{value} not between {args.low!r} and {args.high!r}"
        return breaks_sql(rule, self._compared)

    def _compared(self, name: str) -> str:
        """A value as rules look at it: codes are texts."""
        is_text = name in self.read and self.read[name].logical_type == "string"
        return f"cast({self.value(name)} as varchar)" if is_text else self.value(name)

    def _surely_kept(self, rule: Rule) -> str:
        """SQL that is true for nearly all rows that keep the rule, and for none that breaks it."""
        if rule.kind is RuleKind.NOT_SCIENTIFIC:
            return f"({self.cell(rule.field)} is null or not contains({self.cell(rule.field)}, '+'))"
        if rule.kind in _OF_CELLS:
            return f"({self.value(rule.field)} is not null or {self.cell(rule.field)} is null)"
        if rule.kind is RuleKind.REQUIRED:
            return f"{self.value(rule.field)} is not null"
        return f"({self._breaks(rule)}) is not true"


def _named(column: Column) -> str:
    """The name of a column's value in the first layer."""
    return identifier(f"{'l' if is_local(column) else 'v'}_{column.name}")
