"""Limits on a whole delivery, as a contract writes them.

Not here: what they are (limits), the rest of a contract (odcs).
"""

from data_contracts.limits import RowLimit, Tolerance, Volume, VolumeAction
from data_contracts.yaml_node import Node


def row_limits(schema: Node) -> tuple[RowLimit, RowLimit]:
    """Floor and ceiling from the two rowCount checks; a feed without them does not load."""
    found: dict[str, RowLimit] = {}
    listed = schema.find("quality")
    for item in listed.items() if listed else ():
        item.get("metric").choice(("rowCount",))
        for operator in ("mustBeGreaterOrEqualTo", "mustBeLessOrEqualTo"):
            if limit := item.find(operator):
                found[operator] = RowLimit(limit.whole(), item.get("description").flat())
    if len(found) != 2:
        raise schema.error(
            f"{schema.get('name').text()} needs a floor and a ceiling of rows: two rowCount checks,"
            " mustBeGreaterOrEqualTo and mustBeLessOrEqualTo, each with its reason as description"
        )
    return found["mustBeGreaterOrEqualTo"], found["mustBeLessOrEqualTo"]


def freshness(root: Node) -> int:
    """Days after which a feed is late."""
    for item in root.get("slaProperties").items():
        if item.get("property").text() == "freshness":
            item.get("unit").choice(("d",))
            return item.get("value").whole()
    raise root.get("slaProperties").error("freshness is missing; add it, in days")


def volume(node: Node) -> Volume:
    """Rows expected beside earlier deliveries."""
    node.only(("low", "high", "window", "action"))
    action = VolumeAction(node.get("action").choice(VolumeAction))
    return Volume(node.get("low").number(), node.get("high").number(), node.get("window").whole(), action)


def tolerance(node: Node | None) -> Tolerance:
    """Shares of rows that may be refused; those of the house where a contract says nothing."""
    if node is None:
        return Tolerance()
    node.only(("rows", "keys"))
    shares = node.get("rows").number(), node.get("keys").number()
    if not all(0 <= share <= 1 for share in shares):
        raise node.error("tolerance is given in shares, from 0 to 1")
    return Tolerance(*shares)
