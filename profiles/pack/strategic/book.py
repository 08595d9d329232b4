"""One force's tables laid open for the page builders: series and verdicts by code, months by state.

Here: look-ups shared by more than one page. Not here: words (wording.py), page contents (cover.py … data.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from profiles.definitions import ProfileDefinition
from profiles.pack.frame import Frame
from profiles.pack.strategic.tables import Row, StrategicTables
from profiles.pack.verdicts import Verdict, verdict_of

VIOLENCE = "violence_and_sexual_offences"
VIOLENCE_NAME = "Violence and sexual offences"
TOTAL = "all_crime"
FEED = "street_crime"


@dataclass(frozen=True)
class Book:
    """What every page builder gets."""

    tables: StrategicTables
    frame: Frame
    definition: ProfileDefinition

    @cached_property
    def series(self) -> dict[str, tuple[Row, ...]]:
        """Months of each series, oldest first, series in printing order."""
        found: dict[str, list[Row]] = {}
        for row in self.tables.trends:
            found.setdefault(row["series_code"], []).append(row)
        return {code: tuple(sorted(rows, key=lambda row: row["month"])) for code, rows in found.items()}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """A verdict for every series; `no_data` where scoring gave none."""
        rows = {row["series_code"]: row for row in self.tables.verdicts}
        found = {}
        for code, months in self.series.items():
            name, unit = months[0]["series_name"], months[0]["unit"]
            row = rows.get(code)
            found[code] = verdict_of(row, name, unit) if row else Verdict(code, name, "no_data", unit)
        return found

    def codes(self, group: str) -> tuple[str, ...]:
        """Series of one group in printing order."""
        return tuple(code for code, rows in self.series.items() if rows[0]["series_group"] == group)

    def crime_types(self) -> tuple[str, ...]:
        """Crime types, violence and sexual offences first."""
        codes = self.codes("crime_type")
        return tuple(sorted(codes, key=lambda code: code != VIOLENCE))

    def verdict(self, code: str) -> Verdict:
        """The verdict of a series; `no_data` for a series the force does not have."""
        return self.verdicts.get(code) or Verdict(code, code.replace("_", " ").capitalize(), "no_data")

    @cached_property
    def months(self) -> tuple[Row, ...]:
        """One row a month of the longest-known series: the calendar of this force."""
        rows = self.series.get(VIOLENCE) or self.series.get(TOTAL) or ()
        return tuple(rows) or tuple(next(iter(self.series.values()), ()))

    def months_in(self, state: str) -> tuple[date, ...]:
        """Months whose state is delivered, missing or volume_suspect."""
        return tuple(row["month"] for row in self.months if row["month_status"] == state)

    @cached_property
    def feed(self) -> Row | None:
        """The street-crime feed of this force, if held."""
        for row in self.tables.feeds:
            if row["feed"] == FEED and row["is_held"]:
                return row
        return None

    @cached_property
    def sent(self) -> Row | None:
        """The street-crime feed's account of what was sent, also when nothing of it stands."""
        return next((row for row in self.tables.feeds if row["feed"] == FEED), None)

    @cached_property
    def unused(self) -> tuple[Row, ...]:
        """Feeds that are held and that this profile does not rest on."""
        return tuple(row for row in self.tables.feeds if row["is_held"] and not row["is_used"])

    def not_held(self, feeds: Sequence[str]) -> tuple[Row, ...]:
        """Rows of the named feeds that are not held, in the order asked."""
        rows = {row["feed"]: row for row in self.tables.feeds if not row["is_held"]}
        return tuple(rows[feed] for feed in feeds if feed in rows)

    @cached_property
    def suspect_deliveries(self) -> tuple[Row, ...]:
        """Deliveries far below the usual volume, oldest first."""
        return tuple(
            row for row in self.tables.deliveries if row["is_volume_suspect"] and row["state"] == "landed"
        )

    @cached_property
    def place_level(self) -> str:
        """Neighbourhoods where there are any, else districts."""
        levels = {row["place_level"] for row in self.tables.places}
        return "neighbourhood" if "neighbourhood" in levels or not levels else "district"

    def places(self, level: str) -> tuple[Row, ...]:
        """Places of one level, highest rate first, ties by name; places with too few records last."""
        rows = [row for row in self.tables.places if row["place_level"] == level]
        return tuple(sorted(rows, key=_by_rate))

    def above(self) -> tuple[Row, ...]:
        """Places clearly above the force rate, highest first."""
        return tuple(row for row in self.places(self.place_level) if row["position"] == "above")

    def place_note(self, level: str) -> Row | None:
        """The notes of one place level."""
        return next((row for row in self.tables.place_notes if row["place_level"] == level), None)

    def page(self, page_id: str) -> int:
        """Number of a page."""
        return self.definition.page_number(page_id)


def _by_rate(row: Row) -> tuple[bool, float, str]:
    return (row["position"] == "too_few", -(row["rate"] or 0.0), row["place_name"])
