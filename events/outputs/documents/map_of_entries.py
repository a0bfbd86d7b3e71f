"""The small map of a document: where its numbered rows take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.outputs.documents.point_map import MapOutline, MapPoint, PointMap

if TYPE_CHECKING:
    from events.programme.entries import EntryPlace, ProgrammeEntry


def map_of_entries(entries: tuple[ProgrammeEntry, ...], outlines: tuple[MapOutline, ...]) -> PointMap | None:
    """Return the map of the entries' places, a point for each; None without outlines or entries.

    Points are numbered in the order of first use; the list beside the map tells the rows of each. Rows none of whose
    places has a point are `omitted`.
    """
    if not (outlines and entries):
        return None
    places: dict[str, EntryPlace] = {}
    rows: dict[str, list[int]] = {}
    omitted: list[int] = []
    for number, entry in enumerate(entries, start=1):
        drawn = [place for place in entry.places if place.has_point]
        if not drawn:
            omitted.append(number)
        for place in drawn:
            places[place.code] = place
            rows.setdefault(place.code, []).append(number)
    points = tuple(_point(index, places[code], tuple(rows[code])) for index, code in enumerate(rows, start=1))
    return PointMap(outlines=outlines, points=points, omitted=tuple(omitted))


def _point(number: int, place: EntryPlace, rows: tuple[int, ...]) -> MapPoint:
    return MapPoint(number=number, name=place.name, rows=rows, lon=place.lon or 0.0, lat=place.lat or 0.0)
