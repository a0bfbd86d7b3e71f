"""The changes of an activity that might mend a conflict, each as a whole state; nothing is checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.intervals import Interval
from core.vietnamese import format_date, format_number, format_time, format_weekday
from events.models import Campaign
from events.planning.alternatives import alternatives_to, venues_instead_of
from events.planning.states import ActivityState
from events.planning.troubles import Trouble, local_day
from events.rules.ranking import Remedy, cost_of, day_distance, days_to_try, minutes_to_try
from venues.models import Space

if TYPE_CHECKING:
    from datetime import date

    from events.expansion import Slot
    from events.planning.alternatives import Alternative

WHOLE_SERIES: Final = 5_000  # added to the cost within a remedy where every occurrence changes
EARLIEST, LATEST = 6, 23  # hours between which nobody minds a start or an end
FARTHEST_PAPER: Final = 75  # days a lead time may push an activity: 30 working days and the holidays between
DAYS_INSIDE: Final = 7  # of the campaign, from its edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A changed activity, what it takes to get there, and how to say so."""

    remedy: Remedy
    cost: int
    label: str
    state: ActivityState


Way = Callable[[Trouble], Iterator[Candidate]]


def candidates_for(trouble: Trouble) -> list[Candidate]:
    """All changes worth trying, the smallest first; none for a conflict that the plan itself cannot mend."""
    found = [each for way in WAYS.get(trouble.conflict.code, ()) for each in way(trouble)]
    return sorted(found, key=lambda each: each.cost)


def _other_hours(trouble: Trouble) -> Iterator[Candidate]:
    """Another hour of the same day; of one occurrence, and of a whole series where the whole series clashes."""
    if trouble.state.plan.all_day:
        return
    for slot in trouble.clashing:
        for minutes in minutes_to_try():
            moved = slot.interval.shifted(timedelta(minutes=minutes)).local()
            if _is_decent(slot.interval.local(), moved):
                label = _("Start at %(time)s the same day") % {"time": format_time(moved.start)}
                state = trouble.moved(slot, moved)
                yield _candidate(trouble, slot, remedy=Remedy.HOUR, amount=abs(minutes), label=label, state=state)
    if trouble.is_whole:
        yield from _other_hours_of_all(trouble)


def _other_hours_of_all(trouble: Trouble) -> Iterator[Candidate]:
    usual = trouble.state.plan.interval
    for minutes in minutes_to_try():
        by = timedelta(minutes=minutes)
        moved = usual.shifted(by).local()
        if _is_decent(usual.local(), moved):
            label = _("Start at %(time)s the same day") % {"time": format_time(moved.start)}
            state = trouble.shifted(by)
            yield _candidate(trouble, None, remedy=Remedy.HOUR, amount=abs(minutes), label=label, state=state)


def _is_decent(old: Interval, new: Interval) -> bool:
    """On the same local days, and not in the small hours unless it was there before."""
    if (old.start.date(), old.end.date()) != (new.start.date(), new.end.date()):
        return False
    begins = new.start.hour >= EARLIEST or old.start.hour < EARLIEST
    return begins and ((new.end.hour, new.end.minute) <= (LATEST, 0) or new.end <= old.end)


def _earlier_ends(trouble: Trouble) -> Iterator[Candidate]:
    """The same start and an earlier end, half as long at least."""
    for slot in trouble.clashing:
        local = slot.interval.local()
        for minutes in minutes_to_try():
            end = local.end + timedelta(minutes=minutes)
            if minutes < 0 and (end - local.start) * 2 >= slot.interval.duration:
                label = _("End at %(time)s instead of %(old)s") % {
                    "time": format_time(end),
                    "old": format_time(local.end),
                }
                state = trouble.moved(slot, Interval(local.start, end))
                yield _candidate(trouble, slot, remedy=Remedy.HOUR, amount=abs(minutes), label=label, state=state)


def _other_days(trouble: Trouble) -> Iterator[Candidate]:
    """Another day within a fortnight, at the same hour."""
    for slot in trouble.clashing:
        for days in days_to_try():
            yield from _on_day(trouble, slot, days)


def _days_after(trouble: Trouble) -> Iterator[Candidate]:
    """The days after, as far as a paper may need."""
    for slot in trouble.clashing:
        for days in range(1, FARTHEST_PAPER + 1):
            yield from _on_day(trouble, slot, days, felt=days)


def _days_of_campaign(trouble: Trouble) -> Iterator[Candidate]:
    """The nearest days within the campaign's window."""
    window = Campaign.objects.filter(pk=trouble.state.plan.campaign_id).values_list("starts_on", "ends_on").first()
    if window is not None:
        for slot in trouble.clashing:
            for days in _into(window, slot):
                yield from _on_day(trouble, slot, days, felt=abs(days))


def _into(window: tuple[date, date], slot: Slot) -> Iterator[int]:
    first, last = local_day(slot.interval.start), local_day(slot.interval.end - timedelta(microseconds=1))
    for further in range(DAYS_INSIDE):
        yield (window[0] - first).days + further if first < window[0] else (window[1] - last).days - further


