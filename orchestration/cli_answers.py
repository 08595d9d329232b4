"""How every command answers: words for people, one JSON object for programs, one sentence for a mistake.

Not here: the commands (cli, cli_world).
"""

import json
from typing import Annotated, Any

import typer

Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else.")
]


def say(answer: dict[str, Any], words: str, as_json: bool) -> None:
    """Answer a command: JSON for programs, words for people."""
    typer.echo(json.dumps(answer, sort_keys=True, default=str) if as_json else words)


def fail(sentence: str, as_json: bool, code: int = 2) -> typer.Exit:
    """End with one sentence: on standard error, and as JSON when asked."""
    if as_json:
        typer.echo(json.dumps({"problem": sentence}))
    typer.echo(sentence, err=True)
    return typer.Exit(code)
