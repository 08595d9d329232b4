"""The catalogue of evidence: for each kind the levels of agreement between two mentions, best first.

Each level is an SQL condition on a pair (`x_l`, `x_r`); the first that holds counts. Levels whose weight grows with
the rarity of the shared value name the column whose frequency is used. The starting m and u are rough figures from
published models; training replaces them wherever the data can say more. Not here: which of it a table can bear
(comparisons.py), training (training.py), patterns that cap a pair's weight (guards.py).
"""

from conflation.births import BIRTH
from conflation.levels import Evidence, Level, either_missing

VARIANT = (
    "(list_contains(forename_roots_l, forename_r) or list_contains(forename_roots_r, forename_l)"
    " or (least(length(forename_l), length(forename_r)) > 1 and forename_l <> forename_r"
    " and (starts_with(forename_l, forename_r) or starts_with(forename_r, forename_l))))"
)
SWAPPED = "(forename_l = surname_r and surname_l = forename_r and forename_l <> forename_r)"


def _odd(column: str) -> str:
    """One of the two is an uncommon spelling: two names that are both common are two names, not one misspelt."""
    return f"not (is_common_{column}_l and is_common_{column}_r)"


def _near(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


FORENAME = Evidence(
    "forename",
    ("forename",),
    either_missing("forename"),
    (
        Level("same forename", "forename_l = forename_r", 0.80, 0.006, "forename"),
        Level("a variant or a short form of the forename", VARIANT, 0.05, 0.01),
        Level("nearly the same forename", f"{_near('forename', 0.9)} and {_odd('forename')}", 0.06, 0.003),
        Level(
            "initial only",
            "least(length(forename_l), length(forename_r)) = 1 and left(forename_l, 1) = left(forename_r, 1)",
            0.02,
            0.005,
        ),
        Level(
            "forename sounds or looks alike",
            f"forename_sound_l = forename_sound_r or ({_near('forename', 0.82)} and {_odd('forename')})",
            0.02,
            0.02,
        ),
        Level("different forename", "else", 0.05, 0.95),
    ),
)
SURNAME = Evidence(
    "surname",
    ("surname",),
    either_missing("surname"),
    (
        Level("same surname", "surname_l = surname_r", 0.82, 0.0012, "surname"),
        Level(
            "one part of a double surname",
            "contains(' ' || surname_l || ' ', ' ' || surname_r || ' ')"
            " or contains(' ' || surname_r || ' ', ' ' || surname_l || ' ')",
            0.02,
            0.0005,
        ),
        Level("nearly the same surname", f"{_near('surname', 0.9)} and {_odd('surname')}", 0.06, 0.001),
        Level(
            "surname sounds or looks alike",
            f"surname_sound_l = surname_sound_r or ({_near('surname', 0.82)} and {_odd('surname')})",
            0.02,
            0.006,
        ),
        Level("different surname", "else", 0.08, 0.99),
    ),
)
MIDDLE = Evidence(
    "middle",
    ("middle",),
    either_missing("middle"),
    (
        Level("same middle names", "middle_l = middle_r and length(middle_l) > 1", 0.50, 0.01, "middle"),
        Level("same middle initial", "left(middle_l, 1) = left(middle_r, 1)", 0.40, 0.09),
        Level("different middle names", "else", 0.10, 0.90),
    ),
)
SEX = Evidence(
    "sex",
    ("sex",),
    either_missing("sex"),
    (Level("same sex", "sex_l = sex_r", 0.98, 0.5), Level("different sex", "else", 0.02, 0.5)),
)
POSTCODE = Evidence(
    "postcode",
    ("postcode",),
    either_missing("postcode"),
    (
        Level("same postcode", "postcode_l = postcode_r", 0.60, 0.0005, "postcode"),
        Level(
            "nearly the same postcode",
            "length(postcode_l) > 4 and damerau_levenshtein(postcode_l, postcode_r) = 1",
            0.05,
            0.001,
        ),
        Level("same postal district", "outcode_l = outcode_r", 0.15, 0.02, "outcode"),
        Level("different postal district", "else", 0.20, 0.98),
    ),
)
ADDRESS = Evidence(
    "address",
    ("address",),
    either_missing("address"),
    (
        Level("same address", "address_l = address_r", 0.55, 0.0003, "address"),
        Level(
            "same number, nearly the same street",
            f"house_l = house_r and {_near('street', 0.88)}",
            0.05,
            0.0001,
        ),
        Level("nearly the same address", _near("address", 0.92), 0.05, 0.001),
        Level("same street", "street_l = street_r", 0.05, 0.002, "street"),
        Level("different address", "else", 0.30, 0.99),
    ),
)
TOWN = Evidence(
    "town",
    ("town",),
    either_missing("town"),
    (
        Level("same town", "town_l = town_r", 0.75, 0.05, "town"),
        Level("nearly the same town", _near("town", 0.9), 0.05, 0.005),
        Level("different town", "else", 0.20, 0.95),
    ),
)
PHONE = Evidence(
    "phone",
    ("phone",),
    either_missing("phone"),
    (
        Level("same phone number", "phone_l = phone_r", 0.60, 0.00001, "phone"),
        Level("one digit of the phone different", "damerau_levenshtein(phone_l, phone_r) = 1", 0.02, 0.0001),
        Level("different phone number", "else", 0.38, 0.999),
    ),
)
EMAIL = Evidence(
    "email",
    ("email",),
    either_missing("email"),
    (
        Level("same e-mail address", "email_l = email_r", 0.60, 0.00001, "email"),
        Level("same mailbox name", "split_part(email_l, '@', 1) = split_part(email_r, '@', 1)", 0.05, 0.0001),
        Level("nearly the same e-mail address", _near("email", 0.94), 0.08, 0.0005),
        Level("different e-mail address", "else", 0.27, 0.999),
    ),
)
LOCAL = Evidence(
    "local_id",
    ("local_id",),
    f"{either_missing('local_id')} or split_part(local_id_l, ':', 1) <> split_part(local_id_r, ':', 1)",
    (
        Level("same record number in the same force", "local_id_l = local_id_r", 0.90, 0.00001),
        Level("different record numbers in the same force", "else", 0.10, 0.99),
    ),
)


def one_apart(name: str) -> str:
    """One character is another; a check letter, which follows from the digits, does not count as a second."""
    return f"damerau_levenshtein(left({name}_l, -1), left({name}_r, -1)) <= 1"


def _number(name: str, words: str) -> Evidence:
    return Evidence(
        name,
        (name,),
        either_missing(name),
        (
            Level(f"same {words}", f"{name}_l = {name}_r", 0.97, 0.000001, name),
            Level(
                f"one character of the {words} different",
                one_apart(name),
                0.01,
                0.00001,
            ),
            Level(f"different {words}", "else", 0.02, 0.99999),
        ),
    )


def other(name: str) -> Evidence:
    """Some further attribute: the same, or not."""
    return Evidence(
        name,
        (name,),
        either_missing(name),
        (
            Level("same value", f"{name}_l = {name}_r", 0.8, 0.05, name),
            Level("different value", "else", 0.2, 0.95),
        ),
    )


KNOWN = (
    *(FORENAME, SURNAME, MIDDLE, BIRTH, SEX, POSTCODE, ADDRESS, TOWN, PHONE, EMAIL),
    *(_number("pnc_id", "PNC ID"), _number("cro", "CRO number"), LOCAL),
)
