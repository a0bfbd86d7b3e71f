"""The front page: what is on this week, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.intervals import day_interval
from core.lunar import to_lunar
from events.almanac import Almanac, load_almanac
from events.outputs.agenda import Agenda, build_digest
from events.outputs.observances import observances_on
from events.programme import load_programme, nearest_day
from events.programme.deadlines import load_deadlines
from events.programme.entries import Programme, ProgrammeEntry
from events.programme.scope import Scope
from events.registries import due_items
from events.views.late_changes import late_count
from events.views.viewers import viewer_for
from units.models import Unit
from units.permissions import Viewer
from venues.models import Area

WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGround:
    """The units a person belongs to and the areas those work in, all that lies below included."""

    unit_codes: frozenset[str]
    unit_names: tuple[str, ...]
    area_slugs: frozenset[str]

    @property
    def scope(self) -> Scope:
        """Their areas; where a unit has none, what it leads or helps."""
        if self.area_slugs:
            return Scope(areas=tuple(sorted(self.area_slugs)))
        return Scope(units=tuple(sorted(self.unit_codes)))

    def holds(self, entry: ProgrammeEntry) -> bool:
        """Whether the entry is led or helped by one of the units, or lies in one of the areas."""
        units = {entry.unit.code, *(label.code for label in entry.coordinating)}
        return bool(units & self.unit_codes) or entry.area.slug in self.area_slugs


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the week from today, one's own part first; far from any plan, the nearest week that has one."""
    viewer, today = viewer_for(request), timezone.localdate()
    ground = own_ground(viewer)
    first, programme = find_week(viewer, today, ground)
    own = () if ground is None else tuple(entry for entry in programme.entries if ground.holds(entry))
    others = tuple(entry for entry in programme.entries if entry not in set(own))
    almanac = load_almanac(min(first, today), max(first + WEEK, today))
    context = {
        "today": today,
        "lunar": to_lunar(today).label(),
        "observances": observances_on(almanac, today),
        "first": first,
        "last": first + WEEK,
        "ground": ground,
        "own": digest_of(own, first, almanac),
        "others": digest_of(others, first, almanac),
        "deadlines": load_deadlines(viewer=viewer, today=today),
        "due_items": due_items(viewer, today),
        "late_count": late_count(viewer),
    }
    return render(request, "events/home.html", context)


def find_week(viewer: Viewer, today: date, ground: OwnGround | None) -> tuple[date, Programme]:
    """Return the seven days from today; where they hold nothing (of one's own), the nearest that do."""
    programme = _week(viewer, today)
    if any(ground is None or ground.holds(entry) for entry in programme.entries):
        return today, programme
    scope = Scope() if ground is None else ground.scope
    nearest = nearest_day(scope=scope, viewer=viewer, today=today)
    if nearest is None or today <= nearest <= today + WEEK:
        return today, programme
    first = nearest if nearest > today else nearest - WEEK  # of what is past, the week that leads up to it
    return first, _week(viewer, first)


def own_ground(viewer: Viewer) -> OwnGround | None:
    """Return whose week this is; None for visitors and for those whose ground is the whole province."""
    if not viewer.unit_ids or viewer.plans_everywhere:
        return None
    units = Unit.objects.filter(id__in=viewer.unit_ids)
    names = tuple(units.values_list("code", "name"))
    areas = Area.objects.within(Area.objects.filter(units__in=viewer.unit_ids).values_list("id", flat=True))
    return OwnGround(
        unit_codes=frozenset(code for code, _name in names),
        unit_names=tuple(name for _code, name in names),
        area_slugs=frozenset(Area.objects.filter(id__in=areas).values_list("slug", flat=True)),
    )


def digest_of(entries: tuple[ProgrammeEntry, ...], first: date, almanac: Almanac) -> Agenda:
    """Lay some entries out over the seven days from `first`."""
    return build_digest(Programme.of(entries), first=first, last=first + WEEK, almanac=almanac)


def _week(viewer: Viewer, first: date) -> Programme:
    return load_programme(window=day_interval(first, first + WEEK), scope=Scope(), viewer=viewer)
