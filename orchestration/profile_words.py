"""dbt's words on the tables that packs about people print, made from the typed rows of profiles/pack/tables.

`python -m orchestration.profile_words` (`make generated`) writes the file; a test proves that it is current, and
another that each model has the columns of its row. Not here: the SQL (dbt_project), the rows (profiles/pack/tables).
"""

from collections.abc import Iterator

from orchestration.settings import REPOSITORY
from orchestration.staging_words import words_under
from profiles.pack.room import room_of
from profiles.pack.rows import Row, columns_of, table_name, words_of

PROFILES = ("vawg", "missing", "visor")
FOLDER = REPOSITORY / "dbt_project" / "models" / "marts" / "profiles" / "people"
MODELS = FOLDER / "_people_profiles.yml"
_HEAD = "# Made from profiles/pack/tables by `make generated`; do not edit.\n"


def rows_with_models() -> Iterator[tuple[str, type[Row]]]:
    """Table and row of everything the profiles about people print and SQL models make."""
    for profile in PROFILES:
        room = room_of(profile)
        for row_type in room.rows:
            if row_type not in room.later:
                yield table_name(profile, row_type), row_type


def models_text() -> str:
    """The models with their columns, types and words."""
    lines = [_HEAD + "version: 2", "models:"]
    for table, row_type in rows_with_models():
        lines += _model(table, row_type)
    return "\n".join(lines) + "\n"


def _model(table: str, row_type: type[Row]) -> Iterator[str]:
    words = words_of(row_type)
    yield f"- name: {table}"
    yield from words_under("  description", (row_type.__doc__ or "").split("\n")[0])
    keys = ", ".join(("force_code", *row_type.key))
    yield from (
        "  data_tests:",
        "  - unique_together:",
        "      arguments:",
        f"        columns: [{keys}]",
        "  columns:",
    )
    for name, kind in columns_of(row_type).items():
        yield from (f"  - name: {name}", f"    data_type: {kind}")
        yield from words_under("    description", words[name])


if __name__ == "__main__":
    MODELS.write_text(models_text(), encoding="utf-8", newline="\n")
