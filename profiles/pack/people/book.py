"""A person profile's tables laid open: the list and its head, series and verdicts, one person's rows.

Here: look-ups shared by more than one page. Not here: words, page contents.
"""

from functools import cached_property

from profiles.pack.book import Book
from profiles.pack.people.optional import NEEDS
from profiles.pack.rows import Rows, TableError
from profiles.pack.tables.head import Head
from profiles.pack.tables.movement import Mover
from profiles.pack.tables.quality import FeedState
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.verdicts import Verdict, verdicts_of

LATE_STATES = ("stale", "stopped", "degraded", "refused")


class PeopleBook(Book):
    """What the builders of person pages get."""

    @cached_property
    def head(self) -> Head:
        """The force's row; TableError when the profile has none for it."""
        head = self.rows(Head).one()
        if head is None:
            raise TableError(f"{self.rows(Head).table} has no row for {self.force['force_code']}.")
        return head

    @cached_property
    def series(self) -> dict[str, Rows[SeriesMonth]]:
        """Months of each series, oldest first, series in printing order."""
        months = self.rows(SeriesMonth)
        codes = dict.fromkeys(row.series_code for row in months)
        return {code: months.where(series_code=code) for code in codes}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """A verdict for every series, in printing order."""
        return verdicts_of(self.rows(SeriesMonth), self.rows(SeriesVerdict))

    @cached_property
    def knows_movement(self) -> bool:
        """Whether this list can be compared with an earlier one."""
        return self.frame.previous is not None and self.holds(Mover)

    def makes(self, page_id: str) -> bool:
        """Whether a page is made: one whose tables the warehouse does not have is left out."""
        needs = NEEDS.get(page_id, ())
        return not needs or self.holds(*(row_type for row_type in needs if row_type in self.tables))

    @cached_property
    def left_out(self) -> tuple[int, ...]:
        """Places in the definition of the pages that are left out."""
        return tuple(at for at, page in enumerate(self.definition.pages) if not self.makes(page.page_id))

    @cached_property
    def listed(self) -> tuple[Ranked, ...]:
        """The people with a page in the pack, in order of rank."""
        return self.rows(Ranked).items[: self.definition.limits.subjects_listed]

    @cached_property
    def further(self) -> tuple[Ranked, ...]:
        """The people after them: each gets a page of their own."""
        return self.rows(Ranked).items[self.definition.limits.subjects_listed :]

    @cached_property
    def late_feeds(self) -> tuple[FeedState, ...]:
        """Feeds that are used and are late, stopped or not whole."""
        return tuple(row for row in self.rows(FeedState) if row.is_used and row.state in LATE_STATES)

    def anchor(self, row: Ranked) -> str:
        """The anchor of one person's page."""
        return f"p-subject-{row.rank}"
