"""Missing people: open episodes, pairs of places, placements, what draws them, adults of concern, overdue protection.

Here: the rows of the missing profile's own pages. People here are to be protected; none is ranked as a risk to others.
Not here: the pages (profiles/pack/missing/), repeat people (ranked.py holds their rows).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class OpenEpisode(Row):
    """One person missing at the as-of time."""

    section: ClassVar = "open_now"
    key: ClassVar = ("episode_ref",)
    order: ClassVar = ("level_order", "hours DESC", "episode_ref")

    episode_ref: str = column("The force's own reference of the episode.")
    person_ref: str = column("Reference of the person.")
    age: int | None = column("Age in years.")
    missing_from: str = column("Home, Children's home, Hospital …")
    hours: int = column("Hours since last seen.")
    recorded_level: str = column(
        "The force's own risk level, as recorded: high, medium, low, no apparent risk."
    )
    level_order: int = column("1 for high to 4.")
    level_on: date | None = column("Day the level was set or last changed.")
    signals: tuple[str, ...] = column("What in other systems bears on the level, a few words each.")
    is_higher: bool = column("Whether the signals point above the recorded level.")
    last_review_hours: int | None = column("Hours since the last recorded review; null where none is.")
    owner: str | None = column("Who owns the enquiry; null: none recorded.")
    has_photo: bool | None = column("Whether a photograph is held; null where not recorded.")


@dataclass(frozen=True, kw_only=True)
class PlacePair(Row):
    """From where to where: a pair that occurs more than once."""

    section: ClassVar = "place_pairs"
    key: ClassVar = ("from_place", "found_place")
    order: ClassVar = ("n_episodes DESC", "from_place", "found_place")

    from_place: str = column("Missing from, as printed; no private address.")
    from_kind: str = column("Children's home, Foster care, Home area, Hospital …")
    found_place: str = column("Found at, as printed.")
    n_episodes: int = column("Episodes in 180 days.")
    n_people: int = column("Different people.")
    n_same_person: int = column("Most episodes of one and the same person.")
    distance_km: float | None = column("Distance in km; null where unknown.")
    is_out_of_force: bool = column("Whether found in another force's area.")


@dataclass(frozen=True, kw_only=True)
class OutOfArea(Row):
    """Children placed here by another authority, who go missing."""

    section: ClassVar = "out_of_area"
    key: ClassVar = ("placing_authority",)
    order: ClassVar = ("n_episodes DESC", "placing_authority")

    placing_authority: str = column("The authority that placed them.")
    n_children: int = column("Children placed here by it who went missing in 180 days.")
    n_episodes: int = column("Their episodes.")
    n_out_of_force: int = column("Of these, found in another force's area.")
    n_told: int = column("Placements of which the host force was told, of these children.")


@dataclass(frozen=True, kw_only=True)
class RepeatFacts(Row):
    """What stands beside a repeat missing person on the list and on their page."""

    section: ClassVar = "repeat_facts"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("person_ref",)

    person_ref: str = column("Reference of the person.")
    n_90_days: int = column("Episodes in 90 days.")
    n_365_days: int = column("Episodes in 365 days.")
    weekly: tuple[int | None, ...] = column("Episodes a week, 26 weeks, oldest first.")
    harm_text: str | None = column("Harm recorded while missing, a few words; null: none recorded.")
    trigger_plan_on: date | None = column("Day of the trigger plan; null: none recorded.")
    strategy_meeting_on: date | None = column("Day of the last strategy meeting; null: none recorded.")
    n_interviews_due: int = column("Return interviews due in 365 days.")
    n_interviews_offered: int = column("Of these, recorded as offered.")
    n_interviews_held: int = column("Of these, recorded as held.")
    interview_summary: str | None = column("What the person said, sanitised; null: none recorded.")
    push_pull: tuple[str, ...] = column(
        "What drives or draws them, from codes: Family contact, Older partner …"
    )


@dataclass(frozen=True, kw_only=True)
class AdultOfConcern(Row):
    """One adult who recurs around missing children, by more than one source."""

    section: ClassVar = "adults"
    key: ClassVar = ("adult_ref",)
    order: ClassVar = ("n_children DESC", "n_sources DESC", "adult_ref")

    adult_ref: str = column("Printed reference.")
    name: str = column("SURNAME, Forenames.")
    age: int | None = column("Age in years.")
    n_children: int = column("Missing children linked.")
    child_refs: tuple[str, ...] = column("Their references.")
    n_sources: int = column("Different sources that link them.")
    basis_text: str = column("What links them, a few words.")
    first_on: date = column("First link.")
    last_on: date = column("Last link.")
    overlaps: tuple[str, ...] = column("Short labels: VAWG rank, Managed (manager named).")
    notice_kind: str | None = column("Notice in force: Child abduction warning notice; null: none recorded.")
    notice_ends_on: date | None = column("Its last day; null where it has none.")
    option_text: str = column("Option proposed, from the seed tactical_options.")


@dataclass(frozen=True, kw_only=True)
class AddressOfConcern(Row):
    """One address at which missing children are found again and again."""

    section: ClassVar = "addresses"
    key: ClassVar = ("address_ref",)
    order: ClassVar = ("n_children DESC", "address_ref")

    address_ref: str = column("Reference of the address.")
    address_text: str = column("As printed.")
    kind: str = column("Hotel, Flat, Takeaway …")
    n_children: int = column("Missing children found or seen there, 180 days.")
    n_episodes: int = column("Episodes.")
    last_on: date = column("Last time.")
    adults: tuple[str, ...] = column("References of listed adults who live or are seen there.")


@dataclass(frozen=True, kw_only=True)
class Overdue(Row):
    """One protective step that is overdue today."""

    section: ClassVar = "overdue"
    key: ClassVar = ("overdue_no",)
    order: ClassVar = ("days_late DESC", "overdue_no")

    overdue_no: int = column("Tells rows apart.")
    person_ref: str = column("Reference of the person.")
    kind: str = column("Return interview, Trigger plan, Strategy meeting, Risk review.")
    authority: str = column("Who has to act.")
    due_on: date = column("Day it was due.")
    days_late: int = column("Days late.")
    last_episode_on: date | None = column("Last episode of the person.")


@dataclass(frozen=True, kw_only=True)
class OverdueByAuthority(Row):
    """Protective steps of one authority."""

    section: ClassVar = "overdue_by_authority"
    key: ClassVar = ("authority",)
    order: ClassVar = ("n_late DESC", "authority")

    authority: str = column("The authority.")
    n_due: int = column("Steps due in 90 days.")
    n_done: int = column("Done in time.")
    n_late: int = column("Late or not recorded.")


@dataclass(frozen=True, kw_only=True)
class AsAt(Row):
    """The moment the list of open episodes is true for."""

    section: ClassVar = "as_at"
    key: ClassVar = ()

    as_at_text: str = column("Day and time as printed: 31 October 2026, 23:59.")
    n_missing: int = column("People missing then.")
    n_children: int = column("Of these, under 18.")
    n_higher: int = column("People whose signals point above the level recorded.")
    n_interviews_without: int = column("Episodes in 90 days without a return interview recorded.")
    n_episodes: int = column("Episodes in 90 days for which one was due.")
