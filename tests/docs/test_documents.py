"""Documents are held against what they speak of: the Makefile, the commands, the models, the files, the licence."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from orchestration.cli import app
from orchestration.schedules import nightly_schedule

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
DEPLOYED = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("deploy/*"))

FENCE = re.compile(r"^[ ]*```\w*\n(.*?)^[ ]*```", re.M | re.S)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Written so that these lines do not match themselves.
MACHINE_PATH = re.compile(r"(?<![\w.})>*/-])/(?:ho[m]e|U[s]ers|ro[o]t|w[o]rk|mn[t]|t[m]p)/\w")
ADDRESS = re.compile(r"\b(?:ht[t]ps?|git|ss[h])://|\bgit@")

SAFETY = (
    "Advisory only",
    "a person decides",
    "Fictional people only",
    "Legal basis, DPIA and EIA are the duty of the force that deploys this",
    "Suspects and victims never share a list",
    "Protected attributes are never features",
    "Open data is not prevalence",
)


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(page: str) -> list[str]:
    """Fenced blocks, with continued lines joined, and code spans."""
    text = read(page)
    blocks = [block.replace("\\\n", " ") for block in FENCE.findall(text)]
    return [line for block in blocks for line in block.splitlines()] + SPAN.findall(FENCE.sub("", text))


@cache
def make_words() -> frozenset[str]:
    rules = re.findall(r"^([a-z][a-z ]*):(?!=)", read("Makefile"), re.M)
    return frozenset(word for rule in rules for word in rule.split())


def commands_in(lines: list[str]) -> Iterator[list[str]]:
    """The words of every call of force-profiles, from the program's name on; comments cut off."""
    for line in lines:
        found = re.search(r"(?:^|[\s/])force-profiles((?: +[^#|]*)?)$", line.split(" #")[0].strip())
        if found and "=" not in line.partition("force-profiles")[0]:
            yield shlex.split(re.sub(r"<[^>]*>", "X", found[1]))


def wrong_with(words: list[str]) -> str | None:
    """What is wrong with a call, or None: commands must exist, and options must be the command's own."""
    command: Any = typer.main.get_command(app)
    for word in words:
        if word.startswith("-"):
            options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
            if word not in options:
                return f"{command.name} has no option {word}"
        elif getattr(command, "commands", None):
            if word not in command.commands:
                return f"there is no command {word!r}"
            command = command.commands[word]
    return None


def test_the_readme_leads_with_the_two_commands() -> None:
    first = FENCE.search(read("README.md"))
    assert first is not None
    words = [line.split("#")[0].split() for line in first[1].splitlines()]
    assert words == [["make", "nightly"], ["make", "test"]]
    assert {"nightly", "test"} <= make_words()
    assert read("README.md").index("make nightly") < 700, "they no longer lead"


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_resolves(page: str) -> None:
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", read(page))):  # a pattern in code is no link
        assert not ADDRESS.match(target), f"{page} links to an address: name it in words"
        path = (ROOT / page).parent / target.partition("#")[0]
        assert path.exists(), f"{page} links to {target}, which is not there"
        assert path.resolve().is_relative_to(ROOT), f"{page} links out of the repository: {target}"


@pytest.mark.parametrize("page", [*PAGES, *DEPLOYED])
def test_every_make_word_exists(page: str) -> None:
    lines = code_of(page) if page.endswith(".md") else re.findall(r"(?:`|bin/|=1 )(make [a-z]+)", read(page))
    words = {word for line in lines for word in re.findall(r"(?:^|[\s;&])make ([a-z]+)\b", line)}
    assert words <= make_words(), f"{page}: the Makefile has no {sorted(words - make_words())}"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_exists(page: str) -> None:
    problems = [
        f"{page}: {' '.join(words)}: {why}"
        for words in commands_in(code_of(page))
        if (why := wrong_with(words))
    ]
    assert problems == []


def test_a_wrong_command_or_option_would_be_seen() -> None:
    calls = [
        ".venv/bin/force-profiles nightly",
        "force-profiles night --outt x",
        "force-profiles pack release X --by Y",
    ]
    assert [bool(wrong_with(words)) for words in commands_in(calls)] == [True, True, True]
    assert [wrong_with(words) for words in commands_in(["force-profiles night --out <OUT> --json"])] == [None]


