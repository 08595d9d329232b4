"""A few hundred invented people with garbled mentions, made without the fictional world: for tests of linkage alone."""

import csv
import random
from pathlib import Path

FORENAMES = (
    *("James", "Mary", "Robert", "Patricia", "John", "Jennifer", "Michael", "Linda", "David", "Elizabeth"),
    *("William", "Barbara", "Richard", "Susan", "Joseph", "Jessica", "Thomas", "Sarah", "Charles", "Karen"),
    *("Ahmed", "Fatima", "Mohammed", "Aisha", "Piotr", "Agnieszka", "Ion", "Elena"),
)
LETTERS = "bcdfghklmnprstvw"
HEADINGS = ("id", "first", "last", "born", "gender", "street", "zip", "tel", "who", "home", "file")


def _surname(luck: random.Random) -> str:
    return "".join(luck.choice(LETTERS) + luck.choice("aeiou") for _ in range(3)).title() + luck.choice(
        ["", "son", "ley"]
    )


def _typo(luck: random.Random, value: str) -> str:
    place = luck.randrange(1, max(2, len(value)))
    return value[:place] + luck.choice(LETTERS) + value[place + 1 :]


def mentions(seed: int, n_homes: int = 120) -> list[dict[str, str]]:
    """Two to four mentions of each person; two people share each home, its phone and its surname."""
    luck = random.Random(seed)
    rows: list[dict[str, str]] = []
    for home in range(n_homes):
        surname = _surname(luck)
        street = f"{luck.randrange(1, 99)} {_surname(luck)} {luck.choice(['Street', 'Road'])}"
        told = {"street": street, "zip": f"QX{luck.randrange(1, 20)} {luck.randrange(1, 9)}AB"}
        told |= {"tel": f"07700 900{luck.randrange(100, 999)}", "home": f"h{home}"}
        for forename in luck.sample(FORENAMES, 2):
            born = f"{luck.randrange(1, 28):02}/{luck.randrange(1, 12):02}/{luck.randrange(1950, 2005)}"
            who = f"{home}-{forename}"
            for _ in range(luck.randrange(2, 5)):
                row = told | {"first": forename, "last": surname, "born": born, "who": who}
                row |= {"gender": luck.choice("MF"), "file": luck.choice("ab")}
                if luck.random() < 0.15:
                    row["last"] = _typo(luck, row["last"])
                for name in ("born", "zip", "tel", "street"):
                    if luck.random() < 0.15:
                        row[name] = ""
                rows.append(row)
    luck.shuffle(rows)
    return [{"id": f"r{i}", **row} for i, row in enumerate(rows)]


def write(rows: list[dict[str, str]], path: Path) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADINGS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
