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
from events.outputs.agenda import Agenda, build_agenda
from events.outputs.observances import observances_on
from events.programme import load_programme, nearest_day
from events.programme.deadlines import load_deadlines
from events.programme.entries import Programme, ProgrammeEntry
from events.programme.scope import Scope
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

    def holds(self, entry: ProgrammeEntry) -> bool:
        """Whether the entry is led or helped by one of the units, or lies in one of the areas."""
        units = {entry.unit.code, *(label.code for label in entry.coordinating)}
        return bool(units & self.unit_codes) or entry.area.slug in self.area_slugs


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the week from today, one's own part first; far from any plan, the nearest week that has one."""
    viewer, today = viewer_for(request), timezone.localdate()
    ground = own_ground(viewer)
    first, programme = find_week(viewer, today)
    own = () if ground is None else tuple(entry for entry in programme.entries if ground.holds(entry))
    others = tuple(entry for entry in programme.entries if entry not in set(own))
    context = {
        "today": today,
        "lunar": to_lunar(today).label(),
        "observances": observances_on(today),
        "first": first,
        "last": first + WEEK,
        "ground": ground,
        "own": agenda_of(own, first),
        "others": agenda_of(others, first),
        "deadlines": load_deadlines(viewer=viewer, today=today),
    }
    return render(request, "events/home.html", context)


def find_week(viewer: Viewer, today: date) -> tuple[date, Programme]:
    """Return the seven days from today, or where they are empty those from the nearest day that holds something."""
    programme = _week(viewer, today)
    nearest = None if programme.entries else nearest_day(scope=Scope(), viewer=viewer, today=today)
    return (today, programme) if nearest is None else (nearest, _week(viewer, nearest))


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


def agenda_of(entries: tuple[ProgrammeEntry, ...], first: date) -> Agenda:
    """Lay some entries out over the seven days from `first`."""
    return build_agenda(Programme.of(entries), first=first, last=first + WEEK)


def _week(viewer: Viewer, first: date) -> Programme:
    return load_programme(window=day_interval(first, first + WEEK), scope=Scope(), viewer=viewer)
