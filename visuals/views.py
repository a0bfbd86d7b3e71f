"""What hangs, on screen."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.programme.gate import visible_q
from events.views.filter_form import filter_fields
from events.views.filters import filters_of, parse_filters
from events.views.viewers import viewer_for
from visuals.models import Posting
from visuals.reading import load_appendix

FILTERS = ("area", "unit", "campaign")


@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """The appendix of visual items, narrowed by area, unit, campaign and free text, or to one activity."""
    viewer, uids = viewer_for(request), asked_activity(request)
    scope = replace(parse_filters(request.GET), uids=uids)
    appendix = load_appendix(scope=scope, viewer=viewer, today=timezone.localdate())
    context = {
        "appendix": appendix,
        "activity": appendix.rows[0].entry if uids and appendix.rows else None,
        "fields": [field for field in filter_fields(scope, viewer) if field.name in FILTERS],
        "scope": scope,
        "filters": filters_of(request.GET),
    }
    return render(request, "visuals/postings.html", context)


def asked_activity(request: HttpRequest) -> tuple[str, ...]:
    """Return the UID in the address, none where none is; Http404 where it hangs nothing that the viewer may see."""
    written = request.GET.get("activity", "").strip()
    if not written:
        return ()
    shown = Posting.objects.filter(visible_q(viewer_for(request), "activity__"))
    if written not in set(shown.values_list("activity__uid", flat=True)):
        raise Http404(_("There is no such activity with visual items, or you may not see it."))
    return (written,)
