"""The box on which a person decides about one subject: fields that can be filled in the PDF or by hand.

Here: its choices and the names of its fields. Not here: reading a filled form (publish/forms.py), what a decision
changes (the marts).
"""

from profiles.pack.blocks import DecisionBox
from profiles.pack.tables.ranked import Ranked

CHOICES = (
    ("task", "Task"),
    ("known", "Already known and managed"),
    ("reject", "Reject: not this person or not a risk"),
    ("defer", "Defer: need more"),
)
REASONS = (
    ("risk real and unmanaged", "Risk real and unmanaged"),
    ("already managed", "Already managed"),
    ("wrong person joined", "Wrong person joined"),
    ("information wrong or old", "Information wrong or old"),
    ("risk not supported", "Risk not supported"),
    ("not lawful or proportionate", "Not lawful or proportionate"),
    ("need more", "Need more"),
    ("other", "Other: say in the note"),
)
FIELDS = (
    ("note", "Note in one line", 52),
    ("owner", "Owner", 28),
    ("due", "By date", 18),
    ("reviewer", "Reviewer, rank, no.", 29),
)


def decision_box(row: Ranked) -> DecisionBox:
    """The box of one person."""
    return DecisionBox(
        name=row.person_ref,
        title="Decision today",
        choices=CHOICES,
        reasons=REASONS,
        fields=FIELDS,
    )
