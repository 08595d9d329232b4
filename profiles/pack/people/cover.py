"""The cover of a pack about people: three sentences, four numbers, decisions, and whether it can be relied on.

Here: what every cover shows. Not here: the sentence and decisions of one profile (profiles/pack/<profile>/cover.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.blocks import Decision, Kpi, Panel, Sentence
from profiles.pack.cite import Text
from profiles.pack.facts import Fact, named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.causes import cause
from profiles.pack.series import series_figure
from profiles.pack.tables.movement import Action, Mover, Review
from profiles.pack.tables.quality import FeedState
from profiles.pack.text import join, page_of, plural, say
from profiles.pack.together import picture_sentence
from profiles.pack.wording import amount, caption, name_of


def cover_section(
    book: PeopleBook, third: tuple[Text, Text], kpis: Sequence[Kpi], decisions: Sequence[Decision], thing: str
) -> Section:
    """The whole page; `third` is the profile's own sentence, `thing` what its series are called."""
    page = book.page("p-cover")
    main = [v for code, v in book.verdicts.items() if book.series[code].items[0].series_group == "main"]
    sentences = (picture_sentence(main, thing), movement_sentence(book), third)
    heading = book.definition.title + (f": {book.definition.subtitle}" if book.definition.subtitle else "")
    return Section(
        section_id=page.page_id,
        kind="cover",
        label=page.label,
        title=ruled("title.cover", say(heading)),
        question=page.question,
        sentences=tuple(Sentence(lead=lead, rest=rest) for lead, rest in sentences),
        kpis=tuple(kpis)[:4],
        decisions=tuple(decisions)[: book.definition.limits.decisions],
        panels={"reliance": reliance(book)},
        notes={
            "no_decision": "No decision is needed from this pack. Nothing left its normal range and no action is late."
        },
    )


def movement_sentence(book: PeopleBook) -> tuple[Text, Text]:
    """Who is new, whose risk rose; or that nobody moved."""
    movers = book.rows(Mover)
    new, risen = movers.where(move="new").count(), movers.where(is_risk_up=True, move="up")
    facts = (new, risen.count())
    if book.frame.previous is None:
        words = say("This is the first pack for this force.")
        return ruled("sentence.moves.first", words, *facts), _ranked_line(book)
    if not book.knows_movement:
        words = say("Who moved since the last pack is not worked out yet.")
        return ruled("sentence.moves.unknown", words, *facts), _ranked_line(book)
    if not new.value and not len(risen):
        words = say("Nobody is new, and nobody’s risk has risen.")
        return ruled("sentence.moves.none", words, *facts), say(
            "No listed person has a new event that moves them."
        )
    parts = []
    if new.value:
        who, verb = plural(new.value, "person", "people"), plural(new.value, "is", "are")
        parts.append(say("{n} {who} {verb} new to the list", n=shown(f.cardinal, new), who=who, verb=verb))
    top = min(risen, key=lambda row: row.rank_now or 1000, default=None)
    if top is not None:
        move = (shown(f.ordinal, top.fact("rank_prev")), shown(f.ordinal, top.fact("rank_now")))
        parts.append(
            say("{name} moves from {a} to {b}", name=_name(top.fact("short_name")), a=move[0], b=move[1])
        )
    lead = say("{parts}.", parts=join(*parts, gap="; "))
    first = top or movers.where(move="new").items[0]
    return ruled("sentence.moves", lead, *facts), say(
        "{name}: {why}", name=_name(first.fact("short_name")), why=cause(first)
    )


def _ranked_line(book: PeopleBook) -> Text:
    return say(
        "{n} {people} a rank; the first {k} are listed.",
        n=shown(f.whole, book.head.fact("n_ranked")),
        people=plural(book.head.n_ranked, "person has", "people have"),
        k=shown(f.how_many, *(row.fact("rank") for row in book.listed)) if book.listed else "none",
    )


def _name(fact: Fact) -> Text:
    return say("{name}", name=shown(f.clipped(24), fact))


def late_actions(book: PeopleBook) -> Text:
    """How many actions are late, as a clause."""
    actions = book.rows(Action)
    late = actions.where(state="late").count()
    if not len(actions):
        return say("no action was set before")
    if not late.value:
        return say("no action is late")
    return say(
        "{n} of the {all} actions set before {verb} late",
        n=shown(f.whole, late),
        all=shown(f.whole, actions.count()),
        verb=plural(late.value, "is", "are"),
    )


