"""Venues, display sites, their spaces and faces, and the roads between towns, read from `venues/reference`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from venues.loading.editions import EDITION_2023, EDITION_2025, REFERENCE, Key
from venues.loading.tables import Row, fill_table, read_rows
from venues.models import (
    Area,
    DisplaySite,
    Face,
    FaceFormat,
    PointQuality,
    Resource,
    ResourceKind,
    RoadEdge,
    RoadNode,
    Space,
    SpaceKind,
    Venue,
    VenueKind,
)

VENUE_KINDS: Final = {
    "border_gate": VenueKind.BORDER_GATE,
    "cinema": VenueKind.CULTURE_HOUSE,
    "commune_house": VenueKind.CULTURE_HOUSE,
    "commune_yard": VenueKind.SQUARE,
    "culture_house": VenueKind.CULTURE_HOUSE,
    "district_centre": VenueKind.CULTURE_HOUSE,
    "landmark": VenueKind.OTHER,
    "library": VenueKind.MUSEUM,
    "market": VenueKind.SQUARE,
    "museum": VenueKind.MUSEUM,
    "relic": VenueKind.HERITAGE,
    "resort": VenueKind.HERITAGE,
    "scenic": VenueKind.HERITAGE,
    "square": VenueKind.SQUARE,
    "stadium": VenueKind.STADIUM,
    "station": VenueKind.STATION,
    "temple": VenueKind.HERITAGE,
    "village": VenueKind.HERITAGE,
    "walking_street": VenueKind.SQUARE,
}
FORMATS: Final = {
    "pa_no": FaceFormat.PANEL,
    "bang_ron": FaceFormat.BANNER,
    "phuon": FaceFormat.STREAMER,
    "co": FaceFormat.FLAG,
    "ap_phich": FaceFormat.POSTER,
    "led": FaceFormat.LED,
    "cong_chao": FaceFormat.GATE,
}


def load_venues(areas: dict[Key, Area], *, refresh: bool) -> int:
    """Fill venues and their spaces; return the number of rows written."""
    venues, written = fill_table(
        found={venue.code: venue for venue in Venue.objects.all()},
        rows=[_venue(row, areas) for row in read_rows(REFERENCE / "venues.csv")],
        make=Venue,
        refresh=refresh,
    )
    rows = list(read_rows(REFERENCE / "spaces.csv"))
    resources, named = _load_resources(rows, ResourceKind.SPACE, refresh=refresh)
    _, spaces = fill_table(
        found={space.resource.code: space for space in Space.objects.select_related("resource")},
        rows=[_space(row, resources, venues) for row in rows],
        make=Space,
        refresh=refresh,
    )
    return written + named + spaces


def load_sites(areas: dict[Key, Area], *, refresh: bool) -> int:
    """Fill display sites and their faces; return the number of rows written."""
    sites, written = fill_table(
        found={site.code: site for site in DisplaySite.objects.all()},
        rows=[
            Row(key=row["code"], values={**_place(row), "area": areas[row["area_code"], EDITION_2023]})
            for row in read_rows(REFERENCE / "display_sites.csv")
        ],
        make=DisplaySite,
        refresh=refresh,
    )
    rows = list(read_rows(REFERENCE / "faces.csv"))
    resources, named = _load_resources(rows, ResourceKind.FACE, refresh=refresh)
    _, faces = fill_table(
        found={face.resource.code: face for face in Face.objects.select_related("resource")},
        rows=[_face(row, resources, sites) for row in rows],
        make=Face,
        refresh=refresh,
    )
    return written + named + faces


def load_roads(*, refresh: bool) -> int:
    """Fill the road graph; return the number of rows written."""
    nodes, written = fill_table(
        found={node.name: node for node in RoadNode.objects.all()},
        rows=[
            Row(key=row["name"], values={"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"])})
            for row in read_rows(REFERENCE / "road_nodes.csv")
        ],
        make=RoadNode,
        refresh=refresh,
    )
    _, edges = fill_table(
        found={(edge.start.name, edge.end.name): edge for edge in RoadEdge.objects.select_related("start", "end")},
        rows=[_edge(row, nodes) for row in read_rows(REFERENCE / "road_distances.csv") if row["kind"] == "edge"],
        make=RoadEdge,
        refresh=refresh,
    )
    return written + edges


def _load_resources(
    rows: list[dict[str, str]], kind: ResourceKind, *, refresh: bool
) -> tuple[dict[str, Resource], int]:
    return fill_table(
        found={resource.code: resource for resource in Resource.objects.filter(kind=kind)},
        rows=[
            Row(key=row["code"], values={"code": row["code"], "kind": kind.value, "name": row["name"]}) for row in rows
        ],
        make=Resource,
        refresh=refresh,
    )


def _place(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "point_quality": PointQuality(row["point_quality"]).value,
        "note": row["note"],
    }


def _venue(row: dict[str, str], areas: dict[Key, Area]) -> Row[str]:
    successor = areas[row["new_area_code"], EDITION_2025] if row["new_area_code"] else None
    values = {
        **_place(row),
        "kind": VENUE_KINDS[row["kind"]].value,
        "source": row["source"],
        "area": areas[row["area_code"], EDITION_2023],
        "successor_area": successor,
    }
    return Row(key=row["code"], values=values)


def _space(row: dict[str, str], resources: dict[str, Resource], venues: dict[str, Venue]) -> Row[str]:
    values = {
        "resource": resources[row["code"]],
        "venue": venues[row["venue_code"]],
        "kind": SpaceKind(row["kind"]).value,
        "capacity": int(row["capacity"]) if row["capacity"] else None,
    }
    return Row(key=row["code"], values=values)


def _face(row: dict[str, str], resources: dict[str, Resource], sites: dict[str, DisplaySite]) -> Row[str]:
    values = {
        "resource": resources[row["code"]],
        "site": sites[row["site_code"]],
        "format": FORMATS[row["format"]].value,
        "width_m": Decimal(row["width_m"]) if row["width_m"] else None,
        "height_m": Decimal(row["height_m"]) if row["height_m"] else None,
    }
    return Row(key=row["code"], values=values)


def _edge(row: dict[str, str], nodes: dict[str, RoadNode]) -> Row[tuple[str, str]]:
    values = {
        "start": nodes[row["from"]],
        "end": nodes[row["to"]],
        "road": row["road"],
        "km": float(row["km"]),
        "confidence": row["confidence"],
        "source": row["source"],
    }
    return Row(key=(row["from"], row["to"]), values=values)
