"""A person profile's tables laid open: the list and its head, one person's rows.

Here: look-ups shared by more than one page. Not here: words, page contents.
"""

from functools import cached_property

from profiles.pack.people.optional import NEEDS
from profiles.pack.rows import TableError
from profiles.pack.series_book import SeriesBook
from profiles.pack.tables.head import Head
from profiles.pack.tables.movement import Mover
from profiles.pack.tables.quality import FeedState
from profiles.pack.tables.ranked import Ranked

LATE_STATES = ("stale", "stopped", "degraded", "refused")


class PeopleBook(SeriesBook):
    """What the builders of person pages get."""

    @cached_property
    def head(self) -> Head:
        """The force's row; TableError when the profile has none for it."""
        head = self.rows(Head).one()
        if head is None:
            raise TableError(f"{self.rows(Head).table} has no row for {self.force['force_code']}.")
        return head

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
