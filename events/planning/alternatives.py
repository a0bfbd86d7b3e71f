"""What else could be taken instead of a resource, and where else an activity could be held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.geometry import Point, haversine_km
from events.rules.ranking import Remedy
from venues.models import Face, Resource, ResourceKind, Space, Venue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from venues.models import DisplaySite

    Place = Venue | DisplaySite

NEAR_KM: Final = 5.0
OTHER_AREA_M: Final = 4_000  # felt like this much further away
MOST: Final = 12  # of each remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A resource or, where `resource_id` is None, a venue to take instead; `metres` is the straight distance.

    `old_venue_id` gives way to `venue_id`, `old_site_id` to `site_id`; None where no place changes.
    """

    remedy: Remedy
    name: str
    resource_id: int | None = None
    old_venue_id: int | None = None
    venue_id: int | None = None
    old_site_id: int | None = None
    site_id: int | None = None
    metres: int = 0
    amount: int = 0


def alternatives_to(resource_id: int) -> tuple[Alternative, ...]:
    """Resources in use that could stand in for this one, the nearest of each remedy first; at most three queries.

    A space: the others of its venue, and those of its kind within 5 km. A face: those of its format at its site and
    within 5 km. A team or vehicle: the others of its unit, then all others. Equipment and people have none.
    """
    resource = Resource.objects.filter(pk=resource_id).first()
    if resource is None:
        return ()
    finders = {
        ResourceKind.SPACE: _spaces,
        ResourceKind.FACE: _faces,
        ResourceKind.TEAM: _crews,
        ResourceKind.VEHICLE: _crews,
    }
    find = finders.get(ResourceKind(resource.kind))
    if find is None:
        return ()
    found = sorted(find(resource), key=lambda each: (each.remedy, each.amount, each.name))
    return tuple(each for remedy in Remedy for each in [a for a in found if a.remedy is remedy][:MOST])


def venues_instead_of(venue_id: int) -> tuple[Alternative, ...]:
    """Venues in use of the same kind within 5 km, the nearest first; two queries."""
    own = Venue.objects.filter(pk=venue_id).first()
    if own is None:
        return ()
    found = []
    for venue in Venue.objects.filter(kind=own.kind, is_active=True).exclude(pk=own.pk):
        metres = _metres(own, venue)
        if metres is not None:
            amount = metres + _detour(own, venue)
            found.append(
                Alternative(
                    remedy=Remedy.SPACE_NEAR,
                    name=venue.name,
                    old_venue_id=own.pk,
                    venue_id=venue.pk,
                    metres=metres,
                    amount=amount,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.amount, each.name))[:MOST])


def _spaces(resource: Resource) -> Iterator[Alternative]:
    own = Space.objects.select_related("venue").filter(resource=resource).first()
    if own is None:
        return
    rows = Space.objects.select_related("venue", "resource").filter(resource__is_active=True, venue__is_active=True)
    for space in rows.exclude(pk=own.pk):
        if space.venue_id == own.venue_id:
            yield Alternative(remedy=Remedy.SPACE_HERE, name=space.resource.name, resource_id=space.resource_id)
            continue
        metres = _metres(own.venue, space.venue) if space.kind == own.kind else None
        if metres is not None:
            yield Alternative(
                remedy=Remedy.SPACE_NEAR,
                name=f"{space.resource.name} ({space.venue.name})",
                resource_id=space.resource_id,
                old_venue_id=own.venue_id,
                venue_id=space.venue_id,
                metres=metres,
                amount=metres + _detour(own.venue, space.venue),
            )


def _faces(resource: Resource) -> Iterator[Alternative]:
    own = Face.objects.select_related("site").filter(resource=resource).first()
    if own is None:
        return
    rows = Face.objects.select_related("site", "resource").filter(resource__is_active=True, site__is_active=True)
    for face in rows.filter(format=own.format).exclude(pk=own.pk):
        if face.site_id == own.site_id:
            yield Alternative(remedy=Remedy.SPACE_HERE, name=face.resource.name, resource_id=face.resource_id)
            continue
        metres = _metres(own.site, face.site)
        if metres is not None:
            yield Alternative(
                remedy=Remedy.SPACE_NEAR,
                name=f"{face.resource.name} ({face.site.name})",
                resource_id=face.resource_id,
                old_site_id=own.site_id,
                site_id=face.site_id,
                metres=metres,
                amount=metres + _detour(own.site, face.site),
            )


def _crews(resource: Resource) -> Iterator[Alternative]:
    """Teams or vehicles; the rooms above own them one-to-one, hence the names of their relations."""
    unit = f"{resource.kind}__unit_id"
    rows = dict(Resource.objects.filter(kind=resource.kind, is_active=True).values_list("pk", unit))
    names = dict(Resource.objects.filter(pk__in=rows).values_list("pk", "name"))
    own = rows.pop(resource.pk, None)
    for key, unit_id in rows.items():
        is_own = own is not None and unit_id == own
        yield Alternative(remedy=Remedy.TEAM_OF_UNIT if is_own else Remedy.TEAM, name=names[key], resource_id=key)


def _metres(one: Place, other: Place) -> int | None:
    """The straight distance where it is known and near."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    km = haversine_km(Point(one.lon, one.lat), Point(other.lon, other.lat))
    return round(km * 1000) if km <= NEAR_KM else None


def _detour(one: Place, other: Place) -> int:
    return 0 if one.area_id == other.area_id else OTHER_AREA_M
