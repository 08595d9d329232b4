"""Which regular expressions a contract may hold: linear in time and with one meaning in every engine.

Contract patterns are run by Python and by RE2 (DuckDB), on files that strangers send. Not here: what a
pattern is for.
"""

import importlib
import re
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MOST_BOUNDED = 10


def problem_of(pattern: str, *, is_for_values: bool) -> str | None:
    """What is wrong with a pattern, or None. Those for values also run in RE2; file patterns do not."""
    if not (pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith(r"\$")):
        return "must open with ^ and close with $"
    try:
        parsed = _parser.parse(pattern)
    except re.error as problem:
        return f"is not a regular expression ({problem})"
    return _problem(list(parsed), is_for_values, is_inside_repeat=False)


def _problem(items: list[Any], is_for_values: bool, is_inside_repeat: bool) -> str | None:
    for operation, argument in items:
        found = _problem_here(str(operation), argument, is_for_values, is_inside_repeat)
        inner = is_inside_repeat or str(operation) in _REPEATS
        for part in _parts(str(operation), argument):
            found = found or _problem(part, is_for_values, inner)
        if found:
            return found
    return None


def _problem_here(operation: str, argument: Any, is_for_values: bool, is_inside_repeat: bool) -> str | None:
    if operation in ("ASSERT", "ASSERT_NOT", "GROUPREF_EXISTS", "ATOMIC_GROUP", "POSSESSIVE_REPEAT"):
        return "looks ahead or behind, which not every engine can"
    if operation == "GROUPREF" and is_for_values:
        return "refers back to a group, which not every engine can"
    if operation == "IN" and any(str(part[0]) == "CATEGORY" for part in argument):
        return r"uses \d, \w or \s, which differ between engines; write the characters, such as [0-9]"
    if operation in _REPEATS and not is_inside_repeat:
        return _repeat_problem(argument)
    return None


def _repeat_problem(argument: Any) -> str | None:
    """A choice or repeat within a repeat must be short and fenced, or reading may take exponential time.

    Fenced: a fixed character opens or closes each round, and no repeat inside the round can match that
    character.
    """
    most, body = int(argument[1]), list(argument[2])
    if not _varies(body):
        return None
    while len(body) == 1 and str(body[0][0]) == "SUBPATTERN":
        body = list(body[0][1][3])
    edges = [edge[1] for edge in (body[0], body[-1]) if str(edge[0]) == "LITERAL"]
    if most <= _MOST_BOUNDED and any(not _repeats_match(body, edge) for edge in edges):
        return None
    return f"repeats a repeat; put a fixed character at its edge and allow at most {_MOST_BOUNDED}"


def _varies(items: list[Any]) -> bool:
    return any(
        str(operation) in (*_REPEATS, "BRANCH") or any(map(_varies, _parts(str(operation), argument)))
        for operation, argument in items
    )


def _repeats_match(items: list[Any], character: int) -> bool:
    """Whether some repeat or choice in the sequence could match the character."""
    for operation, argument in items:
        for part in _parts(str(operation), argument):
            if str(operation) == "SUBPATTERN":
                if _repeats_match(part, character):
                    return True
            elif any(_matches(item, character) for item in part):
                return True
    return False


def _matches(item: tuple[Any, Any], character: int) -> bool:
    operation, argument = str(item[0]), item[1]
    if operation == "LITERAL":
        return bool(argument == character)
    if operation == "NOT_LITERAL":
        return bool(argument != character)
    if operation != "IN":
        return True
    is_negated, is_found = str(argument[0][0]) == "NEGATE", False
    for kind, value in argument:
        low, high = value if str(kind) == "RANGE" else (value, value)
        is_found = is_found or (str(kind) in ("LITERAL", "RANGE") and low <= character <= high)
    return is_found != is_negated


def _parts(operation: str, argument: Any) -> list[list[Any]]:
    """The sequences inside an element of a parsed pattern."""
    if operation in _REPEATS:
        return [list(argument[2])]
    if operation == "SUBPATTERN":
        return [list(argument[3])]
    if operation == "BRANCH":
        return [list(branch) for branch in argument[1]]
    return []
