"""Documents: choose what, for whom and when, see what it will hold, take it as PDF or in another form."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.documents import DocumentSpec, build_document, parse_spec, spec_query
from events.documents.formats import FORMATS, write_as
from events.documents.issuers import OFFICES, authority_of_unit
from events.documents.kept_templates import template_of
from events.documents.maker import paper_tag
from events.documents.registry import document_kinds
from events.documents.spec import PERIODS, parse_days
from events.outputs.documents.docx_faults import BadTemplateError
from events.outputs.documents.model import Document
from events.outputs.documents.pages import estimated_pages, estimated_seconds
from events.outputs.documents.text import messages_of
from events.programme.scope import Scope
from events.views.area_choice import find_area
from events.views.batch_offer import batch_offers
from events.views.filter_form import filter_fields
from events.views.filters import filters_of, parse_filters
from events.views.viewers import viewer_for
from units.models import Unit, UnitKind
from venues.models import Area, AreaLevel

MOST_ROWS: Final = 1200  # some ten seconds of layout; more would keep a web process from everybody else
MOST_MESSAGES: Final = 10  # more of them nobody pastes into a chat
FILTERS: Final = ("area", "unit", "team", "campaign")


@require_safe
def print_index(request: HttpRequest) -> HttpResponse:
    """Choose a document, for what and when; with `document` in the address, see what it will hold and take it."""
    spec = parse_spec(request.GET, today=timezone.localdate())
    viewer = viewer_for(request)
    kinds = document_kinds()
    context: dict[str, object] = {
        "kinds": kinds.items(),
        "kind": kinds[spec.kind],
        "spec": spec,
        **chosen_period(request, spec),
        "tours_query": filters_of(request.GET),
        "fields": [field for field in filter_fields(parse_filters(request.GET), viewer) if field.name in FILTERS],
        "is_asked": bool(request.GET),
        "has_areas": Area.objects.exists(),
    }
    if request.GET and not (kinds[spec.kind].needs_tour and spec.tour is None):
        document = build_document(spec, viewer=viewer, printed_on=timezone.localdate())
        pages = estimated_pages(document)
        context |= {
            "document": document,
            "pages": pages,
            "seconds": estimated_seconds(pages),
            "query": spec_query(replace(spec, is_archive=False)),
            "archive_query": spec_query(replace(spec, is_archive=True)),
            "batch_offers": batch_offers(spec.first, spec.last, today=timezone.localdate())
            if request.user.is_authenticated
            else [],
            "is_too_long": len(document.rows) > MOST_ROWS,
            "messages_to_copy": messages_of(document)[: MOST_MESSAGES + 1],
            "most_messages": MOST_MESSAGES,
            "groups": [
                (each.title, len(each.rows)) for part in document.sections for each in part.groups if each.title
            ],
        }
    return render(request, "events/print.html", context)


def chosen_period(request: HttpRequest, spec: DocumentSpec) -> dict[str, object]:
    """The periods to choose from, and the word or the days that were chosen: days count before a word."""
    labels = (
        _("This week"), _("Next week"), _("This month"), _("This quarter"), _("This year"), _("The whole campaign"),
    )  # fmt: skip
    has_days = any(request.GET.get(name, "").strip() for name in ("from", "to"))
    return {
        "periods": list(zip(PERIODS[1:], labels, strict=True)),
        "period": "" if has_days else request.GET.get("period", ""),
        "days": (spec.first, spec.last) if has_days else (None, None),
    }


@require_safe
def document_pdf(request: HttpRequest) -> HttpResponseBase:
    """Any document by its address, as this viewer may see it, always in Vietnamese."""
    return document_file(request, ending="pdf")


@require_safe
def document_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The same document in another form: `ending` is a key of FORMATS."""
    return _file(request, parse_spec(request.GET, today=timezone.localdate()), ending=ending)


@require_safe
def area_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The schedule of an area: the address that stands on papers already printed."""
    area = find_area(slug)
    first, last = parse_days(request.GET, today=timezone.localdate())
    spec = DocumentSpec(kind="schedule", scope=Scope(areas=(area.slug,)), first=first, last=last)
    return _file(request, spec, ending="pdf")


def _file(request: HttpRequest, spec: DocumentSpec, *, ending: str) -> HttpResponseBase:
    document = build_document(spec, viewer=viewer_for(request), printed_on=timezone.localdate())
    if len(document.rows) > MOST_ROWS:
        raise BadRequest(_too_long(document))
    chosen = FORMATS[ending]
    template = template_of(spec) if chosen.fill_in is not None else None
    etag = paper_tag(ending.encode(), repr(document).encode(), template or b"")
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(_written(document, ending, template=template), content_type=chosen.content_type)
        place = "attachment" if chosen.is_download else "inline"
        answer["Content-Disposition"] = f'{place}; filename="{document.file_name}.{ending}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Language"] = "vi"
    patch_vary_headers(answer, ("Cookie",))
    return answer


def _written(document: Document, ending: str, *, template: bytes | None) -> bytes:
    try:
        return write_as(document, ending, template=template)
    except BadTemplateError as error:
        raise BadRequest(
            _("The Word template of the unit has a fault: %(fault)s Bring another one, or remove it.")
            % {"fault": error}
        ) from error


def authority_of(area: Area) -> tuple[str, ...]:
    """Return the lines of the issuing body: the area's own office below its committee, else the Department."""
    offices = Unit.objects.prefetch_related("areas")
    office = None if area.level == AreaLevel.ZONE else offices.filter(areas=area, kind__in=OFFICES).first()
    if office is not None:
        return (f"UBND {area.name}", office.name)
    return authority_of_unit(offices.filter(kind=UnitKind.DEPARTMENT).first())


def _too_long(document: Document) -> str:
    sentence = _(
        "The document would have %(count)s rows on some %(pages)s pages, more than %(most)s rows; "
        "have it made in the background from the page “Print”, or choose a shorter period or a smaller area."
    )
    count, pages = len(document.rows), estimated_pages(document)
    return sentence % {"count": count, "pages": pages, "most": MOST_ROWS}
