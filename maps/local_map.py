"""The map page's shell, drawn by folium from this server's own files and without an iframe.

Import this module only when a map is drawn: folium brings numpy and costs a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, cast

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from folium.plugins import MarkerCluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

E = TypeVar("E", bound=Element)

CENTRE: Final = (21.88, 106.72)  # of the province, by its box
SOUTH_WEST: Final = (20.9, 105.3)  # as far as one may move the map
NORTH_EAST: Final = (22.9, 108.2)
VECTOR_ZOOM: Final = 13  # beyond it a schematic basemap would pretend to a precision it lacks
TILE_ZOOM: Final = 18


class LocalMap(folium.Map):
    """A folium map that asks no other host for its files: they are static files of ours.

    Folium keeps scripts and styles under one set of names, so each needs its own.
    """

    default_js = [("leaflet-script", "vendor/leaflet/leaflet.js")]
    default_css = [("leaflet-style", "vendor/leaflet/leaflet.css")]


class LocalCluster(MarkerCluster):
    """A marker cluster from local files."""

    default_js = [("cluster-script", "vendor/markercluster/leaflet.markercluster.js")]
    default_css = [
        ("cluster-style", "vendor/markercluster/MarkerCluster.css"),
        ("cluster-default-style", "vendor/markercluster/MarkerCluster.Default.css"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPieces:
    """What the page puts into its own template: `html` and `script` are markup, the others addresses.

    `groups` gives the JavaScript variable of each layer's group, by the layer's name.
    """

    html: str
    script: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    variable: str
    groups: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One layer of the control: `label` is read by people; a clustered one gathers close points under a count."""

    name: str
    label: str
    is_clustered: bool
    is_shown: bool


def draw_map(overlays: Sequence[Overlay], *, credit: str) -> MapPieces:
    """Return the shell of the map: empty groups for the overlays, which the page's module fills by address.

    The same overlays give the same text: folium's random ids are replaced.
    """
    shell = _shell(credit)
    groups = {overlay.name: _named(_group(overlay), overlay.name) for overlay in overlays}
    for group in groups.values():
        group.add_to(shell)
    _named(folium.LayerControl(collapsed=False), "control").add_to(shell)
    return _pieces(shell, groups)


def _shell(credit: str) -> LocalMap:
    """Return the empty map: with tiles under everything where an address is set, without otherwise."""
    tile_url = settings.MAP_TILE_URL
    shell = LocalMap(
        location=CENTRE,
        tiles=None,
        zoom_start=9,
        max_bounds=True,
        min_lat=SOUTH_WEST[0],
        min_lon=SOUTH_WEST[1],
        max_lat=NORTH_EAST[0],
        max_lon=NORTH_EAST[1],
        prefer_canvas=True,
        zoom_control=False,  # the page adds one with titles in the reader's language
        zoomSnap=1 if tile_url else 0.25,
        minZoom=8,
        maxZoom=TILE_ZOOM if tile_url else VECTOR_ZOOM,
    )
    if tile_url:
        tiles = folium.TileLayer(tile_url, attr=credit, name=_("Tiles"), max_zoom=TILE_ZOOM, overlay=True)
        _named(tiles, "tiles").add_to(shell)
    return _named(shell, "pano")


def _group(overlay: Overlay) -> Element:
    if overlay.is_clustered:
        return LocalCluster(  # type: ignore[no-untyped-call]
            name=overlay.label,
            show=overlay.is_shown,
            maxClusterRadius=42,
            showCoverageOnHover=False,
            chunkedLoading=True,
        )
    return folium.FeatureGroup(name=overlay.label, show=overlay.is_shown)


def _named(element: E, name: str) -> E:
    """Give an element a fixed id, so that its variable and the whole page are the same each time."""
    element._id = name  # noqa: SLF001 -- branca offers no other way
    return element


def _pieces(shell: LocalMap, groups: dict[str, Element]) -> MapPieces:
    root = cast("Figure", shell.get_root())
    root.render()  # fills header, html and script; folium's own header is left out: inline styles, a fixed viewport
    return MapPieces(
        html=root.html.render(),
        script=root.script.render(),
        scripts=_addresses(root.header, JavascriptLink),
        styles=_addresses(root.header, CssLink),
        variable=shell.get_name(),
        groups={name: group.get_name() for name, group in groups.items()},
    )


def _addresses(header: Element, kind: type[CssLink | JavascriptLink]) -> tuple[str, ...]:
    children: Iterable[Element] = header._children.values()  # noqa: SLF001 -- branca offers no other way
    return tuple(static(child.url) for child in children if isinstance(child, kind))
