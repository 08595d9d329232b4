"""The head of a pack: what stands on every page and at the top of the cover. The same for every profile.

Here: force, dates, marking, the pack before. Not here: which feeds were used (each profile says).
"""

from collections.abc import Iterable

from profiles.pack import formats as f
from profiles.pack.book import Book
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import PackHead
from profiles.pack.text import say


def head_of(book: Book, feeds_line: Text, contracts: Iterable[str]) -> PackHead:
    """The head; `contracts` are "feed version" of what the pack rests on."""
    force, frame, definition = book.force, book.frame, book.definition
    fictional = bool(force["is_fictional"])
    data_as_at = frame.fact("data_as_at")
    return PackHead(
        profile=definition.profile,
        file_name=definition.file_name,
        profile_code=definition.code,
        force_code=force["force_code"],
        force_name=force["force_name"],
        is_fictional=fictional,
        heading=definition.title,
        subheading=definition.subtitle,
        short_title=definition.short_title,
        audience=definition.audience,
        marking=definition.marking,
        state="DRAFT",
        handling_short="Invented data: no real force, place or person."
        if fictional
        else definition.standing["handling_short"],
        handling=definition.standing["handling"],
        as_of=frame.as_of.isoformat(),
        data_as_at=say("{day}", day=shown(f.on_day, data_as_at)),
        data_as_at_long=say("{day}", day=shown(f.on_weekday, data_as_at)),
        previous=_previous(book),
        released_by="Nobody: a draft made by the night run",
        feeds_line=feeds_line,
        contract_versions=tuple(sorted(contracts)),
    )


def _previous(book: Book) -> Text:
    previous = book.frame.previous
    if previous is None:
        return say("Last pack: none for this force")
    kind = "Last pack" if previous.is_released else "Last draft"
    return say("{kind}: {day}", kind=kind, day=shown(f.on_day, book.frame.fact("previous_as_of")))
