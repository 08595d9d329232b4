"""Times that say the same twice: a field of a feed that is also when the thing began or ended.

A contract may bind one heading to both. Not here: matching (matching), writing the contract (draft).
"""

from typing import Final

TIMES: Final = ("occurred_from", "occurred_to")
# feed: time of the spine, the feed's own field that says the same
SAME: Final = {
    "advert_referral": ("occurred_from", "posted_at"),
    "custody": ("occurred_to", "released_at"),
    "managed_visit": ("occurred_from", "planned_date"),
    "missing_episode": ("occurred_to", "returned_at"),
    "order": ("occurred_from", "start_date"),
    "placement": ("occurred_to", "ended_at"),
}
# feed: fields that come nearest to when it happened, where no heading says so; the moment of recording is the last
NEAREST: Final = {
    "crime": ("reported_at",),
    "custody": ("arrested_at",),
    "managed_offender": ("notification_start_date", "conviction_date"),
    "missing_episode": ("reported_at",),
    "notification": ("made_at", "due_date"),
    "order": ("start_date",),
    "return_interview": ("held_at",),
    "safeguarding": ("meeting_date",),
}
