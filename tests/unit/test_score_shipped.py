"""The bundles that ship can be opened, are what the register says, and lead nothing that nobody approved."""

from datetime import timedelta

from profiles.definitions.heads import load_head
from profiles.scoring.heads.bundle import read_bundle
from profiles.scoring.heads.registry import BUNDLES, REGISTER, read_registry
from profiles.scoring.nightly.standing import standing


def test_every_bundle_that_ships_is_the_one_in_the_register() -> None:
    entries = read_registry(BUNDLES / REGISTER)
    folders = {
        path.name for path in BUNDLES.iterdir() if path.is_dir() and (path / "manifest.json").is_file()
    }
    assert {entry.folder for entry in entries} == folders and entries
    for entry in entries:
        day = entry.expires - timedelta(1)
        bundle = read_bundle(BUNDLES / entry.folder, entry.digest, load_head(entry.head), day)
        assert bundle.manifest["trained_on"] == entry.trained_on and "fictional" in entry.trained_on
        assert (
            entry.state == "shadow"
            and standing(load_head(entry.head), day).led_by == load_head(entry.head).rule
        )


def test_a_bundle_that_ships_expires_into_the_rule() -> None:
    (entry, *_) = read_registry(BUNDLES / REGISTER)
    late = standing(load_head(entry.head), entry.expires)
    assert late.led_by == load_head(entry.head).rule and late.shadow is None and "expired on" in late.why
