"""The one environment of templates: what packs, slips and the pages of operations are rendered with.

Everything is escaped whatever a template is called, and a name that is not there is an error. Not here: what packs may
call beyond that (render), templates (report_templates/).
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"


def environment(folder: Path = TEMPLATES) -> Environment:
    """A new environment over a folder of templates: autoescape on for every name, undefined names are errors."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
