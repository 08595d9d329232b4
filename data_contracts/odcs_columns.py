"""The properties of a contract as Column records.

Not here: the rules that follow from them (derived) or are written beside them (odcs_rules), whether they are wise
(lint_columns).
"""

from data_contracts import formats
from data_contracts.columns import ALWAYS_BOUND, BINDABLE, Column, Unmapped
from data_contracts.model import Canonical
from data_contracts.yaml_node import Node

_ISO = {"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}  # how a constant is written
_PROPERTIES = ("codeMap", "unmapped", "nullWords", "constant", "isIgnored", "isOptionalHeading", "withRole")
_KEYS = (
    "name", "physicalName", "logicalType", "logicalTypeOptions", "required", "description", "quality",
    "customProperties",
)  # fmt: skip


def text_column(item: Node, canonical: Canonical) -> Column:
    """A column that lands as the text received."""
    custom = item.custom(("isOptionalHeading",))
    name = item.get("name").text()
    known = {field.name: field for field in canonical.fields}
    return Column(
        physical=item.get("physicalName").text(),
        name=name,
        logical_type=known[name].logical_type if name in known else "string",
        required=False,  # said by its rules
        is_optional="isOptionalHeading" in custom and custom["isOptionalHeading"].flag(),
    )


def typed_column(item: Node, canonical: Canonical, null_words: tuple[str, ...]) -> Column:
    """A column that lands as a typed value. `null_words` are those of the contract as a whole."""
    item.only(_KEYS)
    custom = item.custom(_PROPERTIES)
    if "isIgnored" in custom and custom["isIgnored"].flag():
        return _ignored(item, custom)
    name = item.get("name").text()
    kind, required, codes = _meaning(item, name, canonical)
    own_words, said = custom.get("nullWords"), item.find("required")
    constant, optional = custom.get("constant"), custom.get("isOptionalHeading")
    if (constant is None) == (item.find("physicalName") is None):
        raise item.error(f"{name} needs either a physicalName or a constant")
    code_map, unmapped = custom.get("codeMap"), custom.get("unmapped")
    return Column(
        physical="" if constant else item.get("physicalName").text(),
        name=name,
        logical_type=kind,
        required=required or (said.flag() if said else name in BINDABLE and BINDABLE[name].required),
        format=_format(item, kind, is_constant=constant is not None),
        code_map=_code_map(code_map) if code_map else (),
        codes=codes,
        unmapped=Unmapped(unmapped.choice(Unmapped)) if unmapped else Unmapped.QUARANTINE,
        null_words=words(own_words) if own_words else null_words,
        constant=constant.code() if constant else None,
        is_optional=optional.flag() if optional else False,
        with_role=custom["withRole"].flag() if "withRole" in custom else False,
    )


def words(node: Node) -> tuple[str, ...]:
    """A list of texts as a force writes them; numbers stand for their digits."""
    return tuple(item.code() for item in node.items())


def _ignored(item: Node, custom: dict[str, Node]) -> Column:
    optional = custom.pop("isOptionalHeading", None)
    unwanted = ({*custom} - {"isIgnored"}) | (
        item.mapping().keys() & {"required", "logicalTypeOptions", "quality"}
    )
    for name in sorted(unwanted):
        raise item.error(f"{item.get('name').text()} is left out on purpose, so it can have no {name}")
    return Column(
        physical=item.get("physicalName").text(),
        name=item.get("name").text(),
        logical_type="string",
        required=False,
        is_ignored=True,
        is_optional=optional.flag() if optional else False,
    )


def _meaning(item: Node, name: str, canonical: Canonical) -> tuple[str, bool, tuple[str, ...]]:
    """Logical type, whether it may never be empty, and code list, as the canonical feed or the spine has them."""
    known = {field.name: field for field in canonical.fields}
    if name in known:
        kind, required, codes = known[name].logical_type, known[name].required, known[name].code_list
    elif name in BINDABLE:
        kind, required, codes = BINDABLE[name].logical_type, name in ALWAYS_BOUND, BINDABLE[name].codes
    else:
        place = item.get("name")
        raise place.error(f"{name!r} is neither a field of {canonical.feed} nor {', '.join(BINDABLE)}")
    if kind == "month":
        raise item.error(f"{name} is a month, which cannot land as a typed value; declare a date instead")
    said = item.find("logicalType")
    if said and said.text() != kind:
        raise said.error(f"logicalType of {name} is {kind} for every force; write the same")
    return kind, required, codes


def _format(item: Node, kind: str, *, is_constant: bool) -> str:
    options = item.find("logicalTypeOptions")
    written = options.find("format") if options else None
    if kind not in _ISO:
        if options:
            raise options.error(f"a {kind} has no logicalTypeOptions; leave them out")
        return ""
    if written is None:
        if is_constant:
            return _ISO[kind]
        name = item.get("name").text()
        raise item.error(f"{name} is a {kind}, so it needs a format; add logicalTypeOptions: {{format: …}}")
    if problem := formats.problem_of(written.text()):
        raise written.error(f"the format {problem}")
    return written.text()


def _code_map(node: Node) -> tuple[tuple[str, str], ...]:
    pairs = []
    for written in node.mapping():
        if not written.strip():
            raise node.error("codeMap has an empty key; an empty value is empty without a map")
        pairs.append((written, node.get(written).code()))
    return tuple(pairs)
