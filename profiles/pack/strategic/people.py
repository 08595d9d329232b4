"""Page 5: the pages about people that open data cannot fill, and which feed each would need.

Here: one card a page; people to act on and people to protect in separate groups, never one list.
Not here: person pages themselves (the other profiles), the sentence of each feed (data_contracts).
"""

from profiles.definitions.loader import EmptyPage
from profiles.pack.blocks import Card, Panel
from profiles.pack.facts import named, ruled
from profiles.pack.model import Section
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Feed
from profiles.pack.text import say


def people_section(book: StrategicBook) -> Section:
    """The whole page."""
    page = book.page("p-people")
    lines = (
        say(
            "Open street-level data carries no person, no sex, no age and no victim, so nobody is "
            "listed, scored or ranked here."
        ),
        say(
            "People who may be a risk and people who may need protection are never put on one list, "
            "held feeds or not."
        ),
        say("A person who is both has a page in each, and each page says so with care."),
    )
    unused = book.unused.count()
    words = (
        "No person is in this pack: nobody is matched across forces yet"
        if unused.value
        else "No person is in this pack: their feeds are not held"
    )
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=ruled("title.people", say(words), unused),
        question=page.question,
        may_leave=True,
        panels={"why": Panel(title="Why this page is here", lines=lines, tone="tint")},
        cards=tuple(_card(book, empty) for empty in book.definition.person_pages),
    )


def _card(book: StrategicBook, empty: EmptyPage) -> Card:
    rows = book.wanted(empty.feeds)
    unused = {row.feed for row in book.unused}
    otherwise = (
        "Held, and not used here: its people have not been matched across forces."
        if unused & set(empty.feeds)
        else "No feed of this kind is held for this force."
    )
    reason = say("{words}", words=named(rows[0].fact("not_held_sentence"))) if rows else say(otherwise)
    titles = {row.feed: row.feed_title for row in book.rows(Feed)}
    needs = ", ".join(titles.get(feed) or feed.replace("_", " ").capitalize() for feed in empty.feeds)
    return Card(
        title=empty.title,
        group=empty.group,
        reason=reason,
        would_appear=empty.would_appear,
        needs=needs,
        outline=empty.outline,
    )
