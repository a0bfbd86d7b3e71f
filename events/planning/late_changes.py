"""What a save changes within the next day: when or where something takes place, or whether. Kept, to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

from core.intervals import Interval
from events.models import Occurrence, Status, UrgentChange
from events.planning.drafting import Draft, expanded, starts_of
from events.planning.horizon import bounds_for
from events.planning.rekeying import map_starts
from events.registries import ask_to_tell
from venues.models import DisplaySite, Venue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from events.expansion import Slot
    from events.models import Activity
    from events.planning.states import ActivityState

AHEAD: Final = timedelta(hours=24)
TAKES_PLACE: Final = frozenset({Status.CONFIRMED, Status.DONE})
Json = dict[str, Any]
Place = tuple[str, int]  # "venue" or "site", and its key


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An occurrence of a draft: what people can count on is that it takes place, when and where."""

    plan: Draft
    slot: Slot

    @property
    def takes_place(self) -> bool:
        """Whether it is announced and not called off."""
        return self.plan.status_of(self.slot) in TAKES_PLACE

    @property
    def places(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Keys of its venues and of its display sites."""
        plan = self.plan.plan
        return self.plan.venues_of(self.slot), plan.site_ids if self.slot.site_ids is None else self.slot.site_ids

    def within(self, window: Interval) -> Interval | None:
        """The part of its time that lies in the window; None if none does, or if it does not take place."""
        interval = self.slot.interval
        if not self.takes_place or not interval.overlaps(window):
            return None
        return Interval(max(interval.start, window.start), min(interval.end, window.end))


Pair = tuple[Held | None, Held | None]


def near_now(drafts: Iterable[Draft], *, material: Collection[str], now: datetime) -> list[Draft]:
    """Those of the drafts that have, or had, an occurrence within a day of `now`; to be asked before they are stored.

    `material` are the UIDs of those whose time, place or status change. One query at most, none for none.
    """
    window = Interval(now, now + AHEAD)
    asked = [each for each in drafts if each.activity is None or each.uid in material]
    keys = [each.activity.pk for each in asked if each.activity is not None and _may_be_near(each.before, window)]
    rows = Occurrence.objects.filter(activity__in=keys, start__lt=window.end, end__gt=window.start)
    had = set(rows.order_by().values_list("activity_id", flat=True)) if keys else set()
    return [
        each
        for each in asked
        if (each.activity is not None and each.activity.pk in had)
        or any(slot.interval.overlaps(window) for slot in each.slots)
    ]


def _may_be_near(state: ActivityState | None, window: Interval) -> bool:
    """Whether the database must be asked: a series that begins later has nothing before, but for what is its own."""
    if state is None or state.overrides or state.plan.extra_dates:
        return state is not None
    return state.plan.interval.start < window.end


def record_late_changes(drafts: Iterable[Draft], *, stored: Mapping[str, Activity], now: datetime) -> None:
    """Keep what these drafts, just stored, change within a day of `now`, in the caller's transaction.

    What tells people of it is asked in the same transaction (`PANO_LATE_CHANGE_TELLER`): neither stands without the
    other.
    """
    window = Interval(now, now + AHEAD)
    found = [(stored[each.uid], pair) for each in drafts for pair in _pairs(each) if _is_late(pair, window)]
    if not found:
        return
    names = _place_names([held for _activity, pair in found for held in pair if held is not None])
    UrgentChange.objects.bulk_create(_row(activity, pair, names=names, now=now) for activity, pair in found)
    ask_to_tell()


def _pairs(each: Draft) -> Iterator[Pair]:
    """Each occurrence as it was and as it is; a start that was moved with its series is followed."""
    new = {slot.recurrence_id: Held(plan=each, slot=slot) for slot in each.slots}
    if each.before is not None:
        reach = [bounds_for(plan, each.activity) for plan in (each.before.plan, each.plan)]
        before = expanded(each.before, uid=each.uid, bounds=reach[0])
        moved = map_starts(starts_of(each.before.plan, reach[0]), starts_of(each.plan, reach[1]))
        for slot in before.slots:
            yield Held(plan=before, slot=slot), new.pop(moved.get(slot.recurrence_id, slot.recurrence_id), None)
    for held in new.values():
        yield None, held


def _is_late(pair: Pair, window: Interval) -> bool:
    before, after = (None if held is None else held.within(window) for held in pair)
    if before is None and after is None:
        return False
    return before != after or _places(pair[0]) != _places(pair[1])


def _places(held: Held | None) -> object:
    return None if held is None else held.places


def _place_names(held: Sequence[Held]) -> dict[Place, str]:
    """The names of all places concerned; two queries."""
    keys = [{key for each in held for key in each.places[index]} for index in (0, 1)]
    venues = Venue.objects.filter(id__in=keys[0]).values_list("id", "name")
    sites = DisplaySite.objects.filter(id__in=keys[1]).values_list("id", "name")
    return {("venue", key): name for key, name in venues} | {("site", key): name for key, name in sites}


def _row(activity: Activity, pair: Pair, *, names: Mapping[Place, str], now: datetime) -> UrgentChange:
    before, after = (None if held is None else _told(held, names) for held in pair)
    last = pair[1] or pair[0]
    return UrgentChange(
        activity=activity,
        recurrence_id=now if last is None else last.slot.recurrence_id,
        at=now,
        before=before,
        after=after,
    )


def _told(held: Held, names: Mapping[Place, str]) -> Json:
    venues, sites = held.places
    interval = held.slot.interval
    wanted = [*(("venue", key) for key in venues), *(("site", key) for key in sites)]
    return {
        "recurrence_id": _moment(held.slot.recurrence_id),
        "title": held.slot.title or held.plan.plan.title,
        "start": _moment(interval.start),
        "end": _moment(interval.end),
        "all_day": held.plan.plan.all_day,
        "status": str(held.plan.status_of(held.slot)),
        "places": [names[key] for key in wanted if key in names],
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
