"""The head and foot that a unit keeps for its papers: listed, seen as they will be, changed, taken back."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import NotAllowed, StalePlan
from events.documents.frames import draw_frame
from events.documents.kept_forms import KeptForm, kept_form, kept_forms, usual_form
from events.documents.registry import document_kind, document_kinds
from events.forms.document_forms import HeadAndFootForm, initial_of_plan
from events.models import DocumentForm
from events.planning.document_forms import FormSeen, restore_document_form, save_document_form
from events.planning.form_plans import FormPlan, check_form
from events.views.access import for_staff, user_of
from events.views.editing import read_version
from events.views.viewers import viewer_for
from units.models import Unit
from units.permissions import units_managed_by

GENERAL: Final = "all"  # in addresses, for what counts for all kinds
NO_VERSION: Final = -1
GET_OR_POST: Final = ("GET", "HEAD", "POST")


@for_staff
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """List the units whose papers the viewer may dress; straight on to the only one."""
    rows = units_managed_by(viewer_for(request))
    if not rows:
        raise PermissionDenied(_("Only planners of a unit may change the form of its papers."))
    if len(rows) == 1:
        return redirect("events:document-forms", rows[0].code)
    kept = DocumentForm.objects.filter(is_default=False).values_list("unit").annotate(count=Count("pk"))
    counts = dict(kept.order_by())
    return render(request, "events/document_form_units.html", {"units": [(row, counts.get(row.pk, 0)) for row in rows]})


@for_staff
@require_safe
def unit_forms(request: HttpRequest, unit: str) -> HttpResponseBase:
    """List the kinds of document of a unit, with what is not as usual."""
    row = unit_to_manage(request, unit)
    forms = [(address_of(kept.kind), label_of(kept.kind), kept) for kept in kept_forms(row)]
    return render(request, "events/document_forms.html", {"unit": row, "forms": forms})


@for_staff
@require_http_methods(GET_OR_POST)
def edit_form(request: HttpRequest, unit: str, kind: str) -> HttpResponseBase:
    """Change the head and foot of a kind of document, or see how they would look."""
    row, kept = form_to_manage(request, unit, kind)
    unprinted = usual_form(kept.kind).unprinted
    if request.method != "POST":
        form = HeadAndFootForm(initial=initial_of_plan(kept.plan), unprinted=unprinted)
        return show_form(request, row, kept, form=form, plan=kept.plan)
    form = HeadAndFootForm(request.POST, unprinted=unprinted)
    plan = checked_plan(form)
    stale = None
    if plan is not None and request.POST.get("action") != "preview":
        stale = save_form(request, form, seen=seen_form(request, row, kept))
        if stale is None and form.is_valid():
            messages.success(request, _("Saved: papers printed from now on look like this."))
            return redirect("events:document-form", unit, kind)
    return show_form(request, row, kept, form=form, plan=plan, stale=stale)


@for_staff
@require_http_methods(GET_OR_POST)
def restore_form(request: HttpRequest, unit: str, kind: str) -> HttpResponseBase:
    """Take back what is kept for a kind of document, after asking."""
    row, kept = form_to_manage(request, unit, kind)
    stale = None
    if request.method == "POST":
        try:
            restore_document_form(seen=seen_form(request, row, kept), by=user_of(request))
        except StalePlan as error:
            stale = error
        else:
            messages.success(request, _("The papers look as usual again."))
            return redirect("events:document-forms", unit)
    context = {"unit": row, "kept": kept, "label": label_of(kept.kind), "address": kind, "stale": stale}
    return render(request, "events/document_form_restore.html", context)


def unit_to_manage(request: HttpRequest, code: str) -> Unit:
    """Return a unit whose papers the viewer may dress; 404 where there is none, 403 where it is another's."""
    unit = Unit.objects.select_related("parent").prefetch_related("areas").filter(code=code).first()
    if unit is None:
        raise Http404(_("There is no such unit."))
    if not viewer_for(request).may_manage(unit.pk):
        raise PermissionDenied(_("Only planners of this unit may change the form of its papers."))
    return unit


def form_to_manage(request: HttpRequest, code: str, kind: str) -> tuple[Unit, KeptForm]:
    """Return the unit and what counts for a kind of document as its address names it; 404 and 403 as above."""
    unit = unit_to_manage(request, code)
    if kind != GENERAL and kind not in document_kinds():
        raise Http404(_("There is no such kind of document."))
    return unit, kept_form(unit, kind.removeprefix(GENERAL) if kind == GENERAL else kind)


def seen_form(request: HttpRequest, unit: Unit, kept: KeptForm) -> FormSeen:
    """What the sender looked at; a lost version is none that ever was, since 0 says that nothing was kept."""
    version = read_version(request) if request.POST.get("version") else NO_VERSION
    return FormSeen(unit_id=unit.pk, kind=kept.kind, version=version, shown=kept.below)


def checked_plan(form: HeadAndFootForm) -> FormPlan | None:
    """What was entered, as it will be printed; None with the faults on the form."""
    if not form.is_valid():
        return None
    try:
        return check_form(form.plan())
    except ValidationError as error:
        form.add_error(None, error)
        return None


def save_form(request: HttpRequest, form: HeadAndFootForm, *, seen: FormSeen) -> StalePlan | None:
    """Save; what somebody else saved first is the answer, other refusals stand on the form."""
    try:
        save_document_form(seen=seen, plan=form.plan(), by=user_of(request))
    except StalePlan as error:
        return error
    except ValidationError as error:
        form.add_error(None, error)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    return None


def show_form(
    request: HttpRequest,
    unit: Unit,
    kept: KeptForm,
    *,
    form: HeadAndFootForm,
    plan: FormPlan | None,
    stale: StalePlan | None = None,
) -> HttpResponseBase:
    """The page with the form and, where nothing is at fault, the head and foot as they will be."""
    is_sent = request.method == "POST" and stale is None
    context: dict[str, Any] = {
        "unit": unit,
        "kept": kept,
        "address": address_of(kept.kind),
        "label": label_of(kept.kind),
        "form": form,
        "version": stale.sequence if stale is not None else read_version(request) if is_sent else kept.version,
        "stale": stale,
        "frame": None if plan is None else draw_frame(plan, kept.kind),
        "is_trial": request.method == "POST",
        "needs_tour": bool(kept.kind) and document_kind(kept.kind).needs_tour,
    }
    return render(request, "events/document_form.html", context)


def address_of(kind: str) -> str:
    """A kind as addresses name it."""
    return kind or GENERAL


def label_of(kind: str) -> str:
    """A kind as people read it."""
    return str(document_kind(kind).label) if kind else _("All kinds of document")
