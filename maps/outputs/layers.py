"""The map's layers as GeoJSON: all that is asked for is either a feature or omitted with a reason, never dropped."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE, last_day
from core.lunar import to_lunar
from core.vietnamese import format_interval, format_weekday
from events.outputs.kind_letters import letter_of
from maps.outputs.geojson import (
    Feature,
    FeatureCollection,
    Omitted,
    PointGeometry,
    collection,
    feature,
    omission,
    points_geometry,
    position,
)
from maps.outputs.quality import ROUGH_QUALITIES, weakest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from events.programme.entries import Programme, ProgrammeEntry
    from maps.outputs.pins import FacePin, Pin, TourPath, TourStop

NO_PLACE: Final = "Chưa chọn địa điểm."
NO_POINT: Final = "Địa điểm chưa có toạ độ: {names}."
NO_STOPS_TO_JOIN: Final = "Chuyến chưa đủ hai điểm có toạ độ để vẽ tuyến."


def when_text(entry: ProgrammeEntry) -> str:
    """Return the weekday, time and date of an entry with the lunar date beside it, for people."""
    start = entry.interval.start.astimezone(LOCAL_ZONE).date()
    last = last_day(entry.interval)
    written = format_interval(entry.interval, all_day=entry.all_day)
    if start == last:
        return f"{format_weekday(start)}, {written} ({to_lunar(start).label()})"
    return f"{written} ({to_lunar(start).label()} – {to_lunar(last).label()})"


def activities_layer(programme: Programme) -> FeatureCollection:
    """Return one feature an entry: a Point, or a MultiPoint where it has several places with points.

    An entry without any point is omitted; one with some is drawn and names the others in `unplaced`. The revision is
    the programme's own.
    """
    features: list[Feature] = []
    omitted: list[Omitted] = []
    for entry in programme.entries:
        geometry = points_geometry((p.lon, p.lat) for p in entry.places if p.lon is not None and p.lat is not None)
        if geometry is None:
            omitted.append(omission(str(entry.key), entry.title, _reason(entry)))
        else:
            features.append(feature(str(entry.key), geometry, _activity_properties(entry)))
    return collection(features, omitted, revision=programme.revision)


def _activity_properties(entry: ProgrammeEntry) -> Mapping[str, object]:
    quality = weakest([place.quality for place in entry.places if place.has_point])
    return {
        "key": str(entry.key),
        "uid": entry.key.uid,
        "title": entry.title,
        "kind": entry.kind,
        "kind_label": entry.kind_label,
        "letter": letter_of(entry.kind),
        "status": entry.status,
        "status_label": entry.status_label,
        "is_off": entry.is_off,
        "when": when_text(entry),
        "area": entry.area.name,
        "unit": entry.unit.name,
        "place": entry.place_names,
        "unplaced": [place.name for place in entry.places if not place.has_point],
        "quality": quality,
        "is_rough": quality in ROUGH_QUALITIES,
        "colour": entry.colour,
        "url": entry.url,
    }


def _reason(entry: ProgrammeEntry) -> str:
    return NO_POINT.format(names=entry.place_names) if entry.places else NO_PLACE


def venues_layer(pins: Iterable[Pin]) -> FeatureCollection:
    """Return one Point a venue; those without a point are omitted."""
    return _pins_layer((pin, {}) for pin in pins)


def faces_layer(pins: Iterable[FacePin]) -> FeatureCollection:
    """Return one Point a face, at its display site; those of a site without a point are omitted."""
    return _pins_layer((pin, {"site": pin.site, "size": pin.size}) for pin in pins)


def _pins_layer(pins: Iterable[tuple[Pin, Mapping[str, object]]]) -> FeatureCollection:
    features: list[Feature] = []
    omitted: list[Omitted] = []
    for pin, more in pins:
        if pin.point is None:
            omitted.append(omission(pin.key, pin.name, NO_POINT.format(names=pin.name)))
        else:
            properties = {
                "key": pin.key,
                "title": pin.name,
                "kind": pin.kind,
                "kind_label": pin.kind_label,
                "area": pin.area,
                "quality": pin.quality,
                "is_rough": pin.quality in ROUGH_QUALITIES,
                **more,
            }
            features.append(feature(pin.key, {"type": "Point", "coordinates": position(*pin.point)}, properties))
    return collection(features, omitted)


def tours_layer(paths: Iterable[TourPath]) -> FeatureCollection:
    """Return each tour as a LineString of what is driven through, and its stops as points.

    A tour that passes fewer than two different points is omitted as a line; a stop without a point is omitted by
    itself. Features and omissions are therefore one a tour and one a stop.
    """
    features: list[Feature] = []
    omitted: list[Omitted] = []
    for path in paths:
        line = _line(path)
        if line is None:
            omitted.append(omission(path.key, path.name, NO_STOPS_TO_JOIN))
        else:
            features.append(line)
        for stop in path.stops:
            key = f"{path.key}/{stop.number}"
            if stop.point is None:
                omitted.append(omission(key, f"{path.name}: {stop.title}", NO_POINT.format(names=stop.place)))
            else:
                at: PointGeometry = {"type": "Point", "coordinates": position(*stop.point)}
                features.append(feature(key, at, _stop_properties(path, stop)))
    return collection(features, omitted)


def _stop_properties(path: TourPath, stop: TourStop) -> Mapping[str, object]:
    return {
        "key": f"{path.key}/{stop.number}",
        "part": "stop",
        "number": stop.number,
        "title": stop.title,
        "tour": path.name,
        "when": stop.when,
        "place": stop.place,
        "is_off": stop.is_off,
        "url": path.url,
    }


def _line(path: TourPath) -> Feature | None:
    """Return the tour's line, or None where there is nothing to join."""
    passed = [position(*point) for point in path.line]
    driven = [here for here, onward in pairwise(passed) if here != onward]
    if not driven:
        return None
    properties = {
        "key": path.key,
        "part": "line",
        "title": path.name,
        "team": path.team,
        "depot": path.depot,
        "stops": len(path.stops),
        "km": None if path.km is None else round(path.km, 1),
        "is_estimate": path.is_estimate,
        "url": path.url,
    }
    return feature(path.key, {"type": "LineString", "coordinates": [*driven, passed[-1]]}, properties)
