"""Page 1: three sentences, four numbers, what to decide, and whether the pack can be relied on.

Here: what the cover shows. Not here: decisions (decisions.py), the words of a verdict (wording.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Kpi, Panel, Sentence
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, named, ruled, shown
from profiles.pack.figures import SeriesFigure
from profiles.pack.model import Section
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import TOTAL, VIOLENCE, StrategicBook
from profiles.pack.strategic.decisions import decisions
from profiles.pack.strategic.outcomes import share_of_violence
from profiles.pack.text import page_of, plural, say
from profiles.pack.together import others_sentence
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, caption, series_sentence


def cover_section(book: StrategicBook) -> Section:
    """The whole page; its title stands in the head of the pack."""
    page = book.page("p-cover")
    heading = say(f"{book.definition.title}: {book.definition.subtitle}")
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=ruled("title.cover", heading),
        question=page.question,
        may_leave=True,
        sentences=_sentences(book),
        kpis=_kpis(book),
        decisions=decisions(book),
        panels={"reliance": _reliance(book)},
        notes={
            "no_decision": "No decision is needed from this pack. Nothing left its normal range and every feed is "
            "current."
        },
    )


def _sentences(book: StrategicBook) -> tuple[Sentence, ...]:
    violence = series_sentence(book.verdict(VIOLENCE))
    others = others_sentence([book.verdict(code) for code in book.crime_types() if code != VIOLENCE])
    return tuple(Sentence(lead=lead, rest=rest) for lead, rest in (violence, others, _place_sentence(book)))


def _place_sentence(book: StrategicBook) -> tuple[Text, Text]:
    level, above = book.place_level, book.above()
    note = book.place_note(level)
    if note is None or not note.n_compared:
        return ruled("sentence.place.none", say("No place can be compared.")), say(
            "Too few records carry a place."
        )
    facts = (book.counted_above.count(), note.fact("n_compared"))
    if note.n_compared == 1:
        one = say("One {word} only: there is nothing to compare.", word=level)
        return ruled("sentence.place.alone", one, *facts), say("It holds every record with a place.")
    word, compared = plural(len(above), level), shown(f.whole, note.fact("n_compared"))
    if not above:
        lead = say("No {word} is clearly above the force rate.", word=level)
        rest = say("{n} were compared; differences this size come by chance.", n=compared)
        return ruled("sentence.place.within", lead, *facts), rest
    lead = say(
        "{n} of {all} {word} {verb} clearly above the force rate.",
        n=shown(f.cardinal, facts[0]),
        all=compared,
        word=plural(note.n_compared, level),
        verb=plural(len(above), "is", "are"),
    )
    rest = say(
        "{highest}{name}, {rate} {unit} against {force} for the force.",
        highest="It is " if word == level else "Highest: ",
        name=named(above[0].fact("place_name")),
        rate=shown(f.rate, above[0].fact("rate")),
        unit=named(note.fact("rate_unit")),
        force=shown(f.rate, note.fact("force_rate")),
    )
    return ruled("sentence.place.above", lead, *facts), rest


def _kpis(book: StrategicBook) -> tuple[Kpi, ...]:
    return (
        _series_kpi(book, VIOLENCE, "Violence and sexual offences"),
        _series_kpi(book, TOTAL, "All recorded crime"),
        _outcome_kpi(book),
        _place_kpi(book),
    )


def _figure_and_words(book: StrategicBook, code: str, otherwise: str) -> tuple[SeriesFigure | None, Text]:
    if code not in book.series:
        return None, say(otherwise)
    verdict = book.verdict(code)
    return series_figure(book.series[code], verdict), caption(verdict)


def _series_kpi(book: StrategicBook, code: str, label: str) -> Kpi:
    verdict = book.verdict(code)
    held = verdict.latest_month is not None and verdict.latest_value is not None
    series, _ = _figure_and_words(book, code, "")
    return Kpi(
        label=say("{label} in {month}", label=label, month=shown(f.in_month, verdict.fact("latest_month"))),
        value=say("{n}", n=amount(verdict, "latest_value")) if held else say("–"),
        series=series,
        verdict=caption(verdict),
    )


def _outcome_kpi(book: StrategicBook) -> Kpi:
    charged = share_of_violence(book, "charged_or_court")
    series, words = _figure_and_words(book, "share_charged_or_court", "No outcome is old enough")
    return Kpi(
        label="Violence and sexual offences charged or at court",
        value=say("{n}", n=shown(f.share_of_one, *charged)) if charged else say("–"),
        series=series,
        verdict=words,
    )


def _place_kpi(book: StrategicBook) -> Kpi:
    note, above = book.place_note(book.place_level), book.counted_above
    level = plural(2, book.place_level).capitalize()
    if note is None:
        label = say("{Level} clearly above force rate", Level=level)
        return Kpi(label=label, value=say("–"), verdict="No record carries a place")
    return Kpi(
        label=say("{Level} clearly above the force rate", Level=level),
        value=say("{n} of {all}", n=_n(above.count()), all=_n(note.fact("n_compared"))),
        verdict=say(
            "They hold {n} of {all} records, {start} to {end}"
            if len(above)
            else "{all} records, {start} to {end}",
            n=_n(above.sum("n_records")),
            all=_n(note.fact("n_records")),
            start=shown(f.in_month, note.fact("window_from")),
            end=shown(f.in_month, note.fact("window_to")),
        ),
    )


def _n(fact: Fact) -> Run:
    return shown(f.whole, fact)


def _reliance(book: StrategicBook) -> Panel:
    """The gravest limits first; a plain yes when there is none."""
    title, feed = "Can I rely on this pack?", book.feed
    if feed is None:
        words = ruled("reliance.none", say("**No.** The street-crime feed is not held."))
        return Panel(title=title, lines=(words,), tone="warn")
    limits = []
    missing, suspect = book.months_in("missing"), book.months_in("volume_suspect")
    if len(suspect):
        months = shown(f.in_months, suspect.values("month"))
        limits.append(say("**Far too few records came for {m}.**", m=months))
    if len(missing):
        word = plural(len(missing), "month is", "months are")
        limits.append(say("{n} {word} missing.", n=shown(f.whole, missing.count()), word=word))
    if feed.is_stale:
        limits.append(say("The feed is {n} old.", n=shown(f.days, feed.fact("age_days"))))
    if feed.rows_refused:
        refused, rows = shown(f.whole, feed.fact("rows_refused")), shown(f.whole, feed.fact("rows_in"))
        limits.append(say("{n} of {all} rows were refused.", n=refused, all=rows))
    facts = (missing.count(), suspect.count(), feed.fact("is_stale"), feed.fact("rows_refused"))
    page = say("Page {n}.", n=page_of("p-data"))
    if not limits:
        yes = say(
            "**Yes, for recorded crime.** The feed is current, no month is missing and no row was refused. {page}",
            page=page,
        )
        return Panel(title=title, lines=(ruled("reliance.yes", yes, *facts),), tone="tint")
    return Panel(
        title=title, lines=(ruled("reliance.care", _with_care(book, [*limits, page]), *facts),), tone="warn"
    )


def _with_care(book: StrategicBook, limits: list[Text]) -> Text:
    verdict: Verdict = book.verdict(VIOLENCE)
    runs = say("**Yes, with care.**" if verdict.is_judged else "**Not for trends.**").runs
    for limit in limits:
        runs = (*runs, *say(" {limit}", limit=limit).runs)
    return Text(runs=runs)
