"""The page of who is missing now: by recorded level, with what other systems hold beside it.

Here: the whole page. The level is the force's own and is never changed here. Not here: the signals (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Panel, Table
from profiles.pack.cells import as_written, cut, items, n, reference, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Rows
from profiles.pack.tables.missing import AsAt, OpenEpisode
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def now_section(book: PeopleBook) -> Section:
    """The whole page; it may run over more than one sheet, for nobody missing may be left off it."""
    page = book.page("p-now")
    as_at = book.rows(AsAt).one()
    higher = book.rows(OpenEpisode).where(is_higher=True)
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book, as_at),
        question=page.question,
        may_continue=True,
        notes={"at": _at(as_at)},
        tables={"differ": _table(book, higher, "Signals above the recorded level", ""), "open": _open(book)},
        panels={"care": Panel(title="This list dates fast", lines=(book.standing("now_care"),), tone="warn")},
    )


def _title(book: PeopleBook, as_at: AsAt | None) -> Text:
    rows = book.rows(OpenEpisode)
    if as_at is None:
        return ruled("title.now.unknown", say("Who is missing now is not known"), rows.count())
    if not len(rows):
        return ruled("title.now.none", say("Nobody was missing at the time of the data"), rows.count())
    higher = as_at.fact("n_higher")
    who = say(
        "{n} {are} missing",
        n=shown(f.cardinal, rows.count()),
        are=plural(len(rows), "person is", "people are"),
    )
    if not higher.value:
        agrees = say("nothing differs from the levels set")
        return first_fitting("title.now.agree", [rows.count()], join(who, agrees, gap="; "), who)
    more = say("{n} may need a higher level", n=shown(f.lower_cardinal, higher))
    return first_fitting("title.now.differ", [rows.count(), higher], join(who, more, gap="; "), who)


def _at(as_at: AsAt | None) -> Text:
    if as_at is None:
        return say("The moment of this list is not known: do not use it.")
    return say(
        "As at **{time}**. Under eighteen: {n}. Ordered by the recorded level, then by hours missing.",
        time=shown(f.text, as_at.fact("as_at_text")),
        n=n(as_at.fact("n_children")),
    )


def _open(book: PeopleBook) -> Table:
    rows = book.rows(OpenEpisode).where(is_higher=False)
    as_at = book.rows(AsAt).one()
    when = say(" at {time}", time=shown(f.text, as_at.fact("as_at_text"))) if as_at else Text()
    nobody = say("Nobody else was missing{when}.", when=when)
    if not len(book.rows(OpenEpisode)):
        nobody = say("Nobody was missing{when}.", when=when)
    return _table(book, rows, "Missing now", nobody)


def _table(book: PeopleBook, rows: Rows[OpenEpisode], title: str, nobody: Text | str) -> Table:
    return Table(
        title=title,
        note=say("{n} {people}", n=n(rows.count()), people=plural(len(rows), "person", "people"))
        if len(rows)
        else Text(),
        columns=(
            Column(heading="Episode, person", width_mm=32),
            Column(heading="Missing from", width_mm=27),
            Column(heading="Missing for", width_mm=16),
            Column(heading="Recorded level", width_mm=24),
            Column(heading="What else is known"),
            Column(heading="Review, owner", width_mm=36),
        ),
        rows=tuple(_row(row) for row in rows),
        empty=nobody or "No signal in another system differs from the level set.",
    )


def _row(row: OpenEpisode) -> tuple[Cell, ...]:
    who = [say("{ref}", ref=cut(row.fact("person_ref"), 24))]
    if row.age is not None:
        who.append(say("aged {age}", age=n(row.fact("age"))))
    level = Mark(
        kind="chip-safe" if row.is_higher else "chip",
        text=only(shown(f.opening(24), row.fact("recorded_level"))),
    )
    since = (
        (sub(say("set {day}", day=shown(f.on_day_of_year, row.fact("level_on")))),) if row.level_on else ()
    )
    marks = [Mark(kind="gap" if row.is_higher else "sub", text=only(run)) for run in items(row, "signals", 4)]
    if row.has_photo is False:
        marks.append(sub(say("no photograph held")))
    review = (
        say("Reviewed {n} ago", n=shown(f.hours, row.fact("last_review_hours")))
        if row.last_review_hours is not None
        else say("**No review recorded**")
    )
    owner = sub(cut(row.fact("owner"), 30)) if row.owner else Mark(kind="box", text="Owner: ____________")
    return (
        reference(row.fact("episode_ref"), sub(join(*who, gap=", "))),
        words(row.fact("missing_from"), 30),
        as_written(f.hours, row.fact("hours")),
        Cell(marks=(level, *since)),
        Cell(marks=tuple(marks)) if marks else Cell(text=say("Nothing in other systems.")),
        Cell(text=review, marks=(owner,)),
    )
