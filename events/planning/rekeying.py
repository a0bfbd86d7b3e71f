"""Where the occurrences of a series go when its times or its rule change: old starts to new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import LunarRecurrence
from core.recurrence import Recurrence

if TYPE_CHECKING:
    from events.expansion import Override
    from events.planning.commands import ActivityPlan

Rule = Recurrence | LunarRecurrence | None
Overrides = Mapping[datetime, "Override"]
ENDS = frozenset({"until", "count", "week_start", "base_year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """A plan and the starts that its rule gives, in order."""

    plan: ActivityPlan
    by_rule: Sequence[datetime]

    @property
    def rule(self) -> Rule:
        """The rule, solar or lunar."""
        return self.plan.recurrence or self.plan.lunar

    @property
    def days(self) -> dict[date, datetime]:
        """The start of each local day the rule gives."""
        return {local_day(start): start for start in self.by_rule}


def map_starts(old: Starts, new: Starts) -> dict[datetime, datetime]:
    """Each old start (of the rule, or an extra date) that the new series still has, to what it is called there.

    Where the series moved as a whole (another weekday, another day of the month, some days later), the n-th start
    becomes the n-th; where days only fell away or were added, and where the rule became another, a start keeps its
    local day.
    """
    if _moved_as_a_whole(old, new):
        found = dict(zip(old.by_rule, new.by_rule, strict=False))
    else:
        days = new.days
        found = {start: days[local_day(start)] for start in old.by_rule if local_day(start) in days}
    return _map_extra_dates(old, new) | found


def _moved_as_a_whole(old: Starts, new: Starts) -> bool:
    if _shape(old.rule) != _shape(new.rule):
        return False
    before, after = old.days.keys(), new.days.keys()
    return not (before <= after or after <= before)


def _shape(rule: Rule) -> tuple[object, ...]:
    """What two rules share that say the same of other days."""
    if rule is None:
        return ()
    parts = {each.name: getattr(rule, each.name) for each in fields(rule) if each.name not in ENDS}
    return (type(rule), *(len(value) if isinstance(value, tuple) else value for value in parts.values()))


def _map_extra_dates(old: Starts, new: Starts) -> dict[datetime, datetime]:
    """Extra dates by moment, then by local day, else in their order where as many are left as there were."""
    before, after = old.plan.extra_dates, new.plan.extra_dates
    days = {local_day(start): start for start in after}
    kept = {start: start if start in after else days.get(local_day(start)) for start in before}
    if not any(kept.values()) and len(before) == len(after):
        return dict(zip(before, after, strict=True))
    return {start: found for start, found in kept.items() if found is not None}


def move_overrides(
    overrides: Overrides, names: Mapping[datetime, datetime], *, lengths: tuple[timedelta, timedelta]
) -> dict[datetime, Override]:
    """The exceptions under the new starts; those without one are left out. `lengths` are the old and the new duration.

    One that was moved to another time goes as many days as its series went there and keeps its own hours; one that
    was only cancelled, renamed or placed elsewhere follows the series.
    """
    old_length, new_length = lengths
    moved = {}
    for start, override in overrides.items():
        name = names.get(start)
        if name is None:
            continue
        if override.interval == Interval(start, start + old_length):
            interval = Interval(name, name + new_length)
        else:
            interval = override.interval.shifted(whole_days(start, name))
        moved[name] = replace(override, interval=interval)
    return moved


def whole_days(old: datetime, new: datetime) -> timedelta:
    """From the local day of one moment to that of another."""
    return local_day(new) - local_day(old)


def local_day(moment: datetime) -> date:
    """The day in Vietnam."""
    return moment.astimezone(LOCAL_ZONE).date()
