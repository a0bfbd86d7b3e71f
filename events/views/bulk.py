"""Many activities at once: chosen in a list, previewed, then changed in one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.vietnamese import format_number
from events.forms.bulk import FIELDS_OF, VERB_LABELS, BulkForm
from events.planning.bulk import BulkPreview, apply_bulk, preview_bulk
from events.planning.bulk_items import MOST_ACTIVITIES, BulkVerb
from events.views.access import for_staff, user_of
from events.views.selection import read_selection, way_back, write_selection
from events.views.undo import offer_undo
from events.views.viewers import viewer_for


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Ask what the operation needs, show what it would do, do it: as far as the form says."""
    if request.method != "POST":
        return redirect(way_back(request))
    selection = read_selection(request.POST)
    if not selection or len(selection) > MOST_ACTIVITIES:
        return refuse(request, size_sentence(len(selection)))
    form, stage = read_form(request), request.POST.get("stage", "")
    if not form.is_bound or not form.is_valid():
        return show(request, "events/bulk_form.html", {"form": form, "selection": selection})
    if stage == "apply":
        return apply(request, form, selection)
    return show_preview(request, form, selection)


def read_form(request: HttpRequest) -> BulkForm:
    """The form of the verb that was asked for; not filled in before its own page was sent."""
    written = request.POST.get("verb", "")
    if written not in set(BulkVerb):
        raise BadRequest(_("Choose what to do with the activities."))
    verb = BulkVerb(written)
    is_sent = bool(request.POST.get("stage")) or not FIELDS_OF[verb]
    return BulkForm(request.POST if is_sent else None, verb=verb, viewer=viewer_for(request))


def show_preview(request: HttpRequest, form: BulkForm, selection: dict[str, int], *, fault: str = "") -> HttpResponse:
    """Show what would change, with every conflict and refusal."""
    try:
        preview = preview_bulk(operation=form.operation(), selection=selection, viewer=viewer_for(request))
    except ValidationError as error:
        return refuse(request, " ".join(error.messages))
    context = {
        "form": form,
        "preview": preview,
        "selection": selection,
        "fitting": write_selection(fitting_of(preview)),
        "fitting_count": len(fitting_of(preview)),
        "fault": fault,
        "warning": warning_of(preview),
    }
    return show(request, "events/bulk_preview.html", context)


def fitting_of(preview: BulkPreview) -> dict[str, int]:
    """The chosen activities that may be changed without the others; none where that would be all of them again."""
    clashing = {uid for conflict in preview.conflicts if conflict.is_blocking for uid in conflict.uids}
    fitting = {uid: version for uid, version in preview.fitting.items() if uid not in clashing}
    return fitting if len(fitting) < len(preview.seen) else {}


def apply(request: HttpRequest, form: BulkForm, selection: dict[str, int]) -> HttpResponse:
    """Carry it out and offer to undo it; what stands in the way is shown on the preview."""
    try:
        changed = apply_bulk(operation=form.operation(), selection=selection, by=user_of(request))
    except (PlanRejected, StalePlan, NotAllowed):
        return show_preview(request, form, selection, fault=_("Nothing was changed; see below what stands in the way."))
    except ValidationError as error:
        return show_preview(request, form, selection, fault=" ".join(error.messages))
    count = len(changed)
    sentence = ngettext("Done: %(count)s activity was changed.", "Done: %(count)s activities were changed.", count)
    offer_undo(request, sentence % {"count": count}, {activity.campaign_id for activity in changed})
    return redirect(way_back(request))


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of the operation with what its form carries on."""
    form: BulkForm = context["form"]
    shared = {
        "verb": form.verb,
        "verb_label": dict(VERB_LABELS)[form.verb.value],
        "chosen": write_selection(context["selection"]),
        "back": way_back(request),
    }
    return render(request, template, context | shared)


def refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    """Back to the list with a sentence."""
    messages.error(request, sentence)
    return redirect(way_back(request))


def size_sentence(count: int) -> str:
    """Why so many cannot be changed."""
    if count == 0:
        return _("No activity is chosen; tick at least one in the list.")
    return _("You chose %(count)s activities; at most 2,000 can be changed at once. Narrow the list.") % {
        "count": format_number(count)
    }


def warning_of(preview: BulkPreview) -> str:
    """What readers and subscribers will see of it."""
    sentences = {
        BulkVerb.SHIFT: _("Subscribers' calendars show the new days."),
        BulkVerb.CANCEL: _(
            "Readers and subscribers see them crossed out, with the reason; what they take becomes free."
        ),
        BulkVerb.DELETE: _(
            "Activities that were confirmed once stay visible as cancelled, so that subscribers see them go; "
            "the others vanish. What they take becomes free. It can be undone."
        ),
    }
    return sentences.get(preview.operation.verb, "")
