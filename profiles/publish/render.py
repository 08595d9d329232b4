"""A pack to HTML: the environment of templates, and what those of packs may call.

Not here: the environment itself (environment.py), templates (report_templates/), arithmetic (geometry.py).
Everything is escaped; templates hold no `safe` filter, no query and no sum.
"""

from pathlib import Path

from jinja2 import Environment

from profiles.pack.model import ProfilePack
from profiles.publish import environment as templates
from profiles.publish import geometry
from profiles.publish.environment import TEMPLATES

__all__ = ["TEMPLATES", "environment", "render_html"]


def environment(folder: Path = TEMPLATES) -> Environment:
    """The environment of packs: the shared one, and the shapes that charts are drawn with."""
    made = templates.environment(folder)
    made.filters["r"] = geometry.r
    made.globals.update(
        spark=geometry.spark,
        spc=geometry.spc,
        interval=geometry.interval,
        axis=geometry.axis,
        stack=geometry.stack,
        hexagons=geometry.hexagons,
    )
    return made


def render_html(pack: ProfilePack) -> str:
    """The whole pack as one HTML document whose assets are named `pack:…`."""
    template = environment().get_template(f"{pack.head.profile}.html.j2")
    pages = {section.section_id: section for section in pack.sections}
    return template.render(head=pack.head, pack_id=pack.pack_id, sections=pack.sections, pages=pages)
