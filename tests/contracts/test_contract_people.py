"""Person-level contracts: what loads, and how a wrong one is named."""

from datetime import date
from typing import Any

import pytest

from data_contracts.columns import Unmapped
from data_contracts.model import ContractError, FeedContract, TimeSource
from data_contracts.registry import Registry

FILES = "  - property: files"
CSV = """\
      - pattern: '^northmoor/sample_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$'
        reader: csv
        dialect: {delimiter: ",", quote: '"', escape: '"', encoding: utf-8, hasHeader: true}
"""


def test_columns(typed_contract: FeedContract) -> None:
    columns = {column.name: column for column in typed_contract.columns}
    assert typed_contract.is_typed and typed_contract.force_code == "northmoor"
    assert columns["recorded_at"].format == "dd/MM/yyyy HH:mm:ss" and columns["recorded_at"].required
    assert not columns["occurred_from"].required and columns["status"].required
    assert columns["status"].code_map == (
        ("REC", "recorded"),
        ("Can celled", "cancelled"),
        ("-", "cancelled"),
    )
    assert columns["has_knife"].code_map == (("X", "true"), ("O", "false"))
    assert (columns["outcome"].unmapped, columns["outcome"].null_words) == (Unmapped.NOTE, ("0",))
    assert columns["phone"].null_words == ("N/K", "-")
    assert columns["colour"].constant == "grey" and columns["colour"].physical == ""
    assert columns["ignored_1"].is_ignored
    assert "synthetic" in typed_contract.physicals and len(typed_contract.physicals) == 17
    assert ("synthetic", "ignored_1") not in typed_contract.headings
    assert typed_contract.identity == ("source_record_id",)
    assert typed_contract.times.known_at is TimeSource.DELIVERY_AS_OF
    assert typed_contract.times.recorded_at is TimeSource.ROW
    assert [path.name for path in typed_contract.made_of] == [
        "sample.odcs.yaml",
        "force.yaml",
        "sample.odcs.yaml",
    ]


def test_a_feed_may_say_otherwise_than_its_force(sample: Any) -> None:
    own = "  - {property: handling, value: C}\n  - {property: nullWords, value: []}\n"
    contract = sample.change(FILES, own + FILES).contract()
    assert (contract.handling, contract.sensitivity) == ("C", "none")
    assert {column.null_words for column in contract.columns} == {(), ("0",)}


