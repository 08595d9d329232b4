"""How one number is written.

Here: counts, shares, rates, chances, durations. Not here: lists of values (many.py), days and months (dates.py).
"""

from profiles.pack.disclosure.rounding import to_five
from profiles.pack.disclosure.small import is_small
from profiles.pack.formats.register import register

NONE = "–"
UNDER_LEAST = "under 5"


@register
def whole(value: float | None) -> str:
    """1,724."""
    return NONE if value is None else f"{value:,.0f}"


@register
def share(value: float | None) -> str:
    """A percentage given in percent: 8.4% under 10, else 38%."""
    if value is None:
        return NONE
    return f"{value:.1f}%" if 0 < value < 9.95 else f"{value:.0f}%"


@register
def share_of_one(value: float | None) -> str:
    """A share of 1 as a percentage: 8.4% under 10, else 38%."""
    return NONE if value is None else share(100.0 * value)


@register
def whole_share(value: float) -> str:
    """A share of 1 as a whole percentage: 9%; what is not nothing but under a half says so."""
    return "under 1%" if 0 < value < 0.005 else f"{100.0 * value:.0f}%"


@register
def exact_share(value: float) -> str:
    """A share of 1 with two decimals: 99.85%."""
    return f"{100 * value:.2f}%"


@register
def rate(value: float | None) -> str:
    """7.9; from a hundred up without a decimal."""
    if value is None:
        return NONE
    return f"{value:.1f}" if value < 99.95 else f"{value:,.0f}"


@register
def count(value: int | None) -> str:
    """A count that may point at a person: "under 5" for 1 to 4."""
    if value is None:
        return NONE
    return UNDER_LEAST if is_small(value) else f"{value:,}"


@register
def to_nearest_five(value: int | None) -> str:
    """A count that leaves the force, to the nearest five."""
    return NONE if value is None else f"{to_five(value):,}"


@register
def withheld(value: int | None) -> str:
    """A count that is left out, whatever it is."""
    return "withheld"


@register
def cardinal(value: int) -> str:
    """None to ten in words, as a sentence may open with it; figures after that."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[value] if value < len(words) else f"{value:,}"


@register
def lower_cardinal(value: int) -> str:
    """The same inside a sentence."""
    return cardinal(value).lower()


@register
def ordinal(value: int | None) -> str:
    """1st, 2nd, 13th."""
    if value is None:
        return NONE
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{ending}"


@register
def per_hundred(value: float | None) -> str:
    """A chance from 0 to 1 as "31" of a hundred; "under 1" where it rounds to none."""
    if value is None:
        return NONE
    return "under 1" if 0 < value < 0.005 else f"{100 * value:.0f}"


@register
def per_hundred_range(lower: float | None, upper: float | None) -> str:
    """Two chances as "24–39"."""
    if lower is None or upper is None:
        return NONE
    return f"{100 * lower:.0f}–{100 * upper:.0f}"


@register
def share_range(lower: float, upper: float) -> str:
    """Two shares of 1 as "0.8 to 3.6"."""
    return f"{100 * lower:.1f} to {100 * upper:.1f}"


@register
def span(lowest: float, highest: float) -> str:
    """33–51."""
    return f"{lowest:,.0f}–{highest:,.0f}"


@register
def days(value: int | None) -> str:
    """5 days, 1 day."""
    if value is None:
        return NONE
    return f"{value:,} day" if value == 1 else f"{value:,} days"


@register
def hours(value: int | None) -> str:
    """Hours while that says more than days: 31 h, then 4 days."""
    if value is None:
        return NONE
    return f"{value} h" if value < 72 else f"{value // 24:,} days"


@register
def volume(value: float | None) -> str:
    """A delivery's size as a share of the usual."""
    return "an unknown share" if value is None else f"{100 * value:.0f}%"


@register
def one_to_below(least: int) -> str:
    """1 to 4, where 5 is the least count shown."""
    return f"1 to {least - 1}"


@register
def short_days(value: int | None) -> str:
    """5 d; 3 yr for what is long ago."""
    if value is None:
        return NONE
    return f"{value} d" if value < 730 else f"{value // 365} yr"


@register
def age(value: int | None) -> str:
    """34, or that no age is held."""
    return "age not held" if value is None else str(value)


@register
def percentile(value: float) -> str:
    """98th of a hundred, as a number."""
    return f"{value:.0f}"


@register
def in_hundred(value: float | None) -> str:
    """31 in 100."""
    return "not scored" if value is None else f"{per_hundred(value)} in 100"


@register
def range_in_words(lower: float | None, upper: float | None) -> str:
    """24 to 39."""
    if lower is None or upper is None:
        return NONE
    return f"{100 * lower:.0f} to {100 * upper:.0f}"


@register
def evidence_no(value: int) -> str:
    """E3."""
    return f"E{value}"


@register
def part_of(part: float, whole_of_it: float) -> str:
    """A part as a percentage of a whole: 4.3%."""
    return share(100.0 * part / whole_of_it) if whole_of_it else NONE


@register
def more_or_fewer(value: int) -> str:
    """13 more, 4 fewer, no change."""
    if value == 0:
        return "no change"
    return f"{value:,} more" if value > 0 else f"{-value:,} fewer"


@register
def hours_of_week(_: int) -> str:
    """The hours of a week, beside a part of them."""
    return str(7 * 24)


@register
def one_decimal(value: float | None) -> str:
    """2.1."""
    return NONE if value is None else f"{value:.1f}"


@register
def about(value: float) -> str:
    """A mean number of people as a whole one; "fewer than 1" where it rounds to none."""
    return "fewer than 1" if value < 0.5 else f"{value:.0f}"


@register
def the_rest(whole_of_it: float, part: float) -> str:
    """What is left of a whole, as a whole number."""
    return f"{whole_of_it - round(part):.0f}"


@register
def value_and_range(value: float, lower: float, upper: float) -> str:
    """2.0 (1.7–2.4)."""
    return f"{value:.1f} ({lower:.1f}–{upper:.1f})"


@register
def kilometres(value: float | None) -> str:
    """12 km."""
    return "not known" if value is None else f"{value:.0f} km"


@register
def a_of_b(part: int, whole_of_it: int) -> str:
    """3 of 5."""
    return f"{part:,} of {whole_of_it:,}"
