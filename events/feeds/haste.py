"""Who asks for feeds too often is told to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from events.feeds.rates import RATES

if TYPE_CHECKING:
    from django.http import HttpRequest

TOO_MANY: Final = 429
NETWORK_GROUPS: Final = 4  # of an IPv6 address: one household or office has all the rest


def told_to_wait(asker: str, *, limit: int) -> HttpResponse | None:
    """Count the request for `asker`; return None, or the answer with Retry-After where it is one too many."""
    seconds = RATES.wait_for(asker, limit=limit)
    if not seconds:
        return None
    sentence = _("This calendar is being asked for too often. Ask again in %(seconds)s seconds.") % {"seconds": seconds}
    answer = HttpResponse(sentence, status=TOO_MANY, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks; behind a trusted proxy the last one it names."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PANO_TRUST_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return ":".join(address.split(":")[:NETWORK_GROUPS]) if address.count(":") > 1 else address
