"""Page 1: three sentences, four numbers, what to decide, and whether the pack can be relied on.

Here: what the cover shows. Not here: decisions (decisions.py), the words of a verdict (wording.py).
"""

from profiles.pack.figures import Text
from profiles.pack.frame import month, month_list
from profiles.pack.model import Kpi, Panel, Section, Sentence
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import TOTAL, VIOLENCE, Book
from profiles.pack.strategic.decisions import decisions
from profiles.pack.strategic.outcomes import violence_share
from profiles.pack.text import cardinal, fig, plural, rate, say, share, whole
from profiles.pack.wording import amount, caption, others_sentence, violence_sentence


def cover_section(book: Book) -> Section:
    """The whole page; its title stands in the head of the pack."""
    page = book.definition.page("p-cover")
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say(f"{book.definition.title}: {book.definition.subtitle}"),
        question=page.question,
        sentences=_sentences(book),
        kpis=_kpis(book),
        decisions=decisions(book),
        panels={"reliance": _reliance(book)},
        notes={
            "no_decision": say(
                "No decision is needed from this pack. Nothing left its normal range and every feed is "
                "current."
            )
        },
    )


def _sentences(book: Book) -> tuple[Sentence, ...]:
    violence = violence_sentence(book.verdict(VIOLENCE))
    others = others_sentence([book.verdict(code) for code in book.crime_types() if code != VIOLENCE])
    return tuple(Sentence(lead=lead, rest=rest) for lead, rest in (violence, others, _place_sentence(book)))


def _place_sentence(book: Book) -> tuple[Text, Text]:
    level, above = book.place_level, book.above()
    note = book.place_note(level)
    if note is None or not note["n_compared"]:
        return say("No place can be compared."), say("Too few records carry a place.")
    compared = fig(whole(note["n_compared"]), "prof_strategic__place_notes.n_compared")
    if note["n_compared"] == 1:
        one = say("One {word} only: there is nothing to compare.", word=level)
        return one, say("It holds every record with a place.")
    word = plural(len(above), level)
    if not above:
        lead = say("No {word} is clearly above the force rate.", word=level)
        return lead, say("{n} were compared; differences this size come by chance.", n=compared)
    lead = say(
        "{n} of {all} {word} {verb} clearly above the force rate.",
        n=fig(cardinal(len(above)), "prof_strategic__places.position[above].count"),
        all=compared,
        word=plural(note["n_compared"], level),
        verb=plural(len(above), "is", "are"),
    )
    top = above[0]
    return lead, say(
        "{highest}{name}, {rate} {unit} against {force} for the force.",
        highest="It is " if word == level else "Highest: ",
        name=fig(top["place_name"], "prof_strategic__places.place_name"),
        rate=fig(rate(top["rate"]), f"prof_strategic__places[{top['place_name']}].rate"),
        unit=fig(note["rate_unit"], "prof_strategic__place_notes.rate_unit"),
        force=fig(rate(note["force_rate"]), "prof_strategic__place_notes.force_rate"),
    )


def _kpis(book: Book) -> tuple[Kpi, ...]:
    return (
        _series_kpi(book, VIOLENCE, "Violence and sexual offences"),
        _series_kpi(book, TOTAL, "All recorded crime"),
        _outcome_kpi(book),
        _place_kpi(book),
    )


def _series_kpi(book: Book, code: str, label: str) -> Kpi:
    verdict = book.verdict(code)
    held = verdict.latest_month is not None and verdict.latest_value is not None
    when = month(verdict.latest_month) if verdict.latest_month else "no month held"
    value = fig(amount(verdict, verdict.latest_value), f"{verdict.ref}.latest_value")
    return Kpi(
        label=say("{label} in {month}", label=label, month=fig(when, f"{verdict.ref}.latest_month")),
        value=say("{n}", n=value) if held else say("–"),
        series=series_figure(book, code) if book.series.get(code) else None,
        verdict=caption(verdict),
    )


def _outcome_kpi(book: Book) -> Kpi:
    value = violence_share(book, "charged_or_court")
    code = "share_charged_or_court"
    return Kpi(
        label=say("Violence and sexual offences charged or at court"),
        value=say("{n}", n=fig(share(value), "prof_strategic__outcomes.share[charged_or_court]"))
        if value is not None
        else say("–"),
        series=series_figure(book, code) if book.series.get(code) else None,
        verdict=caption(book.verdict(code)) if book.series.get(code) else say("No outcome is old enough"),
    )


def _place_kpi(book: Book) -> Kpi:
    note, above = book.place_note(book.place_level), book.above()
    level = plural(2, book.place_level)
    if note is None:
        return Kpi(
            label=say("{Level} clearly above force rate", Level=level.capitalize()),
            value=say("–"),
            series=None,
            verdict=say("No record carries a place"),
        )
    records = sum(row["n_records"] for row in above)
    return Kpi(
        label=say("{Level} clearly above the force rate", Level=level.capitalize()),
        value=say(
            "{n} of {all}",
            n=fig(str(len(above)), "prof_strategic__places.position[above].count"),
            all=fig(str(note["n_compared"]), "prof_strategic__place_notes.n_compared"),
        ),
        series=None,
        verdict=say(
            "They hold {n} of {all} records, {start} to {end}"
            if above
            else "{all} records, {start} to {end}",
            n=fig(whole(records), "prof_strategic__places.n_records[above].sum"),
            all=fig(whole(note["n_records"]), "prof_strategic__place_notes.n_records"),
            start=fig(month(note["window_from"]), "prof_strategic__place_notes.window_from"),
            end=fig(month(note["window_to"]), "prof_strategic__place_notes.window_to"),
        ),
    )


def _reliance(book: Book) -> Panel:
    """The gravest limits first; a plain yes when there is none."""
    feed = book.feed
    if feed is None:
        return Panel(
            title="Can I rely on this pack?",
            lines=(say("**No.** The street-crime feed is not held."),),
            tone="warn",
        )
    limits = []
    missing, suspect = book.months_in("missing"), book.months_in("volume_suspect")
    if suspect:
        limits.append(
            say(
                "**Far too few records came for {m}.**",
                m=fig(month_list(list(suspect)), "prof_strategic__trends.month_status"),
            )
        )
    if missing:
        limits.append(
            say(
                "{n} {word} missing.",
                n=fig(str(len(missing)), "prof_strategic__trends.month_status.count"),
                word=plural(len(missing), "month is", "months are"),
            )
        )
    if feed["is_stale"]:
        limits.append(
            say("The feed is {n} days old.", n=fig(str(feed["age_days"]), "prof_strategic__feeds.age_days"))
        )
    if feed["rows_refused"]:
        limits.append(
            say(
                "{n} of {all} rows were refused.",
                n=fig(whole(feed["rows_refused"]), "prof_strategic__feeds.rows_refused"),
                all=fig(whole(feed["rows_in"]), "prof_strategic__feeds.rows_in"),
            )
        )
    page = say("Page {n}.", n=fig(str(book.page("p-data")), "frame.page"))
    if not limits:
        yes = say(
            "**Yes, for recorded crime.** The feed is current, no month is missing and no row was "
            "refused. {page}",
            page=page,
        )
        return Panel(title="Can I rely on this pack?", lines=(yes,), tone="tint")
    answer = "**Yes, with care.**" if book.verdict(VIOLENCE).is_judged else "**Not for trends.**"
    runs = say(answer).runs
    for limit in (*limits, page):
        runs = (*runs, *say(" {limit}", limit=limit).runs)
    return Panel(title="Can I rely on this pack?", lines=(Text(runs=runs),), tone="warn")
