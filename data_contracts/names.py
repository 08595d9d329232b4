"""Which names a contract may give: identifiers that are safe in SQL, attributes that never may be a feature.

Not here: quoting an identifier (orchestration/landing), the rest of what makes a good contract (lint).
"""

import re

from data_contracts.model import IDENTIFIER

# Reserved in DuckDB or in standard SQL; a test compares the first part with DuckDB's own list.
_RESERVED = """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
    create default deferrable desc describe distinct do else end except false fetch for foreign from group
    having in initially intersect into lambda lateral leading limit not null offset on only or order pivot
    pivot_longer pivot_wider placing primary qualify references returning select show some summarize
    symmetric table then to trailing true union unique unpivot using variadic when where window with alter
    authorization between by cross current_date current_time current_timestamp current_user delete drop
    exists full grant inner insert is join left like natural outer overlaps right session_user update user
    values
"""
RESERVED = frozenset(_RESERVED.split())

# Columns that landing gives to every person-level feed; no field of one may have their names.
_SPINE = """
    force_code source_record_id delivery_id line_number occurred_from occurred_to recorded_at known_at
    record_version owner_force handling sensitivity retention_group op row_hash reason_code noted period
    is_current
"""
SPINE = frozenset(_SPINE.split())

# Words in a field's name that mark it as protected or as standing in for something protected.
_PROTECTED = """
    ethnicity ethnic race racial nationality religion religious belief faith disability disabled mental
    health language sexual_orientation orientation gender sex pregnancy forename surname postcode lsoa imd
    deprivation
"""
PROTECTED = frozenset(_PROTECTED.split())


def problem_of(name: str) -> str | None:
    """What is wrong with the name of a feed or field, or None."""
    if not IDENTIFIER.fullmatch(name):
        return "must be small letters, digits and _, begin with a letter and be at most 63 long"
    if name in RESERVED:
        return "is a reserved word of SQL; choose another name"
    return None


def is_protected(name: str) -> bool:
    """Whether a field of that name holds, or stands in for, a protected attribute."""
    return name in PROTECTED or not PROTECTED.isdisjoint(re.split(r"_+", name))