@pytest.mark.parametrize("page", PAGES)
def test_every_model_and_file_named_exists(page: str) -> None:
    models = {path.stem for path in (ROOT / "dbt_project").rglob("*.sql")}
    rooms = tuple(
        f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
    for code in SPAN.findall(FENCE.sub("", read(page))):
        if re.fullmatch(r"(?:stg|int|dim|fct|feat|prof)_\w+[a-z]", code):
            assert code in models, f"{page} names the model {code}, which is not there"
        elif code.startswith(rooms) and not re.search(r"[*<> ]", code):
            assert (ROOT / code).exists() or (not Path(code).suffix and _is_asset(code)), (
                f"{page} names {code}"
            )


def _is_asset(code: str) -> bool:
    """Asset keys look like paths: score/verdicts."""
    return code.partition("/")[0] in ("land", "stage", "conflate", "score", "profile", "publish", "train")


def test_each_glossary_term_has_one_definition() -> None:
    entries = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", read("GLOSSARY.md"), re.M)
    terms = [term.casefold() for term, _ in entries]
    assert len(entries) == len(re.findall(r"^- ", read("GLOSSARY.md"), re.M)), "an entry has another form"
    assert terms == sorted(set(terms)), "terms stand twice or out of order"
    meanings = [meaning for _, meaning in entries]
    assert len(set(meanings)) == len(meanings)
    assert all(len(meaning.split()) >= 4 and meaning.endswith(".") for meaning in meanings)
    assert {"force", "feed", "delivery", "mention", "person", "as-of date", "pack", "receipt"} <= set(terms)


@pytest.mark.parametrize("words", SAFETY)
def test_the_readme_carries_the_safety_notice(words: str) -> None:
    notice = read("README.md").partition("## Safety notice")[2].partition("\n## ")[0]
    assert words in " ".join(notice.split()), f"the safety notice no longer says {words!r}"


def test_the_readme_says_where_the_official_archive_is() -> None:
    assert (
        "the official archive is published at data.police.uk/data/archive"
        in " ".join(read("README.md").split()).lower()
    )


@pytest.mark.parametrize("page", [*PAGES, *DEPLOYED, ".pre-commit-config.yaml", "NOTICE"])
def test_no_page_names_a_machine_or_an_address(page: str) -> None:
    text = read(page)
    assert MACHINE_PATH.findall(text.replace("ProtectHome", "")) == []
    assert ADDRESS.findall(text) == []


def test_the_changelog_has_this_version_and_says_which_numbers_move() -> None:
    sections = re.split(r"^## \[", read("CHANGELOG.md"), flags=re.M)[1:]
    names = [section.partition("]")[0] for section in sections]
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert names[0] == "Unreleased" and version in names
    assert all("### Numbers that move in a pack" in section for section in sections)
    assert all(re.match(r"[^\]]+\] - \d{4}-\d{2}-\d{2}\n", section) for section in sections[1:])


def test_each_decision_says_what_why_and_what_would_change_it() -> None:
    text = read("DECISIONS.md")
    assert re.findall(r"^## (?!\d{4}-\d{2}-\d{2} · )", text, re.M) == []
    entries = [
        entry for entry in re.split(r"^### ", text, flags=re.M)[1:] if not entry.startswith("What differs")
    ]
    for entry in entries:
        for part in ("**What.**", "**Why.**", "**What would change our mind.**"):
            assert entry.count(part) == 1, f"{entry.splitlines()[0]}: {part}"


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    declared = tomllib.loads(read("pyproject.toml"))["project"]["license"]
    licence = read("LICENSE")
    assert declared == "Apache-2.0"
    assert "Apache License" in licence and "Version 2.0, January 2004" in licence
    assert [f"   {n}. " in licence for n in range(1, 10)] == [True] * 9
    assert "END OF TERMS AND CONDITIONS" in licence
    assert declared in read("README.md").partition("## Licence")[2]


def test_the_notice_credits_every_font_and_open_data() -> None:
    notice = read("NOTICE")
    families = {path.name.split("-")[0] for path in (ROOT / "report_templates/fonts").glob("*.woff2")}
    assert all(family in notice for family in families)
    assert "Inter" in notice and "SIL Open Font License, Version 1.1" in notice
    credit = yaml.safe_load(read("profiles/definitions/strategic.yml"))["standing"]["licence"]
    assert credit in " ".join(notice.split())


def test_hooks_at_a_commit_are_local_and_are_those_of_make_check() -> None:
    config = yaml.safe_load(read(".pre-commit-config.yaml"))
    check = re.search(r"^check:.*\n((?:\t.*\n)+)", read("Makefile"), re.M)
    assert check is not None and [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    for hook in hooks:
        tool = " ".join(
            hook["entry"].removeprefix(".venv/bin/").split()[: 3 if "python" in hook["entry"] else 1]
        )
        assert tool in check[1], f"{hook['id']} is not part of `make check`"


def test_the_timer_is_the_schedule() -> None:
    minute, hour, *rest = str(nightly_schedule.cron_schedule).split()
    calendar = f"OnCalendar=*-*-* {int(hour):02d}:{int(minute):02d}:00 {nightly_schedule.execution_timezone}"
    assert rest == ["*", "*", "*"] and calendar in read("deploy/force-profiles.timer").splitlines()
    assert "/usr/bin/make nightly " in read("deploy/force-profiles.service")


def test_the_container_holds_every_room_and_library() -> None:
    text = read("deploy/Containerfile")
    wheel = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert [room for room in wheel if f"COPY {room} {room}\n" not in text] == []
    needed = re.findall(r"^need \S+ (\S+)$", read("bootstrap/system_libraries.sh"), re.M)
    assert needed and [package for package in needed if package not in text] == []


def test_the_guide_for_chairs_fits_on_a_page() -> None:
    assert len(read("docs/tutorials/read-a-pack.md").split()) <= 650
