"""Rows that every profile about people has and that are drawn: series, states of feeds, deliveries, sharing.

All invented. Not here: people (drawn_people.py), rows written out (worlds/*.yml).
"""

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from written import AS_OF, FORCE

from profiles.pack.rows import Row
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.quality import FeedState
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.tables.sharing import AgreementRow
from profiles.scoring.verdict import judge
from profiles.scoring.xmr import Observation

NAMES = {"northmoor": "Northmoor", "calderwick": "Calderwick", "eastmarch": "Eastmarch"}
STOPPED_ON = date(2026, 11, 7)
SHARED_SINCE = date(2025, 1, 1)
JUDGED = (
    "verdict", "mean", "lower", "upper", "base_from", "base_to", "n_base_months", "latest_month", "latest_value",
    "months_in_state", "longest_run_months",
)  # fmt: skip


def month(index: int) -> date:
    """Months up to October 2026; 23 is the latest."""
    number = 2026 * 12 + 9 - (23 - index)
    return date(number // 12, number % 12 + 1, 1)


def series(specs: Sequence[tuple[Any, ...]], seed: int = 1) -> list[Row]:
    """Months and verdicts of series given as (code, name, group, level, noise, factors of the latest months)."""
    draw = random.Random(seed)
    return [row for order, spec in enumerate(specs) for row in _series(draw, order, *spec)]


def _series(
    draw: random.Random, order: int, code: str, name: str, group: str, level: float, noise: float,
    tail: Sequence[float],
) -> list[Row]:  # fmt: skip
    unit, digits = ("percent", 1) if group == "share" else ("records", 0)
    values = [level * (1 + 0.02 * math.sin(i / 2) + draw.gauss(0, noise)) for i in range(24)]
    values[24 - len(tail) :] = [level * factor for factor in tail]
    values = [round(value, digits) for value in values]
    months = [
        SeriesMonth(force_code=FORCE, series_code=code, series_name=name, series_group=group, unit=unit,
                    series_order=order, month=month(i), value=value, month_status="delivered")
        for i, value in enumerate(values)
    ]  # fmt: skip
    verdict = judge([Observation(month(i), v, "delivered") for i, v in enumerate(values)], unit)  # type: ignore[arg-type]
    columns = {column: getattr(verdict, column) for column in JUDGED}
    return [*months, SeriesVerdict(force_code=FORCE, series_code=code, **columns)]


def feeds(specs: Sequence[tuple[str, str]], late: tuple[str, str] | None = None, seed: int = 3) -> list[Row]:
    """A state for each feed of each force; `late` is the force and feed that stopped nine days ago."""
    draw = random.Random(seed)
    return [
        _state(draw, order, feed, title, code, (code, feed) == late)
        for order, (feed, title) in enumerate(specs)
        for code in NAMES
    ]


def _state(draw: random.Random, order: int, feed: str, title: str, code: str, is_stopped: bool) -> FeedState:
    level = 100 + draw.random() * 3000
    weekly = [round(level * (1 + draw.gauss(0, 0.05))) for _ in range(26)]
    if is_stopped:
        weekly[-2:] = [round(level * 0.1), 0]
    return FeedState(
        force_code=FORCE, source_force=code, source_force_name=NAMES[code], feed=feed, feed_title=title,
        feed_order=order, is_held=True, is_used=True, stopped_on=STOPPED_ON if is_stopped else None,
        last_record_on=STOPPED_ON if is_stopped else AS_OF - timedelta(days=1), age_days=10 if is_stopped else 1,
        freshness_days=3, weekly=tuple(weekly), weekly_lower=level * 0.85, weekly_upper=level * 1.15,
        n_checks_failed=12 if (code, feed) == ("calderwick", "crime") else 0,
        state="stopped" if is_stopped else "current",
        note="Records since then are unknown here." if is_stopped else None,
        ranks_touched=(2, 5, 8) if is_stopped else (), contract_version="1.2.0",
    )  # fmt: skip


def deliveries(specs: Sequence[tuple[str, str]]) -> list[Row]:
    """Two daily deliveries of each feed of each force."""
    return [_delivery(feed, code, back) for feed, _ in specs for code in NAMES for back in (2, 1)]


def _delivery(feed: str, code: str, back: int) -> Delivery:
    day = AS_OF - timedelta(days=back)
    rows = 900 + 13 * len(feed) + back
    return Delivery(
        force_code=FORCE, source_force=code, feed=feed, period=day, file_name=f"{code}/{feed}_{day:%Y%m%d}.csv",
        delivery_id=delivery_id(code, feed, back), content_sha256=f"{number_of(code + feed) + back:064x}",
        contract_version="1.2.0", state="landed", reason=None, rows_in=rows, rows_accepted=rows - back,
        rows_refused=back, rows_loaded=rows - back, rows_exact_duplicate=0, rows_superseded=0, volume_ratio=1.0,
        is_volume_suspect=False,
    )  # fmt: skip


def number_of(text: str) -> int:
    """A number from a text, the same in every process."""
    return sum((at + 1) * ord(letter) for at, letter in enumerate(text))


def delivery_id(force: str, feed: str, back: int = 1) -> str:
    """An invented delivery id."""
    return f"{number_of(force + feed) * 7919 + back:012x}"


def agreements(feeds: Sequence[str], purpose: str) -> list[Row]:
    """Both other forces share these feeds."""
    return [
        AgreementRow(force_code=FORCE, owner_force=code, feed=feed, purpose=purpose, from_on=SHARED_SINCE, to_on=None)
        for code in NAMES
        if code != FORCE
        for feed in feeds
    ]  # fmt: skip
