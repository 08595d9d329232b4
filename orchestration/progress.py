"""Telling a person how far the night is: one live line at a terminal, plain lines elsewhere, nothing when quiet.

All of it goes to standard error, so that --json owns standard output. Not here: the summary (summary).
"""

import sys
import time

from orchestration.night import Reporter, Silent


class PlainLines:
    """One line when a stage begins and one when it ends; for logs and schedulers."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._last = ""

    def stage(self, name: str, said: str) -> None:
        """Say it only when the stage changes, so that a log stays short."""
        if name != self._last:
            self._last = name
            sys.stderr.write(f"{name:<9} {said}\n")
            sys.stderr.flush()

    def done(self, name: str, seconds: float, said: str) -> None:
        """Say what the stage did."""
        sys.stderr.write(f"{name:<9} done in {seconds:5.1f} s   {said}\n")
        sys.stderr.flush()


class LiveLine:
    """One line that is rewritten while a stage works."""

    def __init__(self) -> None:
        """A status line of rich's, made when first needed."""
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._status = self._console.status("starting")
        self._status.start()
        self._began = time.perf_counter()

    def stage(self, name: str, said: str) -> None:
        """Rewrite the line."""
        self._status.update(f"[bold]{name}[/bold]  {said}")

    def done(self, name: str, seconds: float, said: str) -> None:
        """Leave a line behind."""
        self._console.print(f"[bold]{name:<9}[/bold] {seconds:5.1f} s   {said}")

    def close(self) -> None:
        """Take the live line away."""
        self._status.stop()


def reporter_for(*, is_quiet: bool) -> Reporter:
    """The reporter that fits where we are."""
    if is_quiet:
        return Silent()
    return LiveLine() if sys.stderr.isatty() else PlainLines()


def close(reporter: Reporter) -> None:
    """Take a live line away; nothing for the others."""
    if isinstance(reporter, LiveLine):
        reporter.close()
