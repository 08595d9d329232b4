"""Page 6: feeds, gaps, refused rows, where every row went, words and rules.

Here: what limits the pack. Not here: how rows are checked (data_contracts, orchestration/landing).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cite import Text
from profiles.pack.facts import Fact, from_definition, named, shown
from profiles.pack.model import Section
from profiles.pack.strategic.book import FEED, StrategicBook
from profiles.pack.strategic.datalists import feeds_table, not_held_panel, refusals_table
from profiles.pack.strategic.feedgaps import set_aside_line, stopped_line, unverified_line
from profiles.pack.strategic.tables import Feed
from profiles.pack.strategic.titles import data_title
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.text import join, only, plural, say

_ROWS = ("in", "accepted", "refused", "loaded", "exact_duplicate", "superseded")


def data_section(book: StrategicBook) -> Section:
    """The whole page."""
    page = book.page("p-data")
    held = book.rows(Feed).where(feed="street_crime", is_held=True)
    title = data_title(
        n_missing=book.months_in("missing").count(),
        n_suspect=book.months_in("volume_suspect").count(),
        n_refused=held.sum("rows_refused"),
        is_stale=held.where(is_stale=True).count(),
        is_conserved=conserved(book),
    )
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=title,
        question=page.question,
        may_leave=True,
        tables={
            "feeds": feeds_table(book),
            "refusals": refusals_table(book),
            "words": words_table(book),
        },
        panels={
            "not_held": not_held_panel(book),
            "gaps": Panel(title="Known gaps", lines=_gaps(book), tone="plain"),
            "rules": Panel(title="Rules applied", lines=rules_of(book)),
            "wrong": Panel(title="Found something wrong?", lines=(book.standing("wrong"),), tone="tint"),
        },
        notes={"licence": _licence(book), **_sums(book)},
    )


def rules_of(book: StrategicBook) -> tuple[Text, ...]:
    """The standing rules of the profile, the one about ranking last."""
    rules = (only(named(from_definition(f"rules.{n}", rule))) for n, rule in enumerate(book.definition.rules))
    return (*rules, book.standing("model"))


def _licence(book: StrategicBook) -> Text:
    return book.standing("fictional" if book.force["is_fictional"] else "licence")


def _sums(book: StrategicBook) -> dict[str, Text]:
    """The two sums that must hold for every delivery, in figures, and whether they do."""
    feed = book.feed
    if feed is None:
        return {"sum_in": say("No rows were delivered."), "sum_accepted": Text(), "sums_hold": Text()}
    parts = {key: shown(f.whole, feed.fact(f"rows_{key}")) for key in _ROWS}
    holds = (
        "Both sums hold, file by file."
        if conserved(book)
        else "**These sums do not hold: do not use this pack yet.**"
    )
    return {
        "sum_in": say("**{in}** rows in = **{accepted}** accepted + **{refused}** refused", **parts),
        "sum_accepted": say(
            "**{accepted}** accepted = **{loaded}** loaded + **{exact_duplicate}** exact duplicate "
            "+ **{superseded}** superseded",
            **parts,
        ),
        "sums_hold": say(holds),
    }


def conserved(book: StrategicBook) -> bool:
    """True when no row is lost or counted twice, in the feed as a whole and in every file that landed."""
    rows: list[Delivery | Feed] = [
        *book.rows(Delivery).where(state="landed"),
        *([book.feed] if book.feed else []),
    ]
    return all(
        row.rows_in == row.rows_accepted + row.rows_refused
        and row.rows_accepted == row.rows_loaded + row.rows_exact_duplicate + row.rows_superseded
        for row in rows
    )


def words_table(book: StrategicBook) -> Table:
    """The words of the pack and what they mean."""
    return Table(
        title="Words this pack uses, and what they mean",
        columns=(Column(heading="", width_mm=24), Column(heading="")),
        rows=tuple(
            (
                Cell(text=say("{word}", word=word)),
                Cell(text=say("{meaning}", meaning=named(from_definition(f"words.{n}.1", meaning)))),
            )
            for n, (word, meaning) in enumerate(book.definition.words)
        ),
    )


def _gaps(book: StrategicBook) -> tuple[Text, ...]:
    """One line a gap; a sentence saying so when there is none."""
    street = [line for line in (_missing(book), _suspect(book), _stale(book), _refused_files(book)) if line]
    others = (stopped_line(book), set_aside_line(book), unverified_line(book))
    return (
        *(street or [say("Every month is delivered, at its usual volume, and on time.")]),
        *(line for line in others if line),
        say(
            "**No victim, sex, age or relationship** is in open data: violence against women and girls "
            "cannot be told apart."
        ),
        say("**Places are approximate:** the archive moves each record to a nearby map point."),
    )


def _n(fact: Fact) -> Text:
    return only(shown(f.whole, fact))


def _missing(book: StrategicBook) -> Text:
    months = book.months_in("missing")
    if not len(months):
        return Text()
    return say(
        "**Months not delivered ({n}):** {months}. Trends cannot cross them.",
        n=_n(months.count()),
        months=shown(f.in_months, months.values("month")),
    )


def _suspect(book: StrategicBook) -> Text:
    rows = book.suspect_deliveries.items
    if not rows:
        return Text()
    listed = [
        say(
            "{month} {ratio} ({n} rows)",
            month=shown(f.in_month, row.fact("period")),
            ratio=shown(f.volume, row.fact("volume_ratio")),
            n=_n(row.fact("rows_in")),
        )
        for row in rows[-4:]
    ]
    more = [row.fact("period") for row in rows[:-4]]
    tail = say("and {n} more", n=shown(f.how_many, *more)) if more else Text()
    return join(
        say("**Far below usual volume:**"), join(*listed, gap=", "), tail, say("of the usual. Not judged.")
    )


def _stale(book: StrategicBook) -> Text:
    feed = book.feed
    if feed is None or not feed.is_stale:
        return Text()
    return say(
        "**Late:** the newest month ended {n} before the as-of date; {limit} {word} is usual.",
        n=shown(f.days, feed.fact("age_days")),
        limit=_n(feed.fact("freshness_days")),
        word=plural(feed.freshness_days or 0, "day"),
    )


def _refused_files(book: StrategicBook) -> Text:
    refused = book.rows(Delivery).where(state="refused")
    first = refused.where(feed=FEED).one() or refused.one()
    if first is None:
        return Text()
    return say(
        "**Refused whole ({n}):** {file}: {reason}{more}",
        n=_n(refused.count()),
        file=shown(f.clipped(60), first.fact("file_name")),
        reason=shown(f.clipped(160), first.fact("reason")) if first.reason else "no reason given",
        more=" And others." if len(refused) > 1 else "",
    )
