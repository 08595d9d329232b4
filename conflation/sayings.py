"""What tonight's mentions say: texts read once, their standard form digested, the nodes that stand for them.

What was read on an earlier night is not read again (kept.py). A value that turns out to be generic tonight joins the
list, and then every mention that bears it is read anew, because its digest was taken while the value still counted. Not
here: comparing nodes (nightly.py).
"""

from collections.abc import Sequence

from conflation import frequencies, generic
from conflation.columns import ColumnMap
from conflation.model import Model
from conflation.standardise import EVIDENCE, standardise
from conflation.within import INNER_ONLY
from conflation.workspace import Connection, ask, columns_of, one, text

IDENTITY = {
    **{
        "record_id": "mention_id",
        "forename": "forename",
        "middle_names": "middle_names",
        "surname": "surname",
    },
    **{
        "date_of_birth": "birth_date",
        "birth_year": "birth_year",
        "sex": "sex",
        "address": "address_line",
        "postcode": "postcode",
    },
    **{
        "phone": "phone",
        "email": "email",
        "pnc_id": "pnc_id",
        "cro": "cro_number",
        "local_id": "nominal_key",
    },
}
MAP = ColumnMap(IDENTITY)
KNOWN = {
    "known_readings": {"reading": "varchar", "said": "varchar"},
    "known_pairs": INNER_ONLY,
    "known_inner_only": INNER_ONLY,
    "known_clusters": {
        **{"record_id": "varchar", "component": "varchar", "cluster": "varchar", "concern": "varchar"},
        "is_decided": "boolean",
    },
    "known_generic": {
        "column_name": "varchar",
        "value": "varchar",
        "n_mentions": "bigint",
        "n_people": "bigint",
    },
}
KINDS = {"forename_roots": "varchar[]"}
Told = tuple[str, str, str]
READ = [heading for name, heading in IDENTITY.items() if name != "record_id"]


def forget(con: Connection, model: Model) -> None:
    """Start with nothing known; the list of generic values stays as long as it has grown."""
    said = ", ".join(f"null::{KINDS.get(name, 'varchar')} as {name}" for name in model.columns)
    ask(con, f"create or replace table known_nodes as select null::varchar as record_id, {said} where false")
    for name, columns in KNOWN.items():
        cells = ", ".join(f"null::{kind} as {column}" for column, kind in columns.items())
        ask(con, f"create or replace table {name} as select {cells} where false")


def forget_generic(con: Connection, model: Model) -> None:
    """Forget what was read with a value that counts as generic only since tonight: its mentions say less now."""
    told = " or ".join(
        f"{name} in (select value from generic_since where column_name = '{name}')"
        for name in generic.MOST_PEOPLE
        if name in model.columns
    )
    ask(con, f"create or replace table spoiled as select record_id as said from known_nodes where {told}")
    ask(con, "delete from known_readings where said in (select said from spoiled)")
    ask(con, "delete from known_nodes where record_id in (select said from spoiled)")
    ask(con, "drop table spoiled")


def read(con: Connection, mentions: str, model: Model) -> None:
    """Read mentions whose text was never read: `readings` (record_id, reading), and `fresh`, their standard form."""
    cells = ", ".join(f"coalesce(cast({heading} as varchar), chr(1))" for heading in READ)
    digest = f"md5(concat_ws(chr(2), {cells}))"
    ask(
        con,
        f"create or replace table readings as select mention_id as record_id, {digest} as reading from {mentions}",
    )
    ask(
        con,
        "create or replace table unread as select m.* replace (r.reading as mention_id)"
        f" from {mentions} m join (select min(record_id) as record_id, reading from readings"
        " anti join known_readings using (reading) group by reading) r on r.record_id = m.mention_id",
    )
    ask(con, "drop table if exists standard")
    standardise(con, "unread", MAP, None, "standard")
    columns = columns_of(con, "standard")
    held = ", ".join(name if name in columns else f"null::varchar as {name}" for name in model.columns)
    ask(con, f"create or replace table fresh as select record_id, {held} from standard")


def found_generic(con: Connection, model: Model) -> bool:
    """Whether values of tonight's new readings became generic; if so they join the list, and `generic_since`."""
    ask(
        con,
        "insert into generic_values select * from known_generic anti join generic_values using (column_name, value)",
    )
    shared = [name for name in generic.MOST_PEOPLE if name in model.columns]
    told = " or ".join(f"{name} in (select {name} from fresh where {name} is not null)" for name in shared)
    known = f"select * from known_nodes where {told or 'false'}"
    ask(con, f"create or replace table suspects as from fresh union all by name ({known})")
    generic.find(con, "suspects", "generic_tonight")
    ask(
        con,
        "create or replace table generic_since as select * from generic_tonight"
        " anti join generic_values using (column_name, value)",
    )
    ask(con, "insert into generic_values from generic_since")
    ask(con, "drop table suspects")
    return bool(one(con, "select count(*) from generic_since"))


def tonights_nodes(con: Connection, model: Model, decided: Sequence[Told]) -> int:
    """Make `copies` and `nodes_plain` of tonight, and `new_nodes` among them; gives how many are new.

    `nodes` is a view that lays frequencies on: dear for all nodes, and few are compared on most nights.

    A node is the digest of what a mention says, with a mark for the second copy, or for one that people decided about.
    """
    generic.strike(con, "fresh", "generic_values", "struck")
    said = ", ".join(f"coalesce({name}, chr(1))" for name in EVIDENCE if name in model.columns)
    ask(
        con,
        f"create or replace table sayings as select md5(concat_ws(chr(2), {said})) as said, * from struck",
    )
    ask(
        con,
        "create or replace table all_readings as select reading, said from known_readings union all"
        " select record_id, said from sayings",
    )
    singled = ", ".join(text(name) for name in sorted({m for a, b, _ in decided for m in (a, b)})) or "null"
    ask(
        con,
        "create or replace table copies as with numbered as (select *, row_number() over (partition by first_node"
        " order by record_id) as copy from (select r.record_id, a.said, a.said || case when r.record_id in"
        f" ({singled}) then '@' || r.record_id else '' end as first_node"
        " from readings r join all_readings a using (reading)))"
        " select record_id, said, first_node || case when copy = 2 then '+' else '' end as node, first_node, copy"
        " from numbered",
    )
    columns = ", ".join(model.columns)
    ask(
        con,
        f"create or replace table new_sayings as select said as record_id, {columns} from sayings"
        " anti join known_nodes k on k.record_id = said"
        " qualify row_number() over (partition by said order by sayings.record_id) = 1",
    )
    ask(
        con,
        f"create or replace table nodes_plain as select c.node as record_id, {columns} from copies c join"
        f" (select record_id as said, {columns} from known_nodes union all"
        f" select record_id, {columns} from new_sayings) using (said) where c.copy <= 2",
    )
    ask(con, f"create or replace view nodes as {frequencies.laid_sql('nodes_plain', model.rarities)}")
    ask(
        con,
        "create or replace table new_nodes as select * from nodes_plain anti join known_clusters using (record_id)",
    )
    return int(one(con, "select count(*) from new_nodes"))
