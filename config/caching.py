"""What may be kept by whom: a page belongs to the person who asked, unless its view says otherwise."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

PRIVATE: Final = "private, no-cache"


def caching_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let no shared cache keep an answer whose view says nothing about it, nor a browser show it again unasked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return middleware