RECORDED = '{format: "dd/MM/yyyy HH:mm:ss"}'
FORCE = "forces/northmoor/force.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("", "(?P<date>[0-9]{8})", "[0-9]{8}", "must name the group date"),
        ("", "(?P<mode>full|delta|history)", "full", "needs its mode"),
        ("", "reader: csv", "reader: csv\n        mode: full", "in its pattern or beside it, once"),
        ("", "sample_(?P<date>", "(?P<force>x)(?P<date>", "needs no group force"),
        ("", "sample_(?P<date>", "sample_(?P<date", "not a regular expression"),
        ("", "reader: csv", "reader: pdf", "allowed are csv, xlsx, jsonl, parquet, xml"),
        ("", "reader: csv", "reader: csv\n        sheet: x", "'sheet' is not a key"),
        ("", "        reader: csv\n        dialect", "        reader: csv\n        dialekt", "did you mean dialect?"),
        ("", "encoding: utf-8", "encoding: utf-7", "allowed are utf-8, cp1252, utf-16-le, utf-16"),
        ("", "hasHeader: true", "hasHeader: false", "without a heading"),
        ("", CSV, "", "value is missing"),
        ("", CSV, "      - {pattern: '^n(?P<date>x)$', reader: xlsx, mode: full}\n", "name of its sheet"),
        ("", CSV, "      - {pattern: '^n(?P<date>x)$', reader: xml, mode: full}\n", "name of the element"),
        ("", CSV, "      - {pattern: '^(?P<date>x)$', reader: xlsx, mode: full, sheet: a, headingRows: 0}\n",
         "must be from 1 to 20"),
        ("", FILES, "  - {property: filePattern, value: x}\n" + FILES, "does not go with"),
        ("", RECORDED, '{format: "DD/MM/YYYY"}', "unknown letter D"),
        ("", RECORDED, "{}", "needs a format"),
        ("", "Age, logicalType: integer}", "Age, logicalType: number}", "for every force"),
        ("", "- {name: age,", "- {name: years,", "'years' is neither a field of sample nor"),
        ("", "physicalName: Age, ", "", "either a physicalName or a constant"),
        ("", "name: colour\n", "name: colour\n        physicalName: Colour\n", "either a physicalName or a constant"),
        ("", "value: {D: delete, M: merge}", "value: {D: }", "D is missing from value"),
        ("", "property: unmapped, value: note", "property: unmapped, value: drop", "allowed are quarantine, note"),
        ("", "physicalName: synthetic\n", "physicalName: synthetic\n        required: true\n", "can have no required"),
        ("", "property: isIgnored, value: true}]",
         "property: isIgnored, value: true}, {property: codeMap, value: {a: b}}]",
         "can have no codeMap"),
        ("", "property: codeMap", "property: codemap", "did you mean codeMap?"),
        ("", FILES, "  - {property: valid, value: {from: 2026-02-30}}\n" + FILES, "no day"),
        ("", FILES, "  - {property: valid, value: {from: 2026-03-01, to: 2026-02-01}}\n" + FILES, "ends before"),
        ("", FILES, "  - {property: times, value: {knownAt: month_end}}\n" + FILES, "allowed are"),
        (FORCE, "  handling: P\n", "", "handling is missing"),
        (FORCE, "  handling: P\n", "  handlng: P\n", "did you mean handling?"),
        (FORCE, "  timezone: Europe/London\n", "  timezone: [x]\n", "must be text"),
        (FORCE, "nullWords: [N/K, \"-\"]", "nullWords: N/K", "must be a list"),
    ],
)  # fmt: skip
def test_a_wrong_contract_is_named_in_one_sentence(
    sample: Any, file: str, old: str, new: str, words: str
) -> None:
    sample.change(old, new, file or sample.contract_file)
    with pytest.raises(ContractError) as refused:
        sample.load()
    message = str(refused.value)
    assert words in message and ".yaml, line " in message and "\n" not in message


def test_a_force_without_its_file_is_named(sample: Any) -> None:
    (sample.root / FORCE).unlink()
    with pytest.raises(ContractError, match=r"force\.yaml: cannot be read"):
        sample.load()


def test_a_month_cannot_land_typed(sample: Any) -> None:
    month = "logicalType: date\n        logicalTypeOptions: {format: yyyy-MM}\n"
    sample.change("logicalType: date\n", month, sample.canonical_file)
    with pytest.raises(ContractError, match="birth_date is a month"):
        sample.load()


def test_our_own_forces_and_feeds(registry: Registry) -> None:
    """Every force writes every feed that it should, and every feed of theirs lands typed."""
    typed = [contract for contract in registry.contracts if contract.is_typed]
    by_force: dict[str, set[str]] = {}
    for contract in typed:
        by_force.setdefault(contract.force_code, set()).add(contract.feed)
    feeds = registry.canonicals.keys() - {"street_crime", "decision"}
    assert {code for code, force in registry.forces.items() if force.is_fictional} == by_force.keys()
    for force, held in by_force.items():
        usual = feeds if force in ("northmoor", "eastmarch", "marlbrook") else feeds - {"advert_referral"}
        assert held == (usual - {"intel_party"} if force == "carrick-vale" else usual), force
    assert {file.reader for contract in typed for file in contract.files} == {
        "csv",
        "xlsx",
        "jsonl",
        "parquet",
        "xml",
    }


def test_every_date_of_a_day_is_read_by_one_contract(registry: Registry) -> None:
    for day in map(
        date.fromisoformat, ("2021-11-01", "2026-02-28", "2026-03-01", "2026-06-30", "2026-11-01")
    ):
        holding = [
            (contract.force_code, contract.feed)
            for contract in registry.contracts
            if (contract.valid_from or day) <= day <= (contract.valid_to or day)
        ]
        assert len(holding) == len(set(holding))