def _on_day(trouble: Trouble, slot: Slot, days: int, *, felt: int | None = None) -> Iterator[Candidate]:
    """The occurrence some days later; `felt` is how far that is, unless as far as on any other day."""
    moved = slot.interval.shifted(timedelta(days=days)).local()
    day = moved.start.date()
    if day >= trouble.earliest:
        label = _("Move to %(weekday)s %(day)s") % {"weekday": format_weekday(day), "day": format_date(day)}
        state = trouble.moved(slot, moved)
        amount = day_distance(days) if felt is None else felt
        yield _candidate(trouble, slot, remedy=Remedy.DAY, amount=amount, label=label, state=state)


def _other_resources(trouble: Trouble) -> Iterator[Candidate]:
    """What else could be taken instead of the resources that the conflict turns on."""
    for old in _at_stake(trouble):
        for alternative in alternatives_to(old):
            yield from _taking(trouble, alternative, old)


def _at_stake(trouble: Trouble) -> tuple[int, ...]:
    """The resources that `about` names, else the spaces taken, as far as a clashing occurrence takes them."""
    taken = {key for slot in trouble.clashing for key in trouble.resources_of(slot)}
    table, _slash, rest = trouble.conflict.about.partition("/")
    if table == "resource":
        return tuple(key for key in map(int, rest.partition("/")[0].split(",")) if key in taken)
    rows = Space.objects.filter(resource__in=taken).order_by("resource_id")
    if table == "place":
        rows = rows.filter(venue=int(rest))
    return tuple(rows.values_list("resource_id", flat=True))


def _other_venues(trouble: Trouble) -> Iterator[Candidate]:
    """Another venue nearby, where no space of the one that the conflict turns on is taken."""
    table, _slash, rest = trouble.conflict.about.partition("/")
    if table == "place" and not _at_stake(trouble):
        for alternative in venues_instead_of(int(rest)):
            yield from _taking(trouble, alternative, None)


def _taking(trouble: Trouble, alternative: Alternative, old: int | None) -> Iterator[Candidate]:
    label = _instead(alternative, "" if old is None else trouble.names.get(old, ""))
    slots: tuple[Slot | None, ...] = (*trouble.clashing, None) if trouble.is_whole else trouble.clashing
    for slot in slots:
        state = trouble.taking(alternative, old, slot)
        amount = alternative.amount
        yield _candidate(trouble, slot, remedy=alternative.remedy, amount=amount, label=label, state=state)


def _instead(alternative: Alternative, old: str) -> str:
    names = {"new": alternative.name, "old": old, "km": format_number(alternative.metres / 1000, 1)}
    if alternative.remedy in {Remedy.TEAM, Remedy.TEAM_OF_UNIT}:
        return _("Give it to %(new)s instead of %(old)s") % names
    if alternative.remedy is Remedy.SPACE_NEAR:
        return _("Use %(new)s, %(km)s km away") % names
    return _("Use %(new)s instead of %(old)s") % names


def _skip(trouble: Trouble) -> Iterator[Candidate]:
    """Leave one occurrence of a series out."""
    if trouble.is_series and len(trouble.slots) > 1:
        for slot in trouble.clashing:
            day = format_date(local_day(slot.interval.start))
            label = _("Skip the occurrence of %(day)s; it can be added back later") % {"day": day}
            cost = cost_of(Remedy.SKIP)
            yield Candidate(remedy=Remedy.SKIP, cost=cost, label=label, state=trouble.skipped(slot))


def _candidate(
    trouble: Trouble, slot: Slot | None, *, remedy: Remedy, amount: int, label: str, state: ActivityState
) -> Candidate:
    """Say of a series whether one occurrence changes or all do; all are the greater change."""
    if slot is None:
        amount += WHOLE_SERIES
        label = _("%(change)s, for all occurrences") % {"change": label}
    elif trouble.is_series:
        day = format_date(local_day(slot.interval.start))
        label = _("%(change)s, only the occurrence of %(day)s") % {"change": label, "day": day}
    return Candidate(remedy=remedy, cost=cost_of(remedy, amount), label=label, state=state)


WAYS: Final[dict[str, tuple[Way, ...]]] = {
    "double_booking": (_other_hours, _other_resources, _other_days, _skip),
    "closure": (_other_hours, _other_resources, _other_venues, _other_days, _skip),
    "opening_hours": (_other_hours, _other_resources, _other_venues, _other_days, _skip),
    "capacity": (_other_resources,),
    "travel": (_other_hours, _other_resources, _other_days, _skip),
    "team_hours": (_other_hours, _other_resources, _other_days, _skip),
    "team_load": (_other_resources, _other_days, _skip),
    "campaign_window": (_days_of_campaign, _skip),
    "lead_time": (_days_after, _skip),
    "quiet_hours": (_other_hours, _earlier_ends, _other_resources, _other_venues),
    "festival_clash": (_other_days, _skip),
    "mourning": (_other_days, _skip),
}
