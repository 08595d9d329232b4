"""Addresses and postcodes in standard form, as SQL over whole columns.

An address may be one string or come in parts (number, street, town). Standard form: `house` (the first number, with
its letter), `street` (words in long form, without the number), `town`, and `postcode` with its coarser `outcode`.
Not here: the key of a place that several people share (dbt_project/models/conflation/).
"""

from conflation.workspace import text

LONG_FORMS = {
    **{"st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane"},
    **{"dr": "drive", "drv": "drive", "ct": "court", "crt": "court", "cl": "close", "cres": "crescent"},
    **{
        "cr": "crescent",
        "pl": "place",
        "sq": "square",
        "gdns": "gardens",
        "gdn": "gardens",
        "ter": "terrace",
    },
    **{
        "terr": "terrace",
        "tce": "terrace",
        "hse": "house",
        "cct": "circuit",
        "pde": "parade",
        "blvd": "boulevard",
    },
    **{
        "hwy": "highway",
        "pkwy": "parkway",
        "wy": "way",
        "gr": "grove",
        "pk": "park",
        "apt": "flat",
        "unit": "flat",
    },
}
PLACEHOLDERS = (
    *(
        "unknown",
        "not known",
        "no fixed abode",
        "nfa",
        "no fixed address",
        "refused",
        "none",
        "na",
        "n a",
        "nan",
    ),
    *("not given", "not stated", "not recorded", "tbc", "homeless", "as above", "address unknown", "null"),
)
POSTCODE_JUNK = (
    "NF11NF",
    "NF11FA",
    "ZZ99",
    "ZZ993VZ",
    "ZZ993WZ",
    "XX11XX",
    "UNKNOWN",
    "NONE",
    "NAN",
    "NULL",
    "00000",
)
GB_POSTCODE = "^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"


def folded_sql(cell: str) -> str:
    """Lower case, no accents, letters and digits only, single spaces; NULL where nothing is left."""
    plain = f"strip_accents(lower(cast({cell} as varchar)))"
    closed = f"regexp_replace({plain}, '[''`´’]', '', 'g')"
    return f"nullif(trim(regexp_replace({closed}, '[^a-z0-9]+', ' ', 'g')), '')"


def place_words_sql(cell: str) -> str:
    """A street, town or whole address: folded, abbreviations in long form, placeholders NULL, at most 80 letters."""
    words = folded_sql(cell)
    cases = " ".join(f"when {text(short)} then {text(long)}" for short, long in LONG_FORMS.items())
    longer = f"case when i = 1 and word = 'st' then 'saint' else case word {cases} else word end end"
    joined = f"array_to_string(list_transform(string_split({words}, ' '), lambda word, i: {longer}), ' ')"
    junk = ", ".join(text(value) for value in PLACEHOLDERS)
    return f"case when {words} in ({junk}) then null else left({joined}, 80) end"


def house_sql(cell: str) -> str:
    """The house number with its letter, from a number column or the front of an address: `12a`."""
    found = f"regexp_extract({folded_sql(cell)}, '(?:^|[^0-9a-z])([0-9]{{1,6}} ?[a-z]?)(?: |$)', 1)"
    return f"nullif(replace({found}, ' ', ''), '')"


def without_number_sql(words: str) -> str:
    """The words of a street without house numbers, so that a wrong number leaves the street whole."""
    kept = (
        f"list_filter(string_split({words}, ' '), lambda word: not regexp_full_match(word, '[0-9]+[a-z]?'))"
    )
    return f"nullif(array_to_string({kept}, ' '), '')"


def postcode_sql(cell: str) -> str:
    """Letters and digits, upper case. British or not; placeholders and single characters NULL."""
    plain = f"regexp_replace(upper(cast({cell} as varchar)), '[^A-Z0-9]', '', 'g')"
    junk = ", ".join(text(value) for value in POSTCODE_JUNK)
    return f"case when {plain} in ({junk}) or length({plain}) < 3 then null else left({plain}, 10) end"


def outcode_sql(postcode: str) -> str:
    """The coarser part: a British outward code, or the first three characters of any other."""
    british = f"left({postcode}, length({postcode}) - 3)"
    return (
        f"case when regexp_matches({postcode}, '{GB_POSTCODE}') then {british} else left({postcode}, 3) end"
    )
