"""The command line `force-profiles`: thin, one sentence for a mistake, exit codes a scheduler can use.

0 packs are out (or the question was answered) · 1 nothing could be published · 2 the command was wrong · 75 another
night is running. Not here: what the commands do (shift, steps, governance, data_contracts).
"""

import time

STARTED = time.perf_counter()  # as near to the start of the process as our own code gets

from pathlib import Path  # noqa: E402
from typing import Annotated, Any  # noqa: E402

import typer  # noqa: E402

from orchestration.cli_answers import Json, fail, say  # noqa: E402
from orchestration.cli_contract import contract  # noqa: E402
from orchestration.cli_feed import feed  # noqa: E402
from orchestration.cli_linkage import linkage  # noqa: E402
from orchestration.cli_score import score  # noqa: E402
from orchestration.cli_trace import trace  # noqa: E402
from orchestration.cli_world import world  # noqa: E402
from orchestration.settings import (  # noqa: E402
    Settings,
    SettingsError,
    from_environment,
    parse_day,
    silence_telemetry,
)

ALREADY_RUNNING = 75
HELP = "Force Profiles: run the night, release and withdraw packs, check contracts. The machine flags; people decide."
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
pack = typer.Typer(no_args_is_help=True, help="Release and withdraw packs: a person's acts.")
app.add_typer(world, name="world")
app.add_typer(feed, name="feed")
app.add_typer(score, name="score")
app.add_typer(linkage, name="linkage")
app.add_typer(pack, name="pack")
app.add_typer(contract, name="contract")
app.command()(trace)

Out = Annotated[
    Path | None, typer.Option(readable=False, help="Where packs, runs and the warehouse go (default: out).")
]


def _settings(out: Path | None, landing: Path | None, as_of: str | None, scale: str | None) -> Settings:
    day = parse_day(as_of, "--as-of") if as_of else None
    return from_environment().told(out=out, landing=landing, as_of=day, scale=scale)


@app.command()
def night(
    landing: Annotated[
        Path | None, typer.Option(readable=False, help="Folder or zip of deliveries (default: the demo's).")
    ] = None,
    out: Out = None,
    as_of: Annotated[
        str | None, typer.Option(help="YYYY-MM-DD; default: the day after the newest delivery.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option(help="Size of the demo: demo, ci, ci9 … With --landing: both, side by side.")
    ] = None,
    only_force: Annotated[
        str | None, typer.Option(help="Land this force's files only, and make no packs.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    as_json: Json = False,
) -> None:
    """Run a whole night: land, stage, conflate, score, profile, publish."""
    from orchestration.ledger import AlreadyRunning, LedgerError
    from orchestration.progress import close, reporter_for
    from orchestration.shift import run
    from orchestration.summary_words import in_words

    silence_telemetry()
    reporter = reporter_for(is_quiet=quiet)
    job = "land_force" if only_force else "nightly"
    config: dict[str, Any] = {"ops": {"land": {"config": {"only_force": only_force}}}} if only_force else {}
    try:
        told = _settings(out, landing, as_of, scale)
        done = run(told, reporter, job, config, started=STARTED)
    except AlreadyRunning as error:
        raise fail(f"{error}".capitalize() + ".", as_json, ALREADY_RUNNING) from None
    except SettingsError as error:
        raise fail(str(error), as_json) from None
    except LedgerError as error:
        raise fail(f"{error}".capitalize() + ".", as_json, 1) from None
    finally:
        close(reporter)
    if done.exit_code:
        typer.echo(done.summary["problem"], err=True)
    if as_json or not done.exit_code:
        words = in_words(done.summary, told.out / "packs")
        page = told.out / "runs" / str(done.summary["run"]) / "summary.html"
        say(done.summary, f"{words}\nAll of it as a page: {page}" if page.is_file() else words, as_json)
    raise typer.Exit(done.exit_code)


@app.command()
def status(out: Out = None, as_json: Json = False) -> None:
    """The last nights, newest first: when, how they ended."""
    from dataclasses import asdict

    from orchestration.layout import Layout
    from orchestration.ledger import Ledger

    layout = Layout(from_environment().told(out=out).out, "")
    runs = [asdict(r) for r in reversed(Ledger(layout.ledger).runs())] if layout.ledger.exists() else []
    words = "\n".join(
        f"{r['started_at']:%Y-%m-%d %H:%M}  {r['outcome']:<9}  {r['stage']:<9}  {r['note']}" for r in runs
    )
    say({"runs": runs}, words or "No night has run here yet; run `make nightly`.", as_json)


@pack.command("release")
def pack_release(
    path: Annotated[Path, typer.Argument(readable=False, help="The pack's PDF on the shelf.")],
    author: Annotated[str, typer.Option(help="Who prepared it.")],
    reviewer: Annotated[str, typer.Option(help="Who checked it; never the author.")],
    reason: Annotated[str, typer.Option(help="Why it may go out.")],
    recipient: Annotated[list[str], typer.Option(help="One per copy.")],
    as_json: Json = False,
) -> None:
    """Release a draft pack: writes the issue slip beside it. The pack itself does not change."""
    from orchestration.release import ReleaseError, release_pack

    try:
        answer = release_pack(path, author, reviewer, reason, recipient)
    except ReleaseError as error:
        raise fail(str(error), as_json, 1) from None
    say(answer, f"Released {answer['pack_id']}: {answer['slip']}", as_json)


@pack.command("withdraw")
def pack_withdraw(
    path: Annotated[Path, typer.Argument(readable=False, help="The pack's PDF on the shelf.")],
    by: Annotated[str, typer.Option(help="Who withdraws it.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: Json = False,
) -> None:
    """Withdraw a pack: says so beside it and lists who holds copies."""
    from orchestration.release import ReleaseError, withdraw_pack

    try:
        answer = withdraw_pack(path, by, reason)
    except ReleaseError as error:
        raise fail(str(error), as_json, 1) from None
    say(answer, f"Withdrawn. Copies to call back: {', '.join(answer['recipients']) or 'none'}", as_json)


def main() -> None:
    """Entry point; a broken contract or a user's mistake is a sentence, not a traceback."""
    from data_contracts.model import ContractError

    try:
        app()
    except (SettingsError, ContractError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
