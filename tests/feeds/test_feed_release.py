"""A person releases a delivery that was held: it is used, the audit log says who did, and it can be undone."""

from collections.abc import Callable
from typing import Any

import pytest

from governance import audit
from governance.feed_releases import read_feed_releases
from orchestration.feed_refused import export_refused
from orchestration.feed_release import ReleaseRefusal, release_delivery
from orchestration.layout import Layout

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"
HOLD = {"low": 0.3, "high": 3, "window": 56, "action": "hold"}


@pytest.fixture
def held(shire: Any, files: Any, land: Land, tmp_path: Any) -> tuple[Layout, Any]:
    """Four deliveries, of which the last is held, and a fifth that was refused."""
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], volume=HOLD)
    for day, n in enumerate((50, 50, 50, 400), start=1):
        rows = [files.row(Ref=f"S/{day}/{k}") for k in range(n)]
        shire.put(f"samples_2026100{day}_delta.csv", files.csv(rows).encode())
    shire.put("samples_20261005_delta.csv", b"what,is,this\n1,2,3\n")
    return Layout(tmp_path / "out", "world"), land(home="out/warehouse/world")


def ids(landed: Any, state: str, **told: Any) -> list[str]:
    return [r.outcome.delivery_id for r in landed.manifest(**told).rows if r.state == state]


def test_a_release_is_kept_audited_and_used(held: tuple[Layout, Any]) -> None:
    layout, landed = held
    (name,) = ids(landed, "held")
    answer = release_delivery(layout, landed.registry, name[:8], "Sgt A. Reader", "new custody suite")
    assert (answer["delivery_id"], answer["decision"]) == (name, "release")
    released = read_feed_releases(layout.feed_releases).released
    assert released == {name}
    assert ids(landed, "held", released=released) == []
    assert sum(r.rows_loaded for r in landed.manifest(released=released).rows) == 550
    log = layout.audit.read_text(encoding="utf-8")
    assert '"actor":"Sgt A. Reader"' in log and name in log and "new custody suite" in log
    assert audit.verify(layout.audit).is_intact


def test_a_release_can_be_taken_back(held: tuple[Layout, Any]) -> None:
    layout, landed = held
    (name,) = ids(landed, "held")
    release_delivery(layout, landed.registry, name, "A", "yes")
    release_delivery(layout, landed.registry, name, "B", "no", is_undone=True)
    assert read_feed_releases(layout.feed_releases).released == frozenset()
    assert audit.verify(layout.audit).n_events == 2


def test_what_cannot_be_released_is_one_sentence(held: tuple[Layout, Any]) -> None:
    layout, landed = held
    (refused,) = ids(landed, "refused")
    for name, by, reason, said in (
        (refused, "A", "yes", "was refused and has no rows to use"),
        ("ffffffff", "A", "yes", "No delivery of this world has an id that begins with 'ffffffff'"),
        ("ff", "A", "yes", "at least the first 6 digits"),
        (refused, " ", "yes", "A release needs a name"),
        (refused, "A", "", "and a reason"),
    ):
        with pytest.raises(ReleaseRefusal, match=said):
            release_delivery(layout, landed.registry, name, by, reason)
    assert not layout.audit.exists()


def test_refused_rows_leave_as_text_and_stay_inside_as_they_came(
    shire: Any, files: Any, land: Land, tmp_path: Any
) -> None:
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}])
    formula = "=cmd|' /C calc'!A0"
    rows = [files.row(Ref="S/1"), *(files.row(Ref=f"{formula}{k}", People="many") for k in range(3))]
    shire.put("samples_20261001_delta.csv", files.csv([*rows, *files.rows(40)]).encode())
    landed, layout = land(home="out/warehouse/world"), Layout(tmp_path / "out", "world")
    name = landed.outcome.delivery_id
    to = tmp_path / "back.csv"
    answer = export_refused(layout, name[:8], to, "A. Reader", "for the force to correct")
    assert answer["rows"] == 3
    text = to.read_text(encoding="utf-8-sig")
    assert text.count("\"'=cmd|") == 3 and '"=cmd' not in text
    assert all(raw.startswith(formula) for (raw,) in landed.refused("raw"))
    assert '"type":"disclosure"' in layout.audit.read_text(encoding="utf-8")
    for where, by, said in (
        (to, "A", "must be a new file"), (tmp_path / "x.txt", "A", "ends in .csv"), (tmp_path / "y.csv", " ", "a name")
    ):  # fmt: skip
        with pytest.raises(ReleaseRefusal, match=said):
            export_refused(layout, name, where, by, "why")
