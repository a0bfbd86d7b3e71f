"""Rule: an activity happens between the first and the last day of its campaign.

One finding for each activity. A warning: letters are prolonged, and summing-up comes after the last day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.clock import day_start
from core.conflicts import Conflict, Level
from core.text import inner_quotes
from core.vietnamese import format_date
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Task, World

CODE = "campaign_window"
LEVEL = Level.WARNING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new activity with a day outside its campaign's window."""
    for finding in by_activity(_outside(tasks, world)):
        campaign = world.campaigns[finding.task.activity.campaign_id]
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(finding.task.uid,),
            interval=interval_of(finding.task),
            message=f"{finding.label} nằm ngoài thời gian của kế hoạch «{inner_quotes(campaign.name)}» "
            f"({format_date(campaign.first_day)}–{format_date(campaign.last_day)}); "
            "hãy chọn ngày trong thời gian đó hoặc sửa thời gian của kế hoạch.",
        )


def _outside(tasks: Sequence[Task], world: World) -> Iterator[tuple[Task, str]]:
    windows = {
        key: (day_start(campaign.first_day.toordinal()), day_start(campaign.last_day.toordinal() + 1))
        for key, campaign in world.campaigns.items()
    }
    for task in tasks:
        window = windows.get(task.activity.campaign_id)
        if task.is_new and window and (task.start < window[0] or task.end > window[1]):
            yield task, ""
