"""A whole night says nothing to the outside world, and needs nothing from it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("silence")

# Loaded by every Python process of the night before anything else: it writes down who speaks to whom.
LISTENER = """
import json, os, sys
BOOK = os.environ["BOOK_OF_SOCKETS"]
def write(*words):
    line = json.dumps([os.getpid(), *map(repr, words)]) + "\\n"
    book = os.open(BOOK, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(book, line.encode())
    os.close(book)
def listen(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        write(event, args[1] if len(args) > 1 else None)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        write(event, args[0])
write("listening", sys.argv[:1])
sys.addaudithook(listen)
"""
CALL = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=0.05)"
ASK = "import socket; socket.getaddrinfo('example.invalid', 80)"


def spoken(book: Path) -> tuple[set[int], list[list[str]]]:
    """Processes that were listened to, and what they said beyond this machine."""
    lines = [json.loads(line) for line in book.read_text().splitlines()]
    near = ("'/", "b'/", "b'\\x00", "'\\x00", "('127.", "('::1'", "'localhost'", "'127.", "None")
    said = [line for line in lines if line[1] != "'listening'" and not line[2].startswith(near)]
    return {line[0] for line in lines if line[1] == "'listening'"}, said


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every Python process writes down its calls."""
    folder = tmp_path_factory.mktemp("listener")
    (folder / "sitecustomize.py").write_text(LISTENER)
    return {"PYTHONPATH": str(folder), "BOOK_OF_SOCKETS": str(folder / "book")}


@pytest.fixture(scope="module")
def cut_off() -> tuple[str, ...]:
    """A command that runs another without any network, where this machine lets us."""
    unshare = shutil.which("unshare")
    for how in (("-n",), ("-r", "-n")):
        if unshare and subprocess.run([unshare, *how, "true"], capture_output=True).returncode == 0:
            return (unshare, *how)
    return ()


@pytest.mark.parametrize(("event", "call"), [("socket.connect", CALL), ("socket.getaddrinfo", ASK)])
def test_the_listener_hears_a_call(listener: dict[str, str], tmp_path: Path, event: str, call: str) -> None:
    environment = {**listener, "BOOK_OF_SOCKETS": str(tmp_path / "book")}
    child = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {call!r}], stderr=subprocess.DEVNULL)"
    )
    subprocess.run([sys.executable, "-c", child], env=environment, check=True, stderr=subprocess.DEVNULL)
    heard, said = spoken(tmp_path / "book")
    assert len(heard) == 2
    assert {line[1] for line in said} >= {repr(event)}


def test_a_night_elsewhere_speaks_to_nobody_and_gives_the_same_bytes(
    whole_night: Any,
    tiny: Any,
    nights: Any,
    listener: dict[str, str],
    cut_off: tuple[str, ...],
    tmp_path: Path,
) -> None:
    """Another OUT folder, another hash seed, no network: the same generation, the same bytes."""
    paths = {**listener, "PYTHONPATH": f"{listener['PYTHONPATH']}:{Path(__file__).resolve().parents[2]}"}
    done = nights.run(
        "night", "--landing", tiny.landing, "--out", tmp_path / "elsewhere", "--json", "--quiet",
        wrap=cut_off, PYTHONHASHSEED="4242", **paths,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    heard, said = spoken(Path(listener["BOOK_OF_SOCKETS"]))
    assert said == []
    assert len(heard) >= 1 + len(tiny.forces)  # the night, and the children that made its packs
    assert done.stderr == ""
    assert done.summary["generation"] == whole_night.summary["generation"]
    assert nights.shelf_of(tmp_path / "elsewhere") == nights.shelf_of(whole_night.out)
