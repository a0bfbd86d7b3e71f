"""Made-up plans of any size that break no rule: for benchmarks and for trying the product out."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.intervals import LOCAL_ZONE, Interval, day_interval, local_days
from core.recurrence import Frequency, Recurrence, Weekday
from events.expansion import expand_series
from events.models import Activity, ActivityKind, Booking, Status
from events.planning import ActivityPlan
from events.workbook.layout import ILLUSTRATIVE, KIND_LABELS
from events.workbook.reference import is_valid
from units.models import Unit
from venues.models import Area, AreaLevel, Face, Resource, ResourceKind, Space, Venue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.models import Campaign

ATTEMPTS = 8  # starts tried before an activity takes nothing
LONGEST_DISPLAY = 14  # days
STATUSES = (Status.CONFIRMED,) * 6 + (Status.TENTATIVE,) * 2 + (Status.DRAFT, Status.DONE)
KINDS = tuple(ActivityKind)
START_TIMES = (time(8), time(9), time(14), time(19, 30), time(20))


@dataclass(frozen=True, slots=True)
class Takeable:
    """A resource with the place and area an activity gets when it takes it; None where it may be anywhere."""

    resource_id: int
    venue_id: int | None = None
    site_id: int | None = None
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """How much of a made-up plan repeats: the share of all activities, and the share of these that does so weekly.

    `is_year_round` lets series run from the campaign's first week to its last instead of four to twelve weeks.
    """

    share: float = 0.25
    weekly_share: float = 0.5
    is_year_round: bool = False

    def first_day(self, campaign: Campaign, day: date) -> date:
        """The first day of a series that would begin on `day`."""
        if not self.is_year_round:
            return day
        return campaign.starts_on + timedelta(days=day.weekday())

    def rule(self, first: date, last: date, chance: random.Random) -> Recurrence:
        """A rule from `first` on, ended by `last` at the latest."""
        until = min(last, first + timedelta(days=chance.randint(28, 84)))
        until = last if self.is_year_round else until
        if chance.random() < self.weekly_share:
            return Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(first.weekday()),), until=until)
        return Recurrence(freq=Frequency.MONTHLY, by_month_day=(first.day,), until=until)


@dataclass
class Synthesis:
    """One run: the same seed, reference data and stored bookings give the same plans.

    Days, not hours, are handed out: a resource serves one made-up activity a day, so no two can clash.
    """

    campaign: Campaign
    seed: int
    repetition: Repetition = field(default_factory=Repetition)
    takeables: dict[str, list[Takeable]] = field(default_factory=dict)
    busy: defaultdict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    areas: list[Area] = field(default_factory=list)
    venues: list[Venue] = field(default_factory=list)
    unit_ids: list[int] = field(default_factory=list)
    lists: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign, *, seed: int, repetition: Repetition | None = None) -> Synthesis:
        """Read what there is to take, and what of it is taken in the campaign's days."""
        run = cls(campaign=campaign, seed=seed, repetition=repetition or Repetition())
        run.areas = list(Area.objects.exclude(level=AreaLevel.ZONE).order_by("position", "code"))
        run.venues = list(Venue.objects.filter(is_active=True).order_by("code").select_related("area"))
        run.unit_ids = _unit_ids(campaign)
        run.takeables = _takeables()
        run.lists = {
            "theme_ids": list(campaign.themes.values_list("pk", flat=True)),
            "audience_ids": list(campaign.audiences.values_list("pk", flat=True)),
        }
        window = day_interval(campaign.starts_on, campaign.ends_on)
        rows = Booking.objects.filter(start__lt=window.end, end__gt=window.start)
        for resource, start, end in rows.values_list("resource_id", "start", "end"):
            run.busy[resource].update(local_days(Interval(start, end)))
        return run

    def plans(self, count: int) -> Iterator[ActivityPlan]:
        """Yield that many plans; codes continue after those the campaign has."""
        chance = random.Random(self.seed)  # noqa: S311 -- made-up plans, not secrets
        taken = set(Activity.objects.filter(campaign=self.campaign).values_list("code", flat=True))
        number = 0
        while count:
            number += 1
            code = f"MP-{number:05}"
            if code not in taken:
                count -= 1
                yield self._plan(code, number, chance)

    def _plan(self, code: str, number: int, chance: random.Random) -> ActivityPlan:
        kind = KINDS[number % len(KINDS)]
        repeats = chance.random() < self.repetition.share
        plan = self._dated(code, kind, repeats=repeats, chance=chance)
        options = self.takeables.get(kind, [])
        for _attempt in range(ATTEMPTS if options else 0):
            option = options[chance.randrange(len(options))]
            days = _days_of(plan)
            if not days & self.busy[option.resource_id]:
                self.busy[option.resource_id] |= days
                return self._placed(plan, option, chance)
            plan = self._dated(code, kind, repeats=repeats, chance=chance)
        return self._placed(plan, None, chance)

    def _dated(self, code: str, kind: ActivityKind, *, repeats: bool, chance: random.Random) -> ActivityPlan:
        """A plan with its days and everything that does not depend on a place."""
        length = (self.campaign.ends_on - self.campaign.starts_on).days + 1
        first = self.campaign.starts_on + timedelta(days=chance.randrange(length))
        is_display = kind == ActivityKind.VISUAL_DISPLAY
        first = self.repetition.first_day(self.campaign, first) if repeats else first
        lasts = 1 if repeats else min(chance.randint(3, LONGEST_DISPLAY), (self.campaign.ends_on - first).days + 1)
        start = datetime.combine(first, chance.choice(START_TIMES), LOCAL_ZONE)
        timed = Interval(start, start + timedelta(minutes=chance.choice((90, 120, 150))))
        lists: dict[str, Any] = {
            name: tuple(sorted(chance.sample(keys, min(2, len(keys))))) for name, keys in self.lists.items()
        }
        return ActivityPlan(
            campaign_id=self.campaign.pk,
            code=code,
            title=f"{KIND_LABELS[kind]} mô phỏng {code}",
            kind=kind,
            status=chance.choice(STATUSES),
            area_id=0,
            lead_unit_id=chance.choice(self.unit_ids),
            interval=day_interval(first, first + timedelta(days=lasts - 1)) if is_display else timed,
            all_day=is_display,
            recurrence=self.repetition.rule(first, self.campaign.ends_on, chance) if repeats else None,
            quantity_source=ILLUSTRATIVE,
            **lists,
        )

    def _placed(self, plan: ActivityPlan, option: Takeable | None, chance: random.Random) -> ActivityPlan:
        day = plan.interval.local().start.date()
        venue = chance.choice(self.venues) if self.venues else None
        if option is not None and option.area is not None:
            area = _area_on(option.area, day)
            return replace(
                plan,
                area_id=(area or self._any_area(day, chance)).pk,
                venue_ids=tuple(filter(None, [option.venue_id])),
                site_ids=tuple(filter(None, [option.site_id])),
                resource_ids=(option.resource_id,),
            )
        area = None if venue is None else _area_on(venue.area, day)
        return replace(
            plan,
            area_id=(area or self._any_area(day, chance)).pk,
            venue_ids=() if venue is None or area is None else (venue.pk,),
            resource_ids=() if option is None else (option.resource_id,),
        )

    def _any_area(self, day: date, chance: random.Random) -> Area:
        """A commune of that day, or whatever else there is."""
        valid = [area for area in self.areas if is_valid(area, day)]
        return chance.choice([area for area in valid if area.level == AreaLevel.COMMUNE] or valid)


