"""How one number is written.

Here: counts, shares, rates, chances, durations. Not here: lists of values (many.py), days and months (dates.py).
"""

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
    return UNDER_LEAST if 0 < value < 5 else f"{value:,}"


@register
def cardinal(value: int) -> str:
    """None to nine in words, as a sentence may open with it; figures after that."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
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
