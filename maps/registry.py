"""The layers there are: `settings.PANO_MAP_LAYERS`, a table of name and dotted path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.programme.scope import Scope
    from maps.outputs.geojson import FeatureCollection
    from units.permissions import Viewer


class LayerSource(Protocol):
    """Reads one layer: what lies in the window and the scope, as the viewer may see it."""

    def __call__(self, *, window: Interval | None, scope: Scope, viewer: Viewer) -> FeatureCollection:
        """Return the layer."""


def layer_names() -> tuple[str, ...]:
    """Return the names of the layers, in the order of the table."""
    return tuple(settings.PANO_MAP_LAYERS)


def layer_source(name: str) -> LayerSource | None:
    """Return what reads the layer of that name, or None when there is none."""
    path = settings.PANO_MAP_LAYERS.get(name)
    return None if path is None else cast("LayerSource", import_string(path))
