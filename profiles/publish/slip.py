"""The issue slip as a page: what a person released, which file, and which copy went to whom.

Here: its HTML, from the shared environment. Not here: the rules of release (governance/release.py), the PDF (pdf.py).
"""

from governance.release import IssueSlip
from profiles.pack.dates import day
from profiles.publish.render import environment


def render_slip(slip: IssueSlip) -> str:
    """One page of HTML for a slip."""
    released = f"{day(slip.released_at.date())}, {slip.released_at:%H:%M} UTC"
    return environment().get_template("slip.html.j2").render(slip=slip, released=released)
