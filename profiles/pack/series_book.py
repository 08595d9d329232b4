"""A book of a profile that has monthly series: the months of each series, and what may be said of it.

Here: look-ups that the strategic profile and the profiles about people share. Not here: their own (strategic/book.py,
people/book.py), figures (series.py).
"""

from functools import cached_property

from profiles.pack.book import Book
from profiles.pack.rows import Rows
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.verdicts import Verdict, verdicts_of


class SeriesBook(Book):
    """What page builders get where the profile has series."""

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
