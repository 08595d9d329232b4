"""The YAML reader on files written by strangers: text stays text, tricks are refused with their line."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.model import ContractError
from data_contracts.yaml_reader import MAX_ALIASES, MAX_BYTES, read


@pytest.fixture(params=["C", "Python"], scope="module", autouse=True)
def parser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both parsers of the library: the one in C is not on every machine, and must read the same."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "Python":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        yield


def _read(tmp_path: Path, text: str | bytes) -> object:
    path = tmp_path / "contract.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path).value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("010", "010"), ("0o17", "0o17"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("+5", "+5"), ("-0", "-0"),
        ("12:30:45", "12:30:45"), ("2026-10-01", "2026-10-01"), ("1.10", "1.10"), ("1.0", 1.0),
        ("1e3", "1e3"), (".inf", ".inf"), ("-Infinity", "-Infinity"), ("NaN", "NaN"), ("=", "="),
        ("7", 7), ("-7", -7), ("0.3", 0.3), ("true", True), ("false", False), ("True", "True"),
        ("null", None), ("~", None), ("", None), ('"7"', "7"), ("'null'", "null"),
        ("9" * 23, "9" * 23),
    ],
)  # fmt: skip
def test_plain_scalars_change_only_when_they_can_be_written_back(
    tmp_path: Path, written: str, meant: object
) -> None:
    value = _read(tmp_path, f"key: {written}\n")
    assert value == {"key": meant}
    assert isinstance(value, dict) and type(value["key"]) is type(meant)


_bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join(f'*a{i - 1}' for _ in range(9))}]\n" for i in range(1, 6)
)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a: !!python/object/apply:os.system ['true']\n", "tag", 1),
        ("a: 1\nb: !include other.yaml\n", "tag", 2),
        ("a: !!binary aGk=\n", "tag", 1),
        (_bomb, "once aliases are followed", 5),
        ("a: &x [1]\nb: [" + ", ".join(["*x"] * (MAX_ALIASES + 1)) + "]\n", "aliases", 2),
        ("a: &x [*x]\n", "not complete", 1),
        ("a: 1\nb: 2\na: 3\n", "repeats the key 'a'", 3),
        ("a: {b: 1, b: 2}\n", "repeats the key 'b'", 1),
        ("x: &x {a: 1}\ny:\n  <<: *x\n", "merge key", 3),
        ("a: 1\n---\nb: 2\n", "second document", 2),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "nested", 1),
        ("{[1, 2]: 3}\n", "key", 1),
        ("a: [1, 2\n", "not YAML", 2),
        ("a: b: c\n", "not YAML", 1),
        ('a: "\\0"\n', "control character", 1),
        ('a: "\\ud800"\n', "control character|invalid Unicode", 1),
    ],
)
def test_hostile_file_is_refused_with_its_line(tmp_path: Path, text: str, words: str, line: int) -> None:
    start = time.monotonic()
    with pytest.raises(ContractError) as refused:
        _read(tmp_path, text)
    assert re.search(words, str(refused.value))
    assert f"line {line}:" in str(refused.value)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: \x00\n", "does not allow"),
        (b'a: "\\UFFFFFFFF"\n', "does not allow|invalid Unicode"),
        (b"a: \xff\n", "not UTF-8"),
        ("a: é\n".encode("utf-16"), "not UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "larger than"),
    ],
)
def test_unreadable_bytes_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(ContractError, match=words):
        _read(tmp_path, content)


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="cannot be read"):
        read(tmp_path / "nowhere.yaml")


def test_byte_order_mark_is_dropped_and_lines_are_known(tmp_path: Path) -> None:
    path = tmp_path / "contract.yaml"
    path.write_bytes(b"\xef\xbb\xbfa:\n  b:\n    - 1\n    - {c: 2}\n")
    document = read(path)
    assert document.value == {"a": {"b": [1, {"c": 2}]}}
    assert [
        document.line(place) for place in (("a",), ("a", "b"), ("a", "b", 1), ("a", "b", 1, "c", "x"))
    ] == [1, 2, 4, 4]


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(value=_json)
def test_json_is_read_as_itself(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    assert _read(tmp_path_factory.mktemp("yaml"), json.dumps({"value": value})) == {"value": value}


@settings(max_examples=200, deadline=None)
@given(
    content=st.binary(max_size=200) | st.text("ab:-[]{}&*!|>'\"#%@`,?~ \n\t\\0", max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    try:
        _read(tmp_path_factory.mktemp("yaml"), content)
    except ContractError as refused:
        assert "contract.yaml" in str(refused)
