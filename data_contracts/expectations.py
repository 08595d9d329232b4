"""The one door to Great Expectations: a contract's rules as a suite, run on one batch of one delivery.

The suite is made from the same Rule records as every other check; nothing is written twice. Only counts
come out, never a cell. Great Expectations is imported inside the functions because that takes seconds; it
runs in memory, writes no file and opens no socket. Not here: accepting or refusing rows
(orchestration/landing), the meaning of a rule (checks).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data_contracts.columns import BINDABLE
from data_contracts.model import ContractError, FeedContract, Rule, RuleKind, Severity
from data_contracts.values import NUMBER_PATTERN, exact

if TYPE_CHECKING:
    import pandas as pd

# Counts without values: BASIC with no examples. A test searches the raw result for planted values.
_COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
ROW_COUNT = "ROW_COUNT"
# About the text of a cell, which is gone once a value has landed: landing itself counts these.
_OF_CELLS = (RuleKind.NOT_SCIENTIFIC, RuleKind.OF_TYPE, RuleKind.IN_CODES)


@dataclass(frozen=True, slots=True)
class Failure:
    """One rule that some rows break. `fraction` is of all rows of the batch."""

    code: str
    field: str  # empty for ROW_COUNT
    severity: Severity
    n_unexpected: int
    fraction: float


@dataclass(frozen=True, slots=True)
class ValidationSummary:
    """What the suite found. `success` means that no rule was broken at all, notes included."""

    success: bool
    n_expectations: int
    n_failed: int
    failures: tuple[Failure, ...]


def validate(contract: FeedContract, frame: "pd.DataFrame", *, period: str | None) -> ValidationSummary:
    """Run the contract's suite over rows of one delivery, or (period None) over a sample of several.

    `frame` has canonical column names and text as received, or values for a person-level feed (empty is None, NaN
    or ""); a column that is absent counts as empty. `period` is YYYY-MM; None leaves out rules about it. Raises
    ContractError if Great Expectations could not evaluate an expectation.
    """
    batch = _batch(contract, frame)
    results = _run(_expectations(contract, period), batch)
    broken: dict[str, int] = {}
    for result in results:
        meta = result.expectation_config.meta
        if result.exception_info.get("raised_exception"):
            raise ContractError(
                f"{contract.path}: the rule {meta['code']} could not be evaluated; check its arguments"
            )
        if not result.success:
            broken[meta["code"]] = broken.get(meta["code"], 0) + result.result.get("unexpected_count", 0)
    failures = tuple(_failure(contract, code, n, len(frame)) for code, n in broken.items())
    return ValidationSummary(
        not failures, len(results), sum(not result.success for result in results), failures
    )


def _failure(contract: FeedContract, code: str, n_unexpected: int, n_rows: int) -> Failure:
    if code == ROW_COUNT:
        return Failure(code, "", Severity.BLOCK, n_rows, 1.0)
    rule = next(rule for rule in contract.rules if rule.code == code)
    return Failure(code, rule.field, rule.severity, n_unexpected, n_unexpected / max(n_rows, 1))


def _batch(contract: FeedContract, frame: "pd.DataFrame") -> "pd.DataFrame":
    """The columns the suite looks at: text with empty as None, and beside it what a rule needs derived."""
    import pandas as pd

    columns: dict[str, pd.Series[Any]] = {}
    fields = (field.name for field in contract.canonical.fields)
    for name in (*fields, *(BINDABLE if contract.is_typed else ())):
        text = (
            frame[name].astype(object) if name in frame else pd.Series(None, index=frame.index, dtype=object)
        )
        columns[name] = text.where(text.notna() & (text != ""), None)
    for rule in contract.rules:
        text = columns[rule.field]
        if rule.kind is RuleKind.NUMBER_BETWEEN and contract.is_typed:
            columns[_number(rule)] = pd.to_numeric(text, errors="coerce")
        elif rule.kind is RuleKind.NUMBER_BETWEEN:
            is_number = text.map(lambda cell: cell is not None and bool(exact(NUMBER_PATTERN).match(cell)))
            columns[_number(rule)] = pd.to_numeric(text.where(is_number.astype(bool)), errors="coerce")
        elif rule.kind is RuleKind.PRESENT_WITH:
            columns[_has(rule.field)] = text.notna()
            columns[_has(rule.args.other)] = columns[rule.args.other].notna()
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def _number(rule: Rule) -> str:
    return f"{rule.field}__number"


def _has(field: str) -> str:
    return f"{field}__has_value"


def _great_expectations() -> Any:
    """Its classes of expectations; untyped, because the package does not export them by name."""
    from great_expectations import expectations

    return expectations


def _expectations(contract: FeedContract, period: str | None) -> list[Any]:
    """Great Expectations' objects for the contract, each labelled with the rule's code."""
    gxe = _great_expectations()
    floor, ceiling = contract.row_floor.rows, contract.row_ceiling.rows
    rows = gxe.ExpectTableRowCountToBeBetween(min_value=floor, max_value=ceiling, meta={"code": ROW_COUNT})
    left_out = (*_OF_CELLS, *(() if period is not None else (RuleKind.EQUALS_PERIOD,)))
    asked = (rule for rule in contract.rules if rule.kind not in left_out)
    return [rows, *(item for rule in asked for item in _of_rule(rule, period, is_text=not contract.is_typed))]


def _of_rule(rule: Rule, period: str | None, *, is_text: bool) -> Iterator[Any]:
    gxe = _great_expectations()
    column, meta, args = rule.field, {"code": rule.code}, rule.args
    if rule.kind is RuleKind.REQUIRED:
        yield gxe.ExpectColumnValuesToNotBeNull(column=column, meta=meta)
    elif rule.kind is RuleKind.IN_SET:
        yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(args.values), meta=meta)
    elif rule.kind is RuleKind.EQUALS_PERIOD:
        yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[period], meta=meta)
    elif rule.kind is RuleKind.REGEX:
        yield gxe.ExpectColumnValuesToMatchRegex(column=column, regex=exact(args.pattern).pattern, meta=meta)
    elif rule.kind is RuleKind.NUMBER_BETWEEN:
        if is_text:
            yield gxe.ExpectColumnValuesToMatchRegex(
                column=column, regex=exact(NUMBER_PATTERN).pattern, meta=meta
            )
        yield gxe.ExpectColumnValuesToBeBetween(
            column=_number(rule), min_value=args.low, max_value=args.high, meta=meta
        )
    else:
        yield gxe.ExpectColumnPairValuesToBeEqual(
            column_A=_has(column), column_B=_has(args.other), ignore_row_if="neither", meta=meta
        )


def _run(expectations: list[Any], batch: "pd.DataFrame") -> list[Any]:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("landing").add_dataframe_asset("delivery")
    whole = asset.add_batch_definition_whole_dataframe("rows")
    suite = gx.ExpectationSuite("contract", expectations=expectations)
    found = whole.get_batch(batch_parameters={"dataframe": batch}).validate(suite, result_format=_COUNTS_ONLY)
    return list(found.results)
