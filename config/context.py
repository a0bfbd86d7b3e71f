"""What every template may know about the installation."""

from django.conf import settings
from django.http import HttpRequest


def installation(_request: HttpRequest) -> dict[str, object]:
    """Give `is_demo` (show the banner), `base_url` and `map_tile_url` to templates."""
    return {
        "is_demo": settings.PANO_ENV == "demo",
        "base_url": settings.PANO_BASE_URL,
        "map_tile_url": settings.MAP_TILE_URL,
    }
