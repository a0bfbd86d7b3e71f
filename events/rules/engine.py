"""The conflict engine: every rule over every task, in one fixed order.

A rule is a module of this package (or of an upper room's `rules`) with a CODE, the LEVEL of its gravest finding and
`check(tasks, world)`, which yields conflicts. Rules read only what they are given; `events.planning` loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from events.rules import (
    border_notice,
    campaign_window,
    capacity,
    closure,
    double_booking,
    festival_clash,
    lead_time,
    mourning,
    opening_hours,
    quiet_hours,
    team_hours,
    team_load,
    travel,
    validity,
)
from events.rules.facts import Task, World

if TYPE_CHECKING:
    from core.conflicts import Conflict

Rule = Callable[[Sequence[Task], World], "Iterator[Conflict]"]

# In the order in which a planner meets them: what cannot be, then what the law asks, then what is unwise.
RULES: Final[tuple[Rule, ...]] = (
    double_booking.check,
    closure.check,
    travel.check,
    validity.check,
    mourning.check,
    lead_time.check,
    border_notice.check,
    quiet_hours.check,
    campaign_window.check,
    opening_hours.check,
    capacity.check,
    team_hours.check,
    team_load.check,
    festival_clash.check,
)


def find_conflicts(tasks: Iterable[Task], world: World, rules: Sequence[Rule] = RULES) -> list[Conflict]:
    """Return what the rules find, in the order of the rules, then of time, subjects and what it is about.

    Only findings that involve a new task; with every task new it is the check of a whole plan. Tasks may come in any
    order. O(n log n) and a pass a rule, where nothing clashes.
    """
    ordered = sorted(tasks, key=itemgetter(2, 3))  # start and end; ties stay as given
    found: list[Conflict] = []
    for rule in rules:
        found.extend(sorted(rule(ordered, world), key=_order))
    return found


def _order(conflict: Conflict) -> tuple[float, tuple[str, ...], str]:
    interval = conflict.interval
    return interval.start.timestamp() if interval else 0.0, conflict.subjects, conflict.about
