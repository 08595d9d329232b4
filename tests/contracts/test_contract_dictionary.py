"""The data dictionary says what the contracts say, and the committed file is current."""

from pathlib import Path

from data_contracts import dictionary
from data_contracts.derived import rules_of
from data_contracts.registry import HERE, Registry


def test_committed_dictionary_is_current() -> None:
    committed = HERE.parent / "docs" / "data-dictionary.md"
    assert committed.read_text(encoding="utf-8") == dictionary.render(Registry.load()), (
        "run `make dictionary`"
    )


def test_every_field_rule_and_code_is_in_it(tmp_path: Path) -> None:
    registry = Registry.load()
    dictionary.write(registry, tmp_path / "docs" / "dictionary.md")
    text = (tmp_path / "docs" / "dictionary.md").read_text(encoding="utf-8")
    for canonical in registry.canonicals.values():
        for field in canonical.fields:
            assert f"| `{field.name}` |" in text and field.description in text
            assert all(code in text for code in field.code_list)
    for contract in registry.contracts:
        columns = contract.columns if contract.is_typed else ()
        derived = {rule for column in columns for rule in rules_of(column)}
        written = [rule for rule in contract.rules if rule not in derived]
        assert all(rule.code in text and rule.reason in text for rule in written)
        assert contract.is_typed or written
        assert all(heading in text for heading, _ in contract.headings)


def test_a_bar_in_a_meaning_does_not_break_the_table() -> None:
    assert dictionary._cell("a|b") == "a\\|b"
