"""The page of where and when of the VAWG pack: public places and homes by hour, places, windows.

Here: the page. Not here: its parts (profiles/pack/people/where.py).
"""

from profiles.pack.blocks import Panel
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.where import (
    heat_figures,
    places_table,
    slot_lines,
    slots_title,
    untimed_line,
    windows_table,
)


def where_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-where")
    return Section(
        section_id=page.page_id,
        kind="where",
        label=page.label,
        title=slots_title(book),
        question=page.question,
        may_leave=page.may_leave,
        figures={"heat": heat_figures(book)},
        tables={"places": places_table(book), "windows": windows_table(book)},
        notes={**slot_lines(book), "untimed": untimed_line(book)},
        panels={
            "method": Panel(
                title="How places are chosen", lines=(book.standing("place_method"),), tone="tint"
            ),
            "care": book.care("place_care"),
        },
    )
