"""Stands in for dbt's adapter while SQL is linted, so that dispatched macros render without a warehouse.

Not here: the macros themselves (dbt_project/macros).
"""

from collections.abc import Callable

STAND_INS: dict[str, Callable[..., str]] = {
    "parse_number": lambda column: f"try_cast({column} as double)",
    "month_series": lambda first, last: f"unnest(generate_series({first}, {last}, interval 1 month))",
    "months_before": lambda day, n: f"cast({day} - interval {n} month as date)",
    "neighbourhood_of": lambda name: f"regexp_replace({name}, 'a', 'b')",
    "days_between": lambda first, last: f"date_diff('day', {first}, {last})",
    "list_by": lambda value, ordering: f"list({value} order by {ordering})",
    "newest": lambda value, ordering: f"arg_max({value}, {ordering})",
    "md5_of": lambda columns: f"md5({columns[0]})",
    "district_of": lambda name: f"regexp_replace({name}, 'a', 'b')",
    "plain_words": lambda text: f"lower({text})",
    "years_between": lambda first, last: f"date_sub('year', {first}, {last})",
    "hours_between": lambda first, last: f"date_diff('hour', {first}, {last})",
    "n_in_list": lambda cell, sign: f"len(string_split({cell}, '{sign}'))",
    "days_ago": lambda moment, at: f"date_diff('day', {moment}, {at})",
    "days_later": lambda moment, n: f"({moment} + interval '{n}' day)",
}


def dispatch(name: str) -> Callable[..., str]:
    """The stand-in of a macro; KeyError names a macro that has none yet."""
    return STAND_INS[name]
