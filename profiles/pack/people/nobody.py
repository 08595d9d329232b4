"""Page "nobody owns this person": offences spread over teams, divisions and forces without a single owner.

Here: the whole page. Not here: who counts as unowned (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Panel, Table
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.ranked import NobodyOwns
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting

_TEAMS_SHOWN = 4


def nobody_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-owner")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        may_continue=True,
        tables={"list": _table(book)},
        panels={
            "why": Panel(
                title="Why this page is here",
                lines=(
                    say(
                        "When each team sees only its own part, nobody sees the person. Joined up, the same records "
                        "may show one course of conduct that one owner could act on."
                    ),
                    say(
                        "This is not a ranking of risk: people stand in order of how far their offences are spread."
                    ),
                ),
                tone="tint",
            ),
            "care": Panel(
                title="Read with care",
                lines=(
                    say(
                        "Offences are alleged unless a conviction is named. An owner may exist and not be recorded."
                    ),
                    say("Check the match first: page by page, each subject page says how sure the join is."),
                ),
                tone="warn",
            ),
        },
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(NobodyOwns)
    count = rows.count()
    if not count.value:
        return ruled("title.owner.none", say("Everybody with spread offences has an owner"), count)
    one = rows.items[0]
    words = say(
        "Nobody owns {n} {people}; one is spread over {teams} teams",
        n=shown(f.lower_cardinal, count),
        people=plural(count.value, "person", "people"),
        teams=shown(f.lower_cardinal, one.fact("n_teams")),
    )
    shorter = say(
        "Nobody owns {n} {people}",
        n=shown(f.lower_cardinal, count),
        people=plural(count.value, "person", "people"),
    )
    return first_fitting("title.owner.some", [count, one.fact("n_teams")], words, shorter)


def _table(book: PeopleBook) -> Table:
    rows = book.rows(NobodyOwns)
    limit = book.definition.limits.rows_listed
    more = [row.fact("person_ref") for row in rows.items[limit:]]
    return Table(
        title="Offences with several teams and no single owner",
        note=say("named suspect, last {n} months", n=shown(f.whole, book.limit("months_shown"))),
        columns=(
            Column(heading="Person", width_mm=42),
            Column(heading="Offences", width_mm=17, is_number=True),
            Column(heading="Forces, divisions, teams", width_mm=30),
            Column(heading="Which teams hold them"),
            Column(heading="First and last", width_mm=24),
            Column(heading="Suggested owner", width_mm=26),
        ),
        rows=tuple(_cells(row) for row in rows.items[:limit]),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty="Nobody: each person with offences in several teams or forces has a recorded owner.",
    )


def _cells(row: NobodyOwns) -> tuple[Cell, ...]:
    who = [say("{ref}", ref=named(row.fact("person_ref")))]
    if row.age is not None:
        who.insert(0, say("{age}", age=shown(f.whole, row.fact("age"))))
    if row.rank is not None:
        who.append(say("rank {rank}", rank=shown(f.whole, row.fact("rank"))))
    open_words = say("{n} open", n=shown(f.whole, row.fact("n_open")))
    harmed = say("{n} harmed", n=shown(f.whole, row.fact("n_victims")))
    teams = [shown(f.item(n), row.fact("teams")) for n in range(min(_TEAMS_SHOWN, len(row.teams)))]
    spread = say(
        "**{a}** {forces}, **{b}** {divisions}, **{c}** {teams}",
        a=shown(f.whole, row.fact("n_forces")),
        forces=plural(row.n_forces, "force"),
        b=shown(f.whole, row.fact("n_divisions")),
        divisions=plural(row.n_divisions, "division"),
        c=shown(f.whole, row.fact("n_teams")),
        teams=plural(row.n_teams, "team"),
    )
    rest = (
        say("and {n} more", n=shown(f.beyond(_TEAMS_SHOWN), row.fact("teams")))
        if len(row.teams) > _TEAMS_SHOWN
        else Text()
    )
    return (
        Cell(
            text=say("**{name}**", name=shown(f.clipped(40), row.fact("name"))),
            marks=(Mark(kind="sub", text=join(*who, gap=" · ")),),
        ),
        Cell(
            text=say("**{n}**", n=shown(f.whole, row.fact("n_offences"))),
            marks=(Mark(kind="sub", text=open_words), Mark(kind="sub", text=harmed)),
        ),
        Cell(text=spread),
        Cell(text=join(*(say("{t}", t=run) for run in teams), rest, gap="; ")),
        Cell(
            text=say(
                "{a} to {b}",
                a=shown(f.on_short_day, row.fact("first_on")),
                b=shown(f.on_short_day, row.fact("last_on")),
            )
        ),
        Cell(
            text=say("{owner}", owner=named(row.fact("suggested_owner"))),
            marks=(Mark(kind="box", text="Owner: __________"),),
        ),
    )
