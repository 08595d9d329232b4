"""When things run: the night at 02:30 local time. One schedule, off until somebody switches it on.

Not here: what runs (jobs).
"""

import dagster as dg

from orchestration.jobs import nightly

nightly_schedule = dg.ScheduleDefinition(
    name="nightly_at_half_past_two", job=nightly, cron_schedule="30 2 * * *", execution_timezone="Europe/London",
    description="After midnight exports have arrived and before the early tasking meeting.",
)  # fmt: skip
