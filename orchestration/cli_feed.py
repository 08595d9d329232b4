"""The commands `force-profiles feed`: draft a contract from samples, check it, rehearse a night with it, the board.

Not here: what they do (onboarding).
"""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli_answers import Json, fail, say
from orchestration.settings import DEMO, SettingsError, from_environment, parse_day, silence_telemetry

feed = typer.Typer(
    no_args_is_help=True, help="Bring a new feed in: draft, check, rehearse, and the board of all feeds."
)
Samples = Annotated[
    list[Path], typer.Argument(readable=False, help="One or more files as the force sends them.")
]
ForceCode = Annotated[str, typer.Option("--force", help="Code of the force: small letters and hyphens.")]
FeedName = Annotated[str, typer.Option("--feed", help="Canonical feed, such as crime or person.")]
Sheet = Annotated[str, typer.Option(help="Of a workbook: the sheet that holds the feed.")]
Records = Annotated[str, typer.Option(help="Of JSON or XML: the list or element that is a row.")]
Forces = Annotated[
    Path | None,
    typer.Option(
        "--forces", readable=False, help="Folder of the forces' folders (default: data_contracts/forces)."
    ),
]
Delivery = Annotated[str, typer.Argument(help="Id of the delivery, or its first digits.")]
Landing = Annotated[
    Path | None,
    typer.Option(readable=False, help="Landing place whose nights are meant (default: the last night's)."),
]
Out = Annotated[Path | None, typer.Option(readable=False, help="OUT of the nights (default: out).")]


@feed.command("draft")
def feed_draft(
    samples: Samples,
    force: ForceCode,
    feed_name: FeedName,
    out: Annotated[
        Path | None,
        typer.Option(readable=False, help="Folder of the forces' folders (default: data_contracts/forces)."),
    ] = None,
    sheet: Sheet = "",
    records: Records = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over an earlier draft.")] = False,
    as_json: Json = False,
) -> None:
    """Profile samples and write a first contract, every guess marked for you to confirm."""
    from data_contracts.drafting.sample import DraftError
    from orchestration.onboarding import drafting
    from orchestration.onboarding.draft_words import in_words
    from orchestration.onboarding.samples import Wish

    try:
        drafted = drafting.draft_feed(
            samples, force, feed_name, out or drafting.FORCES, Wish(sheet, records), replace=replace
        )
    except DraftError as error:
        raise fail(_sentence(error), as_json) from None
    say(drafting.as_json(drafted), in_words(drafted), as_json)


def _sentence(error: Exception) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


@feed.command("check")
def feed_check(
    force: ForceCode,
    feed_name: FeedName,
    samples: Annotated[
        list[Path] | None, typer.Argument(readable=False, help="Files to try the contract on.")
    ] = None,
    forces: Forces = None,
    show_values: Annotated[
        bool,
        typer.Option("--show-values", help="Show refused rows as they are. They may hold personal data."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Check a contract: is it whole, what does it cover, and what becomes of samples under it."""
    from data_contracts.drafting.sample import DraftError
    from orchestration.onboarding import drafting
    from orchestration.onboarding.check_words import in_words
    from orchestration.onboarding.checking import check_feed

    try:
        answer = check_feed(
            forces or drafting.FORCES, force, feed_name, samples or [], show_values=show_values
        )
    except DraftError as error:
        raise fail(_sentence(error), as_json) from None
    say(answer, in_words(answer), as_json)
    raise typer.Exit(0 if answer["holds"] else 1)


@feed.command("status")
def feed_status_(
    out: Out = None,
    landing: Landing = None,
    as_of: Annotated[
        str | None, typer.Option(help="YYYY-MM-DD; default: the day after the newest delivery.")
    ] = None,
    forces: Forces = None,
    as_json: Json = False,
) -> None:
    """The board: of every force and feed whether it is drafted, rehearsed, awaited, live or stale."""
    from orchestration.onboarding.board_words import in_words
    from orchestration.onboarding.feed_status import board_of, feed_status

    try:
        day = parse_day(as_of, "--as-of") if as_of else None
        answer = feed_status(from_environment().told(out=out).out, forces, landing, day)
    except SettingsError as error:
        raise fail(str(error), as_json) from None
    say(answer, in_words(board_of(answer), answer["as_of"], answer["unread_drafts"]), as_json)


@feed.command("rehearse")
def feed_rehearse(
    samples: Samples,
    force: ForceCode,
    feed_name: FeedName,
    out: Out = None,
    landing: Annotated[
        Path | None,
        typer.Option(readable=False, help="Landing place whose nights it would join (default: the demo's)."),
    ] = None,
    forces: Forces = None,
    as_json: Json = False,
) -> None:
    """A night with the new feed in, on a copy: what it would land and stage, and what it costs. OUT stays as it is."""
    from data_contracts.drafting.sample import DraftError
    from orchestration.night import NightError
    from orchestration.onboarding import drafting
    from orchestration.onboarding.rehearsal import rehearse_feed
    from orchestration.onboarding.rehearsal_words import in_words

    silence_telemetry()
    told = from_environment().told(out=out)
    place = landing or told.landing or told.out / "world" / (told.scale or DEMO) / "landing"
    try:
        report = rehearse_feed(told, place, forces or drafting.FORCES, force, feed_name, samples)
    except (DraftError, NightError) as error:
        raise fail(_sentence(error), as_json) from None
    say(report, in_words(report), as_json)
    raise typer.Exit(0 if report["may_go_live"] else 1)


@feed.command("release")
def feed_release(
    delivery: Delivery,
    by: Annotated[str, typer.Option("--by", help="Who releases it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it may be used.")],
    out: Out = None,
    landing: Landing = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take a release back.")] = False,
    as_json: Json = False,
) -> None:
    """Let the next night use a delivery that was held or degraded; the audit log says who did, and why."""
    from data_contracts.registry import Registry
    from governance.audit import AuditError
    from orchestration.feed_release import ReleaseRefusal, in_words, release_delivery
    from orchestration.onboarding.feed_status import world_in

    try:
        home = from_environment().told(out=out).out
        layout = world_in(home, landing)
        if layout is None:
            raise ReleaseRefusal(f"No night has run in {home}, so there is nothing to release.")
        answer = release_delivery(layout, Registry.load(), delivery, by, reason, is_undone=undo)
    except (ReleaseRefusal, AuditError, SettingsError) as error:
        raise fail(str(error), as_json) from None
    say(answer, in_words(answer, home), as_json)


@feed.command("refused")
def feed_refused(
    delivery: Delivery,
    to: Annotated[Path, typer.Option("--to", help="The new CSV file. It will hold personal data.")],
    by: Annotated[str, typer.Option("--by", help="Who takes the rows out.")],
    reason: Annotated[str, typer.Option("--reason", help="What for.")],
    out: Out = None,
    landing: Landing = None,
    as_json: Json = False,
) -> None:
    """The refused rows of a delivery as a CSV file for its force; the audit log says who took them out, and why."""
    from governance.audit import AuditError
    from orchestration.feed_refused import export_refused
    from orchestration.feed_release import ReleaseRefusal
    from orchestration.onboarding.feed_status import world_in

    try:
        home = from_environment().told(out=out).out
        layout = world_in(home, landing)
        if layout is None:
            raise ReleaseRefusal(f"No night has run in {home}, so nothing was refused.")
        answer = export_refused(layout, delivery, to, by, reason)
    except (ReleaseRefusal, AuditError, SettingsError) as error:
        raise fail(str(error), as_json) from None
    say(answer, f"{answer['rows']:,} refused rows of {answer['file']} are in {answer['to']}.", as_json)
