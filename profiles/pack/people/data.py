"""The page of what the pack does not know: feeds by force, what is late and whom it touches, joins, gaps, words, rules.

Here: the page. Not here: its tables of feeds (feeds.py), how rows are checked (data_contracts), linkage (conflation/).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cells import n
from profiles.pack.cite import Text
from profiles.pack.facts import from_definition, named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import LATE_STATES, PeopleBook
from profiles.pack.people.feeds import board_table, feeds_table
from profiles.pack.tables.quality import FeedState, Gap, Joins
from profiles.pack.text import join, only, page_of, say
from profiles.pack.titles import first_fitting


def data_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-data")
    return Section(
        section_id=page.page_id,
        kind="data",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={
            "board": board_table(book),
            "feeds": feeds_table(book),
            "joins": _joins(book),
            "words": _words(book),
        },
        notes={"match": _method(book)},
        panels={
            "gaps": Panel(title="Known gaps that could change a decision", lines=_gaps(book)),
            "rules": Panel(title="Rules applied", lines=_rules(book)),
            "wrong": Panel(title="Found something wrong?", lines=(book.standing("wrong"),), tone="tint"),
        },
    )


def _title(book: PeopleBook) -> Text:
    used = book.rows(FeedState).where(is_used=True)
    facts = [used.count()]
    late = book.late_feeds
    if not late:
        failed = used.sum("n_checks_failed")
        rest = say("; {n} checks failed", n=n(failed)) if failed.value else say(" and passed every check")
        words = say("All {n} feeds are current{rest}", n=n(used.count()), rest=rest)
        return ruled("title.data.current", words, *facts, failed)
    current = [row.fact("state") for row in used if row.state not in LATE_STATES]
    number = shown(f.how_many, *current) if current else "None"
    head = say("{n} of {all} feeds are current", n=number, all=n(used.count()))
    first = late[0]
    state = {"stopped": "has stopped", "stale": "is late"}.get(first.state, "has gaps")
    name = say(
        "{force} {feed} {state}",
        force=named(first.fact("source_force_name")),
        feed=shown(f.lower_first, first.fact("feed_title")),
        state=state,
    )
    facts += [row.fact("state") for row in late]
    several = say("{n} are late or have gaps", n=shown(f.how_many, *(row.fact("state") for row in late)))
    return first_fitting(
        "title.data.late", facts, join(head, name, gap="; "), join(head, several, gap="; "), head
    )


def _method(book: PeopleBook) -> Text:
    joins = book.rows(Joins).one()
    if joins is None:
        return ruled("joins.none", say("No records were joined across forces for this pack."))
    return say("{words}", words=shown(f.clipped(260), joins.fact("method_text")))


def _joins(book: PeopleBook) -> Table:
    joins = book.rows(Joins).one()
    rows = () if joins is None else _join_rows(joins)
    return Table(
        title="Joining people across forces",
        columns=(Column(heading="", width_mm=60), Column(heading="", is_number=True)),
        rows=rows,
        empty="Nothing was joined, so nothing could be joined wrongly.",
    )


def _join_rows(joins: Joins) -> tuple[tuple[Cell, ...], ...]:
    many = say(
        "{n} ({share})",
        n=n(joins.fact("n_in_many_forces")),
        share=shown(f.part_of, joins.fact("n_in_many_forces"), joins.fact("n_people")),
    )
    found = [
        (Cell(text=say("People in this pack’s data")), Cell(text=only(n(joins.fact("n_people"))))),
        (Cell(text=say("Seen in more than one force")), Cell(text=many)),
    ]
    for word, stem in (("Wrong joins", "wrong"), ("Missed joins", "missed")):
        if getattr(joins, f"n_{stem}") is not None and joins.n_checked:
            label = say("{word}, in {n} checked", word=word, n=n(joins.fact("n_checked")))
            value = say(
                "{n} ({share}; {range})",
                n=n(joins.fact(f"n_{stem}")),
                share=shown(f.part_of, joins.fact(f"n_{stem}"), joins.fact("n_checked")),
                range=shown(f.share_range, joins.fact(f"{stem}_lower"), joins.fact(f"{stem}_upper")),
            )
            found.append((Cell(text=label), Cell(text=value)))
    top = say("{a} of {b}", a=n(joins.fact("n_top_checked")), b=n(joins.fact("n_top")))
    return (*found, (Cell(text=say("Joins behind listed people, checked by a person")), Cell(text=top)))


def _gaps(book: PeopleBook) -> tuple[Text, ...]:
    lines = []
    for row in book.rows(Gap).items[:6]:
        line = say(
            "**{what}** {words}",
            what=shown(f.clipped(40), row.fact("subject")),
            words=shown(f.clipped(130), row.fact("text")),
        )
        lines.append(
            join(line, say("Page {p}.", p=page_of(row.page_id))) if row.page_id in _anchors(book) else line
        )
    if book.left_out:
        pages = [
            say("{page}", page=named(from_definition(f"pages.{at}.label", book.definition.pages[at].label)))
            for at in book.left_out
        ]
        lines.append(
            say(
                "**Left out of this pack:** {pages}. No table of this night makes them.",
                pages=join(*pages, gap=", "),
            )
        )
    return tuple(lines) or (say("None is known. That is not the same as none existing."),)


def _anchors(book: PeopleBook) -> set[str]:
    pages = {page.page_id for page in book.definition.pages if book.makes(page.page_id)}
    return pages - {"p-subject"}


def _words(book: PeopleBook) -> Table:
    return Table(
        title="Words this pack uses, and what they mean",
        columns=(Column(heading="", width_mm=27), Column(heading="")),
        rows=tuple(
            (
                Cell(text=only(named(from_definition(f"words.{at}.0", word)))),
                Cell(text=only(named(from_definition(f"words.{at}.1", meaning)))),
            )
            for at, (word, meaning) in enumerate(book.definition.words)
        ),
    )


def _rules(book: PeopleBook) -> tuple[Text, ...]:
    return tuple(
        only(named(from_definition(f"rules.{at}", rule))) for at, rule in enumerate(book.definition.rules)
    )