def _days_of(plan: ActivityPlan) -> set[date]:
    slots = expand_series(first=plan.interval, rule=plan.recurrence)
    return {day for slot in slots for day in local_days(slot.interval)}


def _unit_ids(campaign: Campaign) -> list[int]:
    """The units that exist on all days of the campaign."""
    rows = Unit.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=campaign.starts_on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=campaign.ends_on),
    )
    return list(rows.order_by("position", "code").values_list("pk", flat=True))


def _area_on(area: Area, day: date) -> Area | None:
    """The area itself or its successor on that day."""
    candidates: list[Area] = [area, *area.successors.all()]
    for each in candidates:
        if is_valid(each, day):
            return each
    return None


def _takeables() -> dict[str, list[Takeable]]:
    spaces = [
        Takeable(space.resource_id, venue_id=space.venue_id, area=space.venue.area)
        for space in Space.objects.select_related("venue__area")
        .prefetch_related("venue__area__successors")
        .order_by("resource__code")
    ]
    faces = [
        Takeable(face.resource_id, site_id=face.site_id, area=face.site.area)
        for face in Face.objects.select_related("site__area")
        .prefetch_related("site__area__successors")
        .order_by("resource__code")
    ]
    crews: Sequence[Takeable] = [
        Takeable(key)
        for key in Resource.objects.filter(kind=ResourceKind.TEAM).order_by("code").values_list("pk", flat=True)
    ]
    return {
        ActivityKind.VISUAL_DISPLAY: faces,
        ActivityKind.MOBILE_TEAM: list(crews),
        ActivityKind.EXHIBITION: spaces,
        ActivityKind.EXCHANGE: spaces,
        ActivityKind.FAIR_SEMINAR: spaces,
    }
