"""Page 5: the pages about people that open data cannot fill, and which feed each would need.

Here: one card a page; people to act on and people to protect in separate groups, never one list.
Not here: person pages themselves (a later profile), the sentence of each feed (data_contracts).
"""

from profiles.definitions.loader import EmptyPage
from profiles.pack.model import Card, Panel, Section
from profiles.pack.strategic.book import Book
from profiles.pack.text import fig, join, say


def people_section(book: Book) -> Section:
    """The whole page."""
    page = book.definition.page("p-people")
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
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say("No person is in this pack: nobody is matched across forces yet")
        if book.unused
        else say("No person is in this pack: their feeds are not held"),
        question=page.question,
        panels={"why": Panel(title="Why this page is here", lines=lines, tone="tint")},
        cards=tuple(_card(book, empty) for empty in book.definition.person_pages),
    )


def _card(book: Book, empty: EmptyPage) -> Card:
    rows = book.not_held(empty.feeds)
    sentences = [
        say("{words}", words=fig(row["not_held_sentence"], f"prof_strategic__feeds[{row['feed']}]"))
        for row in rows[:1]
    ]
    unused = {row["feed"] for row in book.unused}
    otherwise = (
        "Held, and not used here: its people have not been matched across forces."
        if unused & set(empty.feeds)
        else "No feed of this kind is held for this force."
    )
    reason = join(*sentences) if sentences else say(otherwise)
    titles = {row["feed"]: row["feed_title"] for row in book.tables.feeds}
    needs = ", ".join(titles.get(feed) or feed.replace("_", " ").capitalize() for feed in empty.feeds)
    return Card(
        title=empty.title,
        group=empty.group,
        reason=reason,
        would_appear=empty.would_appear,
        needs=needs,
        outline=empty.outline,
    )
