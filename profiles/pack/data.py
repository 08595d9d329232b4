"""Page 6: feeds, gaps, refused rows, where every row went, words and rules.

Here: what limits the pack. Not here: how rows are checked (data_contracts, orchestration/landing).
"""

from profiles.pack.book import FEED, Book
from profiles.pack.datalists import feeds_table, not_held_panel, refusals_table
from profiles.pack.feedgaps import set_aside_line, stopped_line, unverified_line
from profiles.pack.figures import Text
from profiles.pack.frame import month, month_list
from profiles.pack.model import Cell, Column, Panel, Section, Table
from profiles.pack.tables import Row
from profiles.pack.text import clipped, fig, join, plural, say, whole
from profiles.pack.titles import data_title


def data_section(book: Book) -> Section:
    """The whole page."""
    page = book.definition.page("p-data")
    feed = book.feed
    title = data_title(
        n_missing=len(book.months_in("missing")),
        n_suspect=len(book.months_in("volume_suspect")),
        n_refused=(feed["rows_refused"] or 0) if feed else 0,
        n_stale=1 if feed and feed["is_stale"] else 0,
        is_conserved=conserved(book),
    )
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say("{title}", title=fig(title, "prof_vawg__feeds,prof_vawg__trends.month_status")),
        question=page.question,
        tables={
            "feeds": feeds_table(book),
            "refusals": refusals_table(book),
            "words": _words(book),
        },
        panels={
            "not_held": not_held_panel(book),
            "gaps": Panel(title="Known gaps", lines=_gaps(book), tone="plain"),
            "rules": Panel(
                title="Rules applied", lines=tuple(say("{rule}", rule=rule) for rule in _rules(book))
            ),
            "wrong": Panel(
                title="Found something wrong?", lines=(say(book.definition.standing["wrong"]),), tone="tint"
            ),
        },
        notes={"licence": _licence(book), **_sums(book)},
    )


def _rules(book: Book) -> tuple[str, ...]:
    return (*book.definition.rules, book.definition.standing["model"])


def _licence(book: Book) -> Text:
    key = "fictional" if book.tables.force["is_fictional"] else "licence"
    return say(book.definition.standing[key])


def _sums(book: Book) -> dict[str, Text]:
    """The two sums that must hold for every delivery, in figures, and whether they do."""
    feed = book.feed
    if feed is None:
        return {"sum_in": say("No rows were delivered."), "sum_accepted": Text(), "sums_hold": Text()}
    parts = {key: fig(whole(feed[f"rows_{key}"]), f"prof_vawg__feeds.rows_{key}") for key in _ROWS}
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


def conserved(book: Book) -> bool:
    """True when no row is lost or counted twice, in the feed as a whole and in every file that landed."""
    files = [row for row in book.tables.deliveries if row["state"] == "landed"]
    return all(_adds_up(row) for row in (*([book.feed] if book.feed else []), *files))


def _adds_up(row: Row) -> bool:
    counts = {key: row[f"rows_{key}"] or 0 for key in _ROWS}
    split = counts["loaded"] + counts["exact_duplicate"] + counts["superseded"]
    return bool(counts["in"] == counts["accepted"] + counts["refused"] and counts["accepted"] == split)


_ROWS = ("in", "accepted", "refused", "loaded", "exact_duplicate", "superseded")


def _words(book: Book) -> Table:
    rows = tuple(
        (Cell(text=say("{w}", w=word)), Cell(text=say("{m}", m=meaning)))
        for word, meaning in book.definition.words
    )
    return Table(
        title="Words this pack uses, and what they mean",
        columns=(Column(heading="", width_mm=24), Column(heading="")),
        rows=rows,
    )


def _gaps(book: Book) -> tuple[Text, ...]:
    """One line a gap; a sentence saying so when there is none."""
    lines = [
        line
        for line in (
            _missing(book), _suspect(book), _stale(book), _refused_files(book), stopped_line(book), set_aside_line(book)
        )
        if line.runs
    ]  # fmt: skip
    if not lines:
        lines = [say("Every month is delivered, at its usual volume, and on time.")]
    lines.append(unverified_line(book))
    lines.append(
        say(
            "**No victim, sex, age or relationship** is in open data: violence against women and girls "
            "cannot be told apart."
        )
    )
    lines.append(say("**Places are approximate:** the archive moves each record to a nearby map point."))
    return tuple(line for line in lines if line.runs)


def _missing(book: Book) -> Text:
    months = book.months_in("missing")
    if not months:
        return Text()
    return say(
        "**Months not delivered ({n}):** {months}. Trends cannot cross them.",
        n=fig(str(len(months)), "prof_vawg__trends.month_status[missing].count"),
        months=fig(month_list(list(months)), "prof_vawg__trends.month_status[missing]"),
    )


def _suspect(book: Book) -> Text:
    rows = book.suspect_deliveries
    if not rows:
        return Text()
    listed = [
        say(
            "{month} {ratio} ({n} rows)",
            month=fig(month(row["period"]), "prof_vawg__deliveries.period"),
            ratio=fig(_ratio(row["volume_ratio"]), "prof_vawg__deliveries.volume_ratio"),
            n=fig(whole(row["rows_in"]), "prof_vawg__deliveries.rows_in"),
        )
        for row in rows[-4:]
    ]
    more = len(rows) - len(listed)
    tail = say("and {n} more", n=fig(str(more), "prof_vawg__deliveries.count")) if more else Text()
    return join(
        say("**Far below usual volume:**"), join(*listed, gap=", "), tail, say("of the usual. Not judged.")
    )


def _ratio(value: float | None) -> str:
    return "an unknown share" if value is None else f"{100 * value:.0f}%"


def _stale(book: Book) -> Text:
    feed = book.feed
    if feed is None or not feed["is_stale"]:
        return Text()
    return say(
        "**Late:** the newest month ended {n} days before the as-of date; {limit} {word} is usual.",
        n=fig(str(feed["age_days"]), "prof_vawg__feeds.age_days"),
        limit=fig(str(feed["freshness_days"]), "prof_vawg__feeds.freshness_days"),
        word=plural(feed["freshness_days"], "day"),
    )


def _refused_files(book: Book) -> Text:
    refused = [row for row in book.tables.deliveries if row["feed"] == FEED and row["state"] == "refused"]
    if not refused:
        return Text()
    return say(
        "**Refused whole ({n}):** {file}: {reason}{more}",
        n=fig(str(len(refused)), "prof_vawg__deliveries.state[refused].count"),
        file=fig(clipped(refused[0]["file_name"], 60), "prof_vawg__deliveries.file_name"),
        reason=fig(clipped(refused[0]["reason"] or "no reason given", 160), "prof_vawg__deliveries.reason"),
        more=" And others." if len(refused) > 1 else "",
    )
