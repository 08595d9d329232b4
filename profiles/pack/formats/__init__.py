"""How a value is written: named formats, so that a printed figure can be made again from its values.

Here: the formats, by what they write. Not here: which value is shown (page builders), sentences (wording.py).
"""

from profiles.pack.formats.classes import rate_breaks, rate_class
from profiles.pack.formats.dates import (
    in_month,
    in_months,
    in_short_month,
    on_day,
    on_day_of_year,
    on_short_day,
    on_weekday,
)
from profiles.pack.formats.many import (
    how_many,
    how_many_held,
    how_many_in_words,
    joined,
    least_of,
    listed,
    most_of,
    ranks,
    sum_of_shares,
    total,
)
from profiles.pack.formats.numbers import (
    NONE,
    UNDER_LEAST,
    cardinal,
    count,
    days,
    exact_share,
    hours,
    lower_cardinal,
    one_to_below,
    ordinal,
    per_hundred,
    per_hundred_range,
    rate,
    share,
    share_of_one,
    share_range,
    span,
    volume,
    whole,
)
from profiles.pack.formats.register import Format, format_named
from profiles.pack.formats.words import clipped, lower_first, opening, pattern, place_code, text

__all__ = [
    "NONE", "UNDER_LEAST", "Format", "cardinal", "clipped", "count", "days", "exact_share", "format_named", "hours",
    "how_many", "how_many_held", "how_many_in_words", "in_month", "in_months", "in_short_month", "joined",
    "least_of", "listed", "lower_cardinal", "lower_first", "most_of", "on_day", "on_day_of_year", "on_short_day",
    "on_weekday", "one_to_below", "opening", "ordinal", "pattern", "per_hundred", "per_hundred_range", "place_code",
    "ranks", "rate", "rate_breaks", "rate_class", "share", "share_of_one", "share_range", "span", "sum_of_shares",
    "text", "total", "volume", "whole",
]  # fmt: skip
