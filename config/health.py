"""Liveness: the process is up and the database answers."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 `{"status": "ok"}` when a trivial query works, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


def favicon(_request: HttpRequest) -> HttpResponseBase:
    """Send browsers that ask for /favicon.ico to the icon among the static files."""
    return redirect(static("config/icon.svg"))
