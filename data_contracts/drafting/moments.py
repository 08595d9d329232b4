"""How a column writes its dates and times: the format that fits, what else would fit, and what the language cannot say.

Nothing is guessed silently: where no day lies above 12, both readings are named. Not here: the formats that are tried
(date_formats), the meaning of a format (formats).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from data_contracts import formats
from data_contracts.drafting.date_formats import FRACTION, fitting, read
from data_contracts.drafting.profile import Profile

LEAST = 0.5  # share of filled rows that must fit before a column is called one of dates
STRAY = 0.02  # share of texts from which a known reason why they do not fit is told
WHOLE = 0.995  # share from which what does not fit is a stray
_HALF_DAY = re.compile(r"[0-9]{1,4}[/.: -][0-9a-z/.: ,-]{1,20}[0-9] ?[ap][.]?m[.]?", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?=[0-9][/.-]|[0-9]{2}[/.-][0-9][/.-])[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}(?:[ T].*)?", re.ASCII
)
_LONG = "January|February|March|April|June|July|August|September|October|November|December"
_LONG_MONTH = re.compile(rf"[0-9]{{1,2}}(?:st|nd|rd|th)?[ -](?:{_LONG})\b", re.IGNORECASE)
_SECONDS = re.compile("[0-9]{9,10}", re.ASCII)
_NUMBERS = {
    formats.EPOCH_MS: "plain numbers, which fit as milliseconds since 1970",
    formats.EXCEL_SERIAL: "plain numbers, which fit as days of a spreadsheet",
}
_UNSAYABLE = (
    (_HALF_DAY.fullmatch, "some of its times have am and pm; ask for the 24-hour clock"),
    (_LONG_MONTH.match, "some of its months are written out in full; ask for numbers or three letters"),
    (
        _LOOSE.fullmatch,
        "some of its days or months have no leading zero, so they have no fixed width; ask for dd/MM/yyyy",
    ),
    (FRACTION.search, "its seconds have fractions that vary; ask for whole seconds"),
)


@dataclass(frozen=True, slots=True)
class Moments:
    """What a column of dates or times is written in.

    share: of its filled rows that fit. others: formats that fit as well, or that some rows have. problem: what
    the contract language cannot read of it, a sentence; `format` is then empty or fits in part.
    """

    format: str
    share: float
    others: tuple[str, ...] = ()
    problem: str = ""
    has_time: bool = False  # of day other than midnight
    years: tuple[int, int] = (0, 0)  # of the middle half of its texts
    doubt: str = ""  # why another reading is possible; empty where none is


def moments_of(profile: Profile) -> Moments | None:
    """The format of a column; None where it holds no dates or times, not even ones that cannot be read."""
    if profile.native_format:
        return Moments(profile.native_format, 1.0, has_time="HH" in profile.native_format)
    if not profile.counts:
        return None
    found = fitting(profile.looked_at)
    ranked = sorted(found, key=lambda format_: (-found[format_], _rank(format_)))
    share = found[ranked[0]] / profile.n_looked_at if ranked else 0.0
    problem = _unsayable(profile, LEAST if share < LEAST else STRAY) if share < WHOLE else ""
    if share < LEAST:
        return Moments("", 0.0, problem=problem) if problem else None
    best = ranked[0]
    equal = [one for one in ranked[1:] if found[one] == found[best]]
    partly = [one for one in ranked[1:] if found[one] < found[best] and _adds(profile, best, one)]
    return _settled(profile, best, share, equal, partly, problem)


def _settled(
    profile: Profile, best: str, share: float, equal: Sequence[str], partly: Sequence[str], problem: str
) -> Moments:
    said = [moment for text in profile.looked_at if (moment := read(best, text)) is not None]
    years = sorted(moment.year for moment in said)
    middle = (years[len(years) // 4], years[-1 - len(years) // 4]) if years else (0, 0)
    return Moments(
        format=best, share=share, others=(*equal, *partly), problem=problem, has_time=_has_time(said), years=middle,
        doubt=_doubt(best, equal, partly),
    )  # fmt: skip


def _has_time(said: Sequence[datetime]) -> bool:
    return any(moment.time() != time() for moment in said)


def _doubt(best: str, equal: Sequence[str], partly: Sequence[str]) -> str:
    """Why a reading is not the only one."""
    if best in formats.WORDS:
        return _NUMBERS[best]
    if equal:
        return f"{', '.join(equal)} fits just as well"
    if partly:
        return f"some rows are written {', '.join(partly)}"
    return "years of two digits: the century is not said" if "yyyy" not in best else ""


def _rank(format_: str) -> tuple[bool, bool, bool]:
    """Which of several that fit as well is likelier in the United Kingdom: day before month, years of four digits."""
    is_american = 0 <= format_.find("MM") < format_.find("dd") and not format_.startswith("yy")
    return is_american, "yyyy" not in format_, format_.startswith("yy") and not format_.startswith("yyyy")


def _adds(profile: Profile, best: str, other: str) -> bool:
    """Whether a format reads texts that the best one does not."""
    return any(read(best, text) is None and read(other, text) is not None for text in profile.looked_at)


def _unsayable(profile: Profile, least: float) -> str:
    """What keeps so many of its texts from being read by any format of the language; empty for nothing known."""
    for test, why in _UNSAYABLE:
        if profile.share(test) >= least:
            return why
    if profile.share(_SECONDS.fullmatch) >= 0.95 and _are_seconds(profile):
        return "its numbers look like seconds since 1970; ask for milliseconds, or for dates"
    return ""


def _are_seconds(profile: Profile) -> bool:
    """Whether whole numbers of nine or ten digits would be moments from 1990 to 2040, as no key would be."""
    return (
        profile.share(lambda text: 631_152_000 <= int(text) <= 2_208_988_800) >= 0.95
        and profile.distinctness > 0.5
    )
