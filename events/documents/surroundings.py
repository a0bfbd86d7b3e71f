"""From a request to what a document says around the Programme: for whom, where on the web, on which map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from events.documents.frames import frame_for
from events.documents.spec import spec_query
from events.models import Campaign
from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.point_map import MapOutline
from units.models import Unit
from venues.models import Area, AreaLevel, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from events.documents.registry import DocumentRequest
    from events.outputs.documents.point_map import Ring
    from events.programme.scope import Scope


NOT_OF_THE_CALENDAR: Final = ("document", "group", "tour", "map", "archive")


def facts_for(request: DocumentRequest, *, prefix: str = "lich", has_map: bool = False) -> DocumentFacts:
    """Return what stands around the document; a constant number of queries.

    `prefix` begins the file's name, the areas, units, teams and campaigns asked for follow.
    """
    spec = request.spec
    named = _named(spec.scope)
    codes = (*spec.scope.areas, *spec.scope.units, *spec.scope.resources, *spec.scope.campaigns)
    return DocumentFacts(
        kind=spec.kind,
        subjects=tuple(f"{label}: {', '.join(names)}" for label, names in named.items()),
        where=_where(named),
        period=spec.stated,
        today=request.printed_on,
        frame=frame_for(spec),
        link=calendar_link(spec_query(spec)),
        file_name="-".join((prefix, *codes[:3])).lower(),
        outlines=tuple(_outlines(spec.scope)) if has_map and spec.has_map else (),
    )


def calendar_link(query: str) -> str:
    """Return the absolute address of the calendar that shows the same part of the plan."""
    kept = QueryDict(query, mutable=True)
    for name in NOT_OF_THE_CALENDAR:
        kept.pop(name, None)
    first, last = kept.pop("from", None), kept.pop("to", None)
    if first and last:
        kept["date"] = first[-1]
    tail = f"?{kept.urlencode()}" if kept else ""
    return f"{settings.PANO_BASE_URL}{reverse('events:calendar')}{tail}"


def _named(scope: Scope) -> dict[str, list[str]]:
    """The names of what was asked for, by the word for it; only what narrows."""
    found = {
        "Địa bàn": list(Area.objects.filter(slug__in=scope.areas).values_list("name", flat=True)),
        "Đơn vị": list(Unit.objects.filter(code__in=scope.units).values_list("name", flat=True)),
        "Đội": list(Resource.objects.filter(code__in=scope.resources).values_list("name", flat=True)),
        "Kế hoạch": list(Campaign.objects.filter(code__in=scope.campaigns).values_list("name", flat=True)),
    }
    return {label: names for label, names in found.items() if names}


def _where(named: dict[str, list[str]]) -> str:
    words = {"Địa bàn": "trên địa bàn", "Đơn vị": "của", "Đội": "của", "Kế hoạch": "thuộc kế hoạch"}
    return " ".join(f"{words[label]} {', '.join(names)}" for label, names in named.items())


def _outlines(scope: Scope) -> Iterator[MapOutline]:
    """The areas asked for, and those of the same edition around them; a zone's members are its own.

    Nothing where no area was asked for, or none has a boundary.
    """
    asked = list(Area.objects.filter(slug__in=scope.areas).prefetch_related("members"))
    own = {part.pk: part for area in asked for part in _parts(area) if part.boundary}
    if not own:
        return
    editions = {(part.level, part.valid_from) for part in own.values()}
    levels, days = {level for level, _ in editions}, {day for _, day in editions}
    for row in Area.objects.filter(level__in=levels, valid_from__in=days, boundary__isnull=False):
        yield MapOutline(name=row.name, rings=tuple(_rings(row.boundary or {})), is_own=row.pk in own)


def _parts(area: Area) -> Iterable[Area]:
    if area.level == AreaLevel.ZONE:
        return area.members.all()
    return (area,) if area.boundary else area.children.all()


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for shape in shapes:
        for ring in shape:
            yield tuple((lon, lat) for lon, lat in ring)
