"""Cheap tests of a raw cell: does it surely stand as its contract writes it, so that it needs no cleaning?

They may doubt a good cell, but never take another for good. `tidy` is SQL that is true where no cell of the row holds a
blank other than the plain one, nor a letter outside ASCII that has its small letter within it (byte_gate looks for
them); there the cheapest tests will do. Not here: the whole reading of a cell (values).
"""

from collections.abc import Sequence

from data_contracts.formats import Layout
from data_contracts.values import NO_BREAK
from orchestration.landing.quoting import literal, literals

_WIDEST = 3  # bytes of a sign whose small letter has one byte (the Kelvin sign)


def folded_sql(text: str) -> str:
    """SQL of a text as codes and words are compared."""
    return f"lower(replace({text}, {literal(NO_BREAK)}, ' '))"


def is_plain_sql(raw: str, words: Sequence[str], tidy: str) -> str:
    """SQL that is true for a cell with no blank at an edge that is none of the words for empty (folded)."""
    tests = [f"{raw} >= '!'", f"{raw} < {literal(NO_BREAK)}", f"not ends_with({raw}, ' ')"]
    tests.append(f"({tidy} or {raw}[-1] between '!' and '~')")
    if words:
        longest = max(len(word.encode()) for word in words)
        small = f"lower({raw})" if all(word.isascii() for word in words) else folded_sql(raw)
        tests.append(f"not (strlen({raw}) <= {longest} and {small} in ({literals(words)}))")
        tests.append(
            f"({tidy} or strlen({raw}) > {_WIDEST * longest} or {folded_sql(raw)} not in ({literals(words)}))"
        )
    return " and ".join(tests)


def is_written_sql(layout: Layout, raw: str, tidy: str) -> str:
    """SQL that is true for a text in which strptime finds every part of a layout at its full width.

    strptime forgives missing digits, and more blanks than its format has: the length betrays the one unless the other
    makes up for it. What it reads may still lie outside the years that a layout can have.
    """
    is_exact = f"regexp_full_match({raw}, {literal(layout.pattern)})"
    if layout.find("yy") or layout.has_offset:
        return is_exact
    tests = [
        f"strlen({raw}) = {sum(part.width for part in layout.parts)}",
        f"{raw} >= '0'",
        f"not ends_with({raw}, ' ')",
    ]
    if any(" " in part.literal for part in layout.parts):
        tests.append(f"not contains({raw}, '  ')")
    return " and ".join([*tests, f"({tidy} or {is_exact})"])
