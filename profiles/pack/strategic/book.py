"""The strategic profile's tables laid open: series by group, months by state, places by level.

Here: look-ups shared by more than one page. Not here: words (wording.py), page contents (cover.py … data.py).
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from profiles.pack.rows import Rows
from profiles.pack.series_book import SeriesBook
from profiles.pack.strategic.tables import Feed, Place, PlaceNote
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.verdicts import Verdict

VIOLENCE = "violence_and_sexual_offences"
TOTAL = "all_crime"
FEED = "street_crime"


class StrategicBook(SeriesBook):
    """What the strategic page builders get."""

    def codes(self, group: str) -> tuple[str, ...]:
        """Series of one group in printing order."""
        return tuple(code for code, rows in self.series.items() if rows.items[0].series_group == group)

    def crime_types(self) -> tuple[str, ...]:
        """Crime types, violence and sexual offences first."""
        return tuple(sorted(self.codes("crime_type"), key=lambda code: code != VIOLENCE))

    def verdict(self, code: str) -> Verdict:
        """The verdict of a series; `no_data` for a series the force does not have."""
        nothing = Verdict(
            code, code.replace("_", " ").capitalize(), "no_data", table=self.rows(SeriesVerdict).table
        )
        return self.verdicts.get(code) or nothing

    @cached_property
    def months(self) -> Rows[SeriesMonth]:
        """One row a month of the longest-known series: the calendar of this force."""
        for code in (VIOLENCE, TOTAL, *self.series):
            if code in self.series:
                return self.series[code]
        return self.rows(SeriesMonth)

    def months_in(self, state: str) -> Rows[SeriesMonth]:
        """Months whose state is delivered, missing or volume_suspect."""
        return self.months.where(month_status=state)

    def days_in(self, state: str) -> tuple[date, ...]:
        """The same as days."""
        return tuple(row.month for row in self.months_in(state))

    @cached_property
    def feed(self) -> Feed | None:
        """The street-crime feed of this force, if held."""
        return self.rows(Feed).where(feed=FEED, is_held=True).one()

    @cached_property
    def sent(self) -> Feed | None:
        """The street-crime feed's account of what was sent, also when nothing of it stands."""
        return self.rows(Feed).where(feed=FEED).one()

    @cached_property
    def used(self) -> Rows[Feed]:
        """Feeds that are held and that this profile rests on."""
        return self.rows(Feed).where(is_held=True, is_used=True)

    @cached_property
    def unused(self) -> Rows[Feed]:
        """Feeds that are held and that this profile does not rest on."""
        return self.rows(Feed).where(is_held=True, is_used=False)

    @cached_property
    def not_held(self) -> Rows[Feed]:
        """Feeds this pack could use and does not have."""
        return self.rows(Feed).where(is_held=False)

    def wanted(self, feeds: Sequence[str]) -> tuple[Feed, ...]:
        """Rows of the named feeds that are not held, in the order asked."""
        rows = {row.feed: row for row in self.not_held}
        return tuple(rows[feed] for feed in feeds if feed in rows)

    @cached_property
    def suspect_deliveries(self) -> Rows[Delivery]:
        """Deliveries far below the usual volume, oldest first."""
        return self.rows(Delivery).where(is_volume_suspect=True, state="landed")

    @cached_property
    def place_level(self) -> str:
        """Neighbourhoods where there are any, else districts."""
        levels = {row.place_level for row in self.rows(Place)}
        return "neighbourhood" if "neighbourhood" in levels or not levels else "district"

    def places(self, level: str) -> tuple[Place, ...]:
        """Places of one level, highest rate first, ties by name; places with too few records last."""
        return tuple(sorted(self.rows(Place).where(place_level=level), key=_by_rate))

    @cached_property
    def counted_above(self) -> Rows[Place]:
        """Places clearly above the force rate, to be counted."""
        return self.rows(Place).where(place_level=self.place_level, position="above")

    def above(self) -> tuple[Place, ...]:
        """The same, highest first."""
        return tuple(sorted(self.counted_above, key=_by_rate))

    def place_note(self, level: str) -> PlaceNote | None:
        """The notes of one place level."""
        return self.rows(PlaceNote).where(place_level=level).one()


def _by_rate(row: Place) -> tuple[bool, float, str]:
    return (row.position == "too_few", -(row.rate or 0.0), row.place_name)
