"""What the values of a column say for or against one field, from -1 to 1, with a reason in words.

Not here: what the heading says (headings), the two weighed together (evidence).
"""

from dataclasses import dataclass

from data_contracts.columns import BINDABLE
from data_contracts.drafting.coding import MOST_CODES, guess_codes
from data_contracts.drafting.looks import Look
from data_contracts.drafting.moments import Moments
from data_contracts.drafting.profile import Profile
from data_contracts.drafting.shapes import TELLING, shape_of
from data_contracts.formats import EXCEL_SERIAL, WORDS
from data_contracts.model import Canonical

OUT = -1.0  # the values cannot be of this field
_LEAST = 0.9  # share of texts that must be of a type
_ANY_KIND = ("value", "code")  # fields that hold whatever their row says they hold
_SAID = {
    "name": "are names or plain words", "prose": "are sentences", "address": "read like addresses",
    "rc_class": "read like classes", "old_grading": "read like 5x5x5 grades",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field as evidence sees it."""

    feed: str
    name: str
    logical_type: str
    codes: tuple[str, ...]

    @property
    def shape(self) -> str:
        """The shape that it asks for."""
        return shape_of(self.feed, self.name)


def wanted_fields(canonical: Canonical) -> tuple[Wanted, ...]:
    """Every field that a column of this feed may be: of the spine first, then the feed's own."""
    spine = (Wanted(canonical.feed, f.name, f.logical_type, f.codes) for f in BINDABLE.values())
    own = (Wanted(canonical.feed, f.name, f.logical_type, f.code_list) for f in canonical.fields)
    return (*spine, *own)


def fit_of(look: Look, wanted: Wanted) -> tuple[float, str]:
    """What the values say, and a reason in words."""
    if not look.profile.counts:
        return 0.0, "no value in the sample"
    if look.telling and look.telling != wanted.shape:
        return (-0.3 if wanted.name in _ANY_KIND else OUT), f"its values are of another kind ({look.telling})"
    if wanted.logical_type != "string" and _says_one_word(look):
        return -0.2, "the same word in every row"
    match wanted.logical_type:
        case "date" | "timestamp":
            return _fit_moment(look, wanted)
        case "boolean":
            return (0.5, "yes and no") if look.flags else (OUT, "not yes and no")
        case "integer" | "number":
            return _fit_number(look, wanted)
    if look.holds_dates:
        return OUT, "its values are dates"
    return _fit_codes(look, wanted) if wanted.codes else _fit_text(look, wanted)


def carries(look: Look, wanted: Wanted, fit: float) -> bool:
    """Whether values that are no telling shape still speak clearly: codes in words, births, degrees, addresses."""
    if wanted.codes:
        return fit >= 0.6 and look.profile.n_distinct >= 3
    if wanted.name in ("birth_date", "longitude", "latitude"):
        return fit >= 0.6
    return wanted.shape == "address" and look.shares["address"] >= 0.8 and look.profile.distinctness > 0.2


def _says_one_word(look: Look) -> bool:
    """Whether a column holds one text without digits: it may stand for "empty", and then says nothing of a type."""
    counts = look.profile.counts
    return len(counts) == 1 and not look.flags and not any(letter.isdigit() for letter in next(iter(counts)))


def _fit_moment(look: Look, wanted: Wanted) -> tuple[float, str]:
    found = look.moments
    if found is None:
        return OUT, "no dates"
    if not found.format:
        return 0.2, found.problem
    if found.format in WORDS and not _are_surely_times(look, found):
        return (
            (0.1, "numbers that may be days or milliseconds") if found.share >= _LEAST else (OUT, "no dates")
        )
    said = f"dates written {found.format}"
    if wanted.name == "birth_date":
        is_past = found.years[0] < found.years[1] and found.years[0] < 2010 and not found.has_time
        return (
            (0.6, f"{said}, spread over the years of births")
            if is_past
            else (-0.5, f"{said}, too late for births")
        )
    fit = 0.35 + (0.15 if found.has_time == (wanted.logical_type == "timestamp") else 0.0) - _years_off(found)
    return fit + _fit_place(look, wanted), said


def _are_surely_times(look: Look, found: Moments) -> bool:
    """Whether plain numbers are hardly anything else: days with fractions, or milliseconds of our own years."""
    if found.share < _LEAST or look.profile.n_distinct < 3:
        return False
    if found.format == EXCEL_SERIAL:
        return look.shares["fraction"] >= 0.5
    return 1995 <= found.years[0] <= found.years[1] <= 2045


def _years_off(found: Moments) -> float:
    """Dates spread like births speak against any other field."""
    return 0.4 if found.years[1] - found.years[0] >= 15 else 0.0


def _fit_place(look: Look, wanted: Wanted) -> float:
    place = look.place
    if place.first is None or place.last is None:
        return 0.0
    if wanted.name == "recorded_at":
        return 0.3 if place.last >= 0.85 else -0.3
    if wanted.name == "occurred_from":
        return 0.25 if place.first >= 0.8 else -0.2
    return -0.1 if place.last >= 0.97 and wanted.name != "occurred_to" else 0.0


def _fit_number(look: Look, wanted: Wanted) -> tuple[float, str]:
    kind = "integer" if wanted.logical_type == "integer" else "number"
    if look.shares[kind] < _LEAST:
        return OUT, "no numbers"
    if wanted.codes:
        return _fit_codes(look, wanted)
    if wanted.name in ("longitude", "latitude"):
        inside = min(look.shares[wanted.name], look.shares["fraction"])
        return (
            (0.9, "degrees within Great Britain")
            if inside >= _LEAST
            else (-0.6, "no degrees within Great Britain")
        )
    if wanted.name == "age_recorded":
        return (0.4, "numbers of an age") if look.shares["age"] >= _LEAST else (-0.6, "no ages")
    return (0.1 if look.shares["age"] < 1 or look.profile.n_distinct > 2 else 0.0), "numbers"


def _fit_codes(look: Look, wanted: Wanted) -> tuple[float, str]:
    profile = look.profile
    if profile.n_distinct > MOST_CODES:
        return OUT, f"{profile.n_distinct:,} different texts are no list of codes"
    guesses = guess_codes(wanted.feed, wanted.name, wanted.codes, profile.counts)
    sure = sum(bool(g.code) and not g.is_doubtful for g in guesses) / len(guesses)
    inferred = sum(bool(g.code) and g.is_doubtful for g in guesses) / len(guesses)
    is_thin = all(len(text) <= 2 for text in profile.counts)
    said = f"{sure:.0%} of its {len(guesses)} texts are known codes" + (
        f", {inferred:.0%} may be" if inferred else ""
    )
    fit = (
        sure * (0.35 if is_thin else 0.9)
        + inferred * (0.15 if is_thin else 0.4)
        - 0.5 * (1 - sure - inferred)
    )
    return (max(fit, -0.5) if profile.n_distinct <= 40 else fit - 0.3), said


def _fit_text(look: Look, wanted: Wanted) -> tuple[float, str]:
    shape, profile = wanted.shape, look.profile
    if shape in TELLING:
        share = look.shares[shape]
        return (
            (share, f"{share:.0%} are valid as {shape}")
            if share >= 0.2
            else (-0.8, f"hardly any is valid as {shape}")
        )
    if wanted.name == "source_record_id":
        return _fit_key(look)
    if shape == "reference":
        share = look.shares["reference"]
        return (0.3, "written like references") if share >= 0.8 else (-0.5, "not written like references")
    if shape in ("name", "prose", "address", "rc_class", "old_grading"):
        share, said = look.shares[shape], _SAID[shape]
        return (
            (0.4 * share, f"{share:.0%} {said}")
            if share >= 0.5
            else (0.8 * share - 0.5, f"only {share:.0%} {said}")
        )
    if look.flags and profile.n_distinct > 1:
        return -0.4, "yes and no"
    return (0.1 if profile.n_distinct > 1 else 0.0), ""


def _fit_key(look: Look) -> tuple[float, str]:
    """A key stands in every row and hardly repeats, but for later versions of the same record."""
    profile = look.profile
    said = f"filled in {profile.filled:.0%} of rows, {profile.distinctness:.0%} of them different"
    if profile.filled < 0.98 or profile.distinctness < 0.05 or look.shares["reference"] < 0.5:
        return -0.8, said
    if _counts_up(profile):
        return -0.3, f"{said}, but they only number the rows"
    return 0.2 + 0.6 * profile.distinctness, said


def is_key(look: Look) -> bool:
    """Whether a column could be the key of its rows, of which there may be many versions."""
    return look.profile.filled >= 0.98 and look.profile.n_distinct > 1 and look.shares["reference"] >= 0.5


def _counts_up(profile: Profile) -> bool:
    """Whether a column is whole numbers that run on without a gap: a number of the row, not of the record."""
    if profile.n_distinct < 8 or profile.distinctness < 1:
        return False
    numbers = [int(text) for text in profile.counts if text.isdigit() and len(text) < 16]
    return len(numbers) == profile.n_distinct and max(numbers) - min(numbers) == len(numbers) - 1
