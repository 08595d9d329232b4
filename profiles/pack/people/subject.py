"""One person's page: who, how likely, what happened, why, on what evidence, what conflicts, who is around, what to do.

Here: the page as a whole. Not here: its parts (subject_record.py, subject_reasons.py, subject_around.py), the box for
the decision (decision_box.py).
"""

from profiles.pack import formats as f
from profiles.pack.charts import IconsFigure
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.figures import Point, SeriesFigure
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.decision_box import decision_box
from profiles.pack.people.subject_around import ego_figure, options, overlaps_table
from profiles.pack.people.subject_reasons import contrary_panel, evidence_table, reasons
from profiles.pack.people.subject_record import identities_table, timeline_figure, weakest_note
from profiles.pack.tables.ranked import Ranked
from profiles.pack.text import join, only, say


def subject_section(book: PeopleBook, row: Ranked) -> Section:
    """The whole page of one person."""
    icons = icons_figure(book, row)
    history = history_figure(row)
    return Section(
        section_id=book.anchor(row),
        kind="subject",
        label=f"{row.short_name[:18]}",
        title=subject_title(row),
        question=book.page("p-subject").question,
        figures={
            **({"icons": (icons,)} if icons else {}),
            **({"history": (history,)} if history else {}),
            "timeline": (timeline_figure(book, row),),
            "ego": (ego_figure(book, row),),
        },
        tables={
            "identities": identities_table(book, row),
            "evidence": evidence_table(book, row),
            "overlaps": overlaps_table(book, row),
        },
        panels={"contrary": contrary_panel(book, row)},
        reasons=reasons(book, row),
        options=options(book, row),
        notes={
            "who": _who(row),
            "rank": _rank(row),
            "rank_line": _rank_line(book, row),
            "chance": _chance(book, row),
            "chance_of": say("of {what}", what=named(book.head.fact("outcome_text"))),
            "chance_lines": _chance_lines(book, row),
            "track": _track(row),
            "weakest": weakest_note(book, row),
            "lower": _lower(row),
        },
        box=decision_box(row),
    )


def subject_title(row: Ranked) -> Text:
    """The name, or the reference where names are not printed."""
    fact = row.fact("name" if row.name else "person_ref")
    return ruled("title.subject", only(shown(f.clipped(48), fact)), row.fact("person_ref"))


def _who(row: Ranked) -> Text:
    parts = []
    if row.born_on is not None:
        parts.append(
            say("Born {day} ({age})", day=shown(f.on_short_day, row.fact("born_on")), age=_n(row, "age"))
        )
    elif row.age is not None:
        parts.append(say("Aged {age}", age=_n(row, "age")))
    if row.name:
        parts.append(say("{ref}", ref=named(row.fact("person_ref"))))
    parts.append(say("{words}", words=shown(f.clipped(170), row.fact("summary_text"))))
    return join(join(*parts, gap=" · "), say("{where}", where=shown(f.clipped(80), row.fact("status_text"))))


def _n(row: Ranked, name: str) -> Text:
    return only(shown(f.whole, row.fact(name)))


def _rank(row: Ranked) -> Text:
    return only(shown(f.ordinal, row.fact("rank")))


def _rank_line(book: PeopleBook, row: Ranked) -> Text:
    of = say("of {n} with a rank", n=shown(f.whole, book.head.fact("n_ranked")))
    if book.knows_movement:
        was = (
            say("was {rank}", rank=shown(f.ordinal, row.fact("rank_prev")))
            if row.rank_prev
            else say("not listed before")
        )
        of = join(of, was, gap="; ")
    if not book.head.is_model_used:
        return join(of, say("by rule"), gap=", ")
    return join(of, say("Rank by rule: {rule}", rule=shown(f.ordinal, row.fact("rule_rank"))), gap=". ")


def icons_figure(book: PeopleBook, row: Ranked) -> IconsFigure | None:
    """A hundred icons; None without a chance."""
    if row.p is None:
        return None
    alt = say(
        "Of a hundred people scored like this, about {p} have {what} within {n}; likely range {range}.",
        p=shown(f.per_hundred, row.fact("p")),
        what=named(book.head.fact("outcome_text")),
        n=shown(f.days, book.head.fact("horizon_days")),
        range=shown(f.range_in_words, row.fact("p_lower"), row.fact("p_upper")),
    )
    upper = row.p_upper if row.p_upper is not None else row.p
    cites = tuple(row.fact(name).cite for name in ("p", "p_upper"))
    return IconsFigure(cites=cites, value=round(100 * row.p), upper=round(100 * upper), alt=alt)


def _chance(book: PeopleBook, row: Ranked) -> Text:
    if row.p is None:
        return say("Not scored")
    return say("{p}", p=shown(f.in_hundred, row.fact("p")))


def _chance_lines(book: PeopleBook, row: Ranked) -> Text:
    head = book.head
    if row.p is None:
        why = say("{why}", why=named(head.fact("why_no_model"))) if head.why_no_model else Text()
        return join(say("Ranked by {rule}.", rule=named(head.fact("rule_text"))), why)
    return say(
        "within {n}. Likely range {range}. All in the cohort: {base} in a hundred.",
        n=shown(f.days, head.fact("horizon_days")),
        range=shown(f.range_in_words, row.fact("p_lower"), row.fact("p_upper")),
        base=shown(f.per_hundred, head.fact("base_rate")),
    )


def history_figure(row: Ranked) -> SeriesFigure | None:
    """The chance in the last packs; None without two of them."""
    held = [value for value in row.p_history if value is not None]
    if len(held) < 2:
        return None
    fact = row.fact("p_history")
    alt = say(
        "The chance in the last {n} packs, from {first} to {last} in a hundred.",
        n=shown(f.how_many_held, fact),
        first=shown(f.first_per_hundred, fact),
        last=shown(f.last_per_hundred, fact),
    )
    return SeriesFigure(
        cites=(fact.cite,), points=tuple(Point(value=value) for value in row.p_history), alt=alt
    )


def _track(row: Ranked) -> Text:
    """What became of people scored like this: the same chance, as it turned out."""
    if row.n_like is None or row.n_like_hits is None:
        return Text()
    return say(
        "Of {n} scored like this in the test, {hits} were.",
        n=shown(f.whole, row.fact("n_like")),
        hits=shown(f.whole, row.fact("n_like_hits")),
    )


def _lower(row: Ranked) -> Text:
    """When the person leaves the list if nothing more is recorded: a fact about time, not advice."""
    if row.drops_out_on is None:
        return say("Stays listed for the next ninety days even if nothing more is recorded.")
    return say(
        "Leaves the list around {day} if nothing more is recorded.",
        day=shown(f.on_day, row.fact("drops_out_on")),
    )
