"""Addresses that no page can answer are refused before any page is asked."""

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

NUL: Final = "\x00"


def address_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address with a NUL character: PostgreSQL stores none, a look-up with one would fail."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest(_("The address has a character that is not allowed."))
        return get_response(request)

    return middleware
