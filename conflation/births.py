"""Dates of birth of two mentions: how they agree, when they are one but for a slip, and when they are two.

Not here: reading a date (dates.py), what follows for a pair of a household (guards.py).
"""

from conflation.levels import Evidence, Level, either_missing

DAY_MONTH = (
    "(left(dob_l, 4) = left(dob_r, 4) and substr(dob_l, 6, 2) = substr(dob_r, 9, 2)"
    " and substr(dob_l, 9, 2) = substr(dob_r, 6, 2))"
)
YEARS = "abs(try_cast(birth_year_l as integer) - try_cast(birth_year_r as integer))"
PART_KNOWN = "(length(dob_l) = 4 or length(dob_r) = 4 or dob_l like '%-01-01' or dob_r like '%-01-01')"
AGED = 3  # years by which ages must differ to be two
SAME = "dob_l = dob_r and length(dob_l) = 10"
YEAR_ONLY = f"birth_year_l = birth_year_r and {PART_KNOWN}"
AGE_FITS = f"(dob_l is null or dob_r is null) and {YEARS} <= 1"
SLIP = f"{DAY_MONTH} or damerau_levenshtein(dob_l, dob_r) = 1"
WHOLE = "length(dob_l) = 10 and length(dob_r) = 10"
SAME_DAY = f"{WHOLE} and right(dob_l, 6) = right(dob_r, 6) and not dob_l like '%-01-01'"
BIRTH = Evidence(
    "dob",
    ("dob",),
    either_missing("birth_year"),
    (
        Level("same date of birth", SAME, 0.90, 0.0001, "dob"),
        Level("same year, day not known", YEAR_ONLY, 0.02, 0.012),
        Level("the age fits", AGE_FITS, 0.03, 0.003),
        Level("day and month exchanged, or one digit different", SLIP, 0.04, 0.003),
        Level("same day and month of another year", SAME_DAY, 0.004, 0.0027),
        Level("two digits different", "damerau_levenshtein(dob_l, dob_r) = 2", 0.01, 0.03),
        Level("same year of birth", "birth_year_l = birth_year_r", 0.01, 0.012),
        Level("different date of birth", "else", 0.02, 0.95),
    ),
)
KNOWN = f"({WHOLE}) or {YEARS} >= {AGED}"  # dates that can tell two people
