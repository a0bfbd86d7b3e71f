"""The geocoder of this installation: its own gazetteer, and a Nominatim server only where one is configured."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location

from venues.gazetteer import Gazetteer

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REQUESTS: Final = 1.0  # Nominatim's usage policy
TIMEOUT_SECONDS: Final = 5

Geocode = Callable[[str], Location | None]


def geocoder(nominatim_url: str | None = None) -> Geocode:
    """Return a function from a name to a Location or None.

    It asks the gazetteer first. Only with `NOMINATIM_URL` set does it ask that server, at most once a second, and a
    server that fails counts as one that found nothing. Not for use within a request: it may wait.
    """
    offline = Gazetteer()
    url = settings.NOMINATIM_URL if nominatim_url is None else nominatim_url
    online = _nominatim(url) if url else None

    def geocode(query: str) -> Location | None:
        found = offline.geocode(query)
        return found if found is not None or online is None else _ask(online, query)

    return geocode


def _nominatim(url: str) -> RateLimiter:
    parts = urlsplit(url)
    server = Nominatim(
        domain=f"{parts.netloc}{parts.path}".rstrip("/"),
        scheme=parts.scheme,
        user_agent="Pano",
        timeout=TIMEOUT_SECONDS,
    )
    return RateLimiter(
        server.geocode, min_delay_seconds=SECONDS_BETWEEN_REQUESTS, max_retries=0, swallow_exceptions=False
    )


def _ask(online: RateLimiter, query: str) -> Location | None:
    try:
        return online(query, country_codes="vn", language="vi")
    except GeopyError as error:
        logger.warning("Nominatim did not answer: %s", error)
        return None