def series_kpi(book: PeopleBook, code: str) -> Kpi:
    """The latest month of a series beside its normal range; a dash for a series that is not held."""
    verdict = book.verdicts.get(code)
    if verdict is None or code not in book.series:
        return Kpi(label=code.replace("_", " ").capitalize(), value=say("–"), verdict="No records held")
    month = shown(f.in_month, verdict.fact("latest_month"))
    is_long = len(verdict.series_name) > 34
    label = say("{name}" if is_long else "{name} in {m}", name=name_of(verdict), m=month)
    held = verdict.latest_value is not None
    return Kpi(
        label=label,
        value=say("{n}", n=amount(verdict, "latest_value")) if held else say("–"),
        series=series_figure(book.series[code], verdict),
        verdict=caption(verdict),
    )


def decided_kpi(book: PeopleBook) -> Kpi:
    """How many flags of the last list came back with a decision."""
    rows = book.rows(Review)
    first = rows.one()
    label = "Listed people with a decision recorded (last list)"
    if first is None:
        return Kpi(label=label, value=say("–"), verdict="No last list, or nothing came back")
    waiting = rows.where(decision="not_reviewed").sum("n_flags")
    total = first.fact("n_in_all")
    value = say("{a} of {b}", a=shown(f.the_rest, total, waiting), b=shown(f.whole, total))
    words = say("{n} not reviewed", n=shown(f.whole, waiting)) if waiting.value else say("All reviewed")
    return Kpi(label=label, value=value, verdict=words)


def overdue_decision(book: PeopleBook) -> tuple[Decision, ...]:
    """Clear or re-set what is late; none when nothing is."""
    late = book.rows(Action).where(state="late")
    first = late.one()
    if first is None:
        return ()
    what = say(
        "Clear or re-set {n} late {word}", n=shown(f.whole, late.count()), word=plural(len(late), "action")
    )
    why = say("The oldest is {n} late", n=shown(f.days, late.largest("days_late")))
    return (
        Decision(
            what=ruled("decision.overdue", what, late.count()), why=why, owner="Chair", anchor="p-changed"
        ),
    )


def feed_decision(book: PeopleBook) -> tuple[Decision, ...]:
    """Ask for a feed that stopped or is late; none when all are current."""
    if not book.late_feeds:
        return ()
    first = book.late_feeds[0]
    feed = say(
        "{force} {feed}",
        force=named(first.fact("source_force_name")),
        feed=shown(f.lower_first, first.fact("feed_title")),
    )
    what = say("Ask when {feed} will come again", feed=feed)
    why = say("Its last record is of {day}", day=shown(f.on_day_of_year, first.fact("last_record_on")))
    return (
        Decision(
            what=ruled("decision.feed", what, first.fact("state")),
            why=why,
            owner="Data lead",
            anchor="p-data",
        ),
    )


def reliance(book: PeopleBook) -> Panel:
    """The gravest limit first, and whom it touches; a plain yes when there is none."""
    title, late = "Can I rely on this pack?", book.late_feeds
    page = say("Page {n}.", n=page_of("p-data"))
    facts = [row.fact("state") for row in late]
    if not late:
        failed = book.rows(FeedState).where(is_used=True).sum("n_checks_failed")
        checks = (
            say("; {n} checks failed", n=shown(f.whole, failed))
            if failed.value
            else say(" and passed its checks")
        )
        words = say("**Yes.** Every feed it uses is current{checks}. {page}", checks=checks, page=page)
        return Panel(title=title, lines=(ruled("reliance.yes", words, failed),), tone="tint")
    first = late[0]
    since = {"stopped": "stopped after", "stale": "is late since"}.get(first.state, "has gaps since")
    touched = (
        say(" It touches ranks {ranks}.", ranks=shown(f.ranks, first.fact("ranks_touched")))
        if first.ranks_touched
        else Text()
    )
    others = [row.fact("state") for row in late[1:]]
    more = (
        say(
            " {n} more {are} late or have gaps.",
            n=shown(f.how_many, *others),
            are=plural(len(others), "is", "are"),
        )
        if others
        else Text()
    )
    words = say(
        "**Yes, with care.** {force} {feed} {since} {day}.{touched}{more} {page}",
        force=named(first.fact("source_force_name")),
        feed=shown(f.lower_first, first.fact("feed_title")),
        since=since,
        day=shown(f.on_day_of_year, first.fact("last_record_on")),
        touched=touched,
        more=more,
        page=page,
    )
    return Panel(title=title, lines=(ruled("reliance.care", words, *facts),), tone="warn")
