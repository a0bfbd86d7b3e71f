"""The Word templates that units keep for their documents: listed, tried and kept, taken back, with the list of tags."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.documents.formats import FORMATS
from events.documents.registry import DocumentKind, document_kind, document_kinds
from events.documents.template_trials import examples_of
from events.models import OfficeTemplate
from events.outputs.documents.docx_faults import MOST_BYTES, BadTemplateError
from events.outputs.documents.docx_tags import ROW_TAGS, SIGNATURE_TAGS, TABLE_TAGS, TAGS, column_tag
from events.planning.office_templates import TemplateUpload, remove_office_template, save_office_template
from events.views.access import for_staff, user_of
from events.views.viewers import viewer_for
from units.models import Unit
from units.permissions import units_managed_by

GENERAL: Final = "all"  # in addresses, for the template of every kind that has none of its own
GET_OR_POST: Final = ("GET", "HEAD", "POST")


@for_staff
@require_safe
def template_units(request: HttpRequest) -> HttpResponseBase:
    """List the units whose templates the viewer may change; straight on to the only one."""
    units = units_managed_by(viewer_for(request))
    if not units:
        raise PermissionDenied(_("Only planners of a unit may change its templates."))
    if len(units) == 1:
        return redirect("events:office-templates", units[0].code)
    kept = set(OfficeTemplate.objects.values_list("unit_id", flat=True))
    rows = sorted(((unit, unit.pk in kept) for unit in units), key=lambda row: not row[1])
    return render(request, "events/office_template_units.html", {"units": rows})


@for_staff
@require_http_methods(GET_OR_POST)
def unit_templates(request: HttpRequest, unit: str) -> HttpResponseBase:
    """Show what a unit keeps and the tags; a file sent is tried and kept, or its fault is told."""
    row = unit_to_change(request, unit)
    fault = ""
    if request.method == "POST":
        try:
            save_office_template(upload=sent_file(request, row), by=user_of(request), now=timezone.now())
        except BadTemplateError as error:
            fault = str(error)
        else:
            messages.success(request, _("The template was tried on an example and is kept from now on."))
            return redirect("events:office-templates", unit)
    context = {
        "unit": row,
        "kinds": kinds_with(row),
        "fault": fault,
        "chosen": request.POST.get("kind", ""),
        "tags": (TAGS, TABLE_TAGS, ROW_TAGS, SIGNATURE_TAGS),
    }
    return render(request, "events/office_templates.html", context)


@for_staff
@require_safe
def download_template(request: HttpRequest, unit: str, kind: str) -> HttpResponseBase:
    """The template as it was uploaded."""
    row = unit_to_change(request, unit)
    found = OfficeTemplate.objects.filter(unit=row, kind=kind_in(kind)).first()
    if found is None:
        raise Http404(_("This unit keeps no template for this kind of document."))
    return as_word(bytes(found.content), found.name)


@for_staff
@require_safe
def own_template(request: HttpRequest, kind: str) -> HttpResponseBase:  # noqa: ARG001 -- a view's signature
    """Our own template for a kind of document, with its tags: something to start from."""
    code = kind_in(kind)
    if not code:
        raise Http404(_("There is no such kind of document."))
    from events.outputs.documents.docx_default import default_template  # noqa: PLC0415 -- python-docx is rarely needed

    return as_word(default_template(examples_of(code)[0]), f"mau-{code}.docx")


@for_staff
@require_POST
def remove_template(request: HttpRequest, unit: str, kind: str) -> HttpResponseBase:
    """Take a template back, so that ours counts again."""
    row = unit_to_change(request, unit)
    if remove_office_template(unit=row, kind=kind_in(kind), by=user_of(request)):
        messages.success(request, _("The template was removed; documents look as ours again."))
    return redirect("events:office-templates", unit)


def unit_to_change(request: HttpRequest, code: str) -> Unit:
    """Return the unit; 404 where there is none, 403 where its templates are another's affair."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Http404(_("There is no such unit."))
    if not viewer_for(request).may_manage(unit.pk):
        raise PermissionDenied(_("Only planners of this unit may change its templates."))
    return unit


def kind_in(word: str) -> str:
    """Return the kind of document that an address names, "" for all; 404 for another word."""
    if word != GENERAL and word not in document_kinds():
        raise Http404(_("There is no such kind of document."))
    return "" if word == GENERAL else word


def sent_file(request: HttpRequest, unit: Unit) -> TemplateUpload:
    """Return the file and what it is for; BadTemplateError where there is none, BadRequest for a kind that is none."""
    kind, file = request.POST.get("kind", ""), request.FILES.get("file")
    if kind and kind not in document_kinds():
        raise BadRequest(_("There is no such kind of document."))
    if file is None or not file.size:
        raise BadTemplateError(_("Choose a file first; an empty file is no template."))
    return TemplateUpload(unit=unit, kind=kind, name=file.name or "", content=file.read(MOST_BYTES + 1))


def kinds_with(unit: Unit) -> list[tuple[str, DocumentKind | None, OfficeTemplate | None, list[tuple[str, str]]]]:
    """All kinds and each kind: its word in addresses, itself, the template kept, and its columns' tags and headings."""
    kept = {
        row.kind: row for row in OfficeTemplate.objects.filter(unit=unit).defer("content").select_related("uploaded_by")
    }
    rows: list[tuple[str, DocumentKind | None, OfficeTemplate | None, list[tuple[str, str]]]] = [
        (GENERAL, None, kept.get(""), [])
    ]
    for code, kind in document_kinds().items():
        columns = [(column_tag(column.heading), column.heading) for column in document_kind(code).columns]
        rows.append((code, kind, kept.get(code), columns))
    return rows


def as_word(content: bytes, name: str) -> HttpResponse:
    """Return a .docx to keep; its name as browsers and disks take it."""
    ending = ".docx"
    safe = get_valid_filename(name.removesuffix(ending) or "mau")
    answer = HttpResponse(content, content_type=FORMATS["docx"].content_type)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{safe.encode("ascii", "ignore").decode() or "mau"}{ending}"'
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
