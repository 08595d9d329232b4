"""The commands `force-profiles feed`: draft a contract from samples, check it, rehearse a night with it, the board.

Not here: what they do (onboarding).
"""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli_answers import Json, fail, say

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
