"""A pack to HTML: the environment of templates, and what those of packs may call.

Not here: the environment itself (environment.py), templates (report_templates/), arithmetic (geometry.py).
Everything is escaped; templates hold no `safe` filter, no query and no sum.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment

from profiles.pack.model import ProfilePack
from profiles.publish import environment as templates
from profiles.publish import geometry, geometry_maps, geometry_people
from profiles.publish.environment import TEMPLATES

__all__ = ["TEMPLATES", "environment", "render_html"]


@cache  # templates are compiled once a process
def environment(folder: Path = TEMPLATES) -> Environment:
    """The environment of packs: the shared one, and the shapes that charts are drawn with."""
    made = templates.environment(folder)
    made.filters["r"] = geometry.r
    made.globals.update(
        spark=geometry.spark,
        chart_width=geometry.chart_width,
        spark_width=geometry.spark_width,
        spc=geometry.spc,
        interval=geometry.interval,
        axis=geometry.axis,
        stack=geometry.stack,
        hexagons=geometry_maps.hexagons,
        slope=geometry_people.slope,
        heat=geometry_people.heat,
        timeline=geometry_people.timeline,
        ticks=geometry_people.ticks,
        ego=geometry_people.ego,
        icons=geometry_people.icons,
        calibration=geometry_people.calibration,
        dots=geometry_people.dots,
    )
    return made


def sheets_in_order(pack: ProfilePack) -> dict[str, int]:
    """The sheet each page starts on, when every page takes one."""
    return {section.section_id: number for number, section in enumerate(pack.sections, start=1)}


def render_html(pack: ProfilePack, numbers: Mapping[str, int] | None = None, pack_id: str = "") -> str:
    """The whole pack as one HTML document whose assets are named `pack:…`; `numbers` are the sheets pages start on, and
    a part of a pack bears the `pack_id` of the whole."""
    template = environment().get_template(f"{pack.head.profile}.html.j2")
    pages = {section.section_id: section for section in pack.sections}
    return template.render(
        head=pack.head,
        pack_id=pack_id or pack.pack_id,
        sections=pack.sections,
        pages=pages,
        numbers=numbers or sheets_in_order(pack),
    )
