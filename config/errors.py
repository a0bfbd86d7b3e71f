"""Answers to failing requests: one clear sentence, as a page or as JSON, never a trace."""

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

JSON_SUFFIXES: Final = (".json", ".geojson")
# What Django says by itself when a look-up finds nothing: written for developers, in English.
SHORTCUT_SENTENCES: Final = ("given query.", "matching the query")

SENTENCES: Final = {
    400: _("The request is not valid, so nothing was done."),
    403: _("You may not see or change this with your account."),
    404: _("There is no such page or item."),
    500: _("Something went wrong on our side. Nothing was saved; please try again in a few minutes."),
}


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the caller reads JSON: by the address's ending, or because it accepts JSON and no HTML."""
    if request.path.endswith(JSON_SUFFIXES):
        return True
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def spoken_sentence(exception: Exception | None) -> str:
    """Return the sentence a view gave with its exception, or "" when the text was not written for people.

    Only the four plain classes carry our sentences; their subclasses (DisallowedHost, Resolver404, …) are Django's own.
    """
    if type(exception) not in {BadRequest, SuspiciousOperation, PermissionDenied, Http404}:
        return ""
    sentence = str(exception)
    return "" if sentence.endswith(SHORTCUT_SENTENCES) else sentence


def answer(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """Render the error as JSON `{"error": sentence}` or as its own page; needs neither database nor session."""
    text = sentence or str(SENTENCES[status])
    if wants_json(request):
        return JsonResponse({"error": text}, status=status, json_dumps_params={"ensure_ascii": False})
    context = {"sentence": text, "fonts": find_fonts(), "CSP_NONCE": getattr(request, "csp_nonce", "")}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def find_fonts() -> str:
    """Return the address of the product's fonts; "" where no static files are collected: that may be the fault."""
    try:
        return static("pano/fonts.css")
    except ValueError:
        return ""


def answering(status: int) -> Callable[[HttpRequest, Exception | None], HttpResponse]:
    """Make Django's handler for one status code."""

    def handler(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return answer(request, status, spoken_sentence(exception))

    return handler


bad_request = answering(400)
permission_denied = answering(403)
page_not_found = answering(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; the trace goes to the log alone."""
    return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django passes it by name
    """Explain a form that was sent without its protection token."""
    return answer(
        request,
        403,
        str(_("The form has expired or cookies are switched off. Reload the page and send the form again.")),
    )
