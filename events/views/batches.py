"""Many documents at once: begin a batch, watch it, cancel it, take what is ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotAllowed
from core.vietnamese import format_date
from events.batches.asking import MOST_PARTS, PartPlan, area_parts, ask_for_batch, cancel_batch
from events.batches.packing import fault_list, finished_papers, zip_pieces
from events.batches.progress import progress_of
from events.batches.tasks import begin_batch
from events.documents import DocumentSpec, document_kind, parse_spec
from events.models import DocumentBatch, DocumentPart, PartState
from events.views.access import user_of
from events.views.viewers import viewer_for
from venues.models import Area

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN: Final = 20
FAULTS_NAME: Final = "LOI-KHONG-LAP-DUOC.txt"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """List one's batches; a POST with `query` (a document's address) and `area`s begins one, without areas a single."""
    if request.method != "POST":
        rows = DocumentBatch.objects.filter(asked_by=user_of(request))[:SHOWN]
        found = [progress_of(batch, now=timezone.now()) for batch in rows]
        return render(request, "events/batches.html", {"batches": found})
    spec = parse_spec(QueryDict(request.POST.get("query", "")), today=timezone.localdate())
    if document_kind(spec.kind).needs_tour:
        raise BadRequest(_("A route sheet is of one tour; choose it from the list of tours."))
    parts = (
        (PartPlan(label=_title(spec, 0), spec=spec),)
        if request.POST.get("single")
        else area_parts(spec, _areas(request.POST.getlist("area")))
    )
    title = _title(spec, len(parts))
    try:
        with transaction.atomic():
            batch = ask_for_batch(title=title, spec=spec, parts=parts, by=user_of(request), now=timezone.now())
            begin_batch()
    except NotAllowed as refusal:
        raise BadRequest(str(refusal)) from refusal
    return redirect("events:batch", batch.token)


@never_cache
@login_required
@require_safe
def batch(request: HttpRequest, token: str) -> HttpResponse:
    """The page that tells how far the batch is and hands out what is ready."""
    return _page(request, token, "events/batch.html")


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """The part of that page that changes, for the script that asks each second."""
    return _page(request, token, "events/parts/batch_progress.html")


@login_required
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Leave out what is not made yet."""
    cancel_batch(_batch(request, token), now=timezone.now())
    return redirect("events:batch", token)


@never_cache
@login_required
@require_safe
def part(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """One paper, or all bound into one file, as PDF."""
    rows = DocumentPart.objects.filter(batch=_batch(request, token), state=PartState.DONE)
    found = get_object_or_404(rows, position=position)
    answer = HttpResponse(bytes(found.content or b""), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.file_name}"'
    return answer


@never_cache
@login_required
@require_safe
def pack(request: HttpRequest, token: str) -> HttpResponseBase:
    """All papers in one ZIP, sent while it is written; what could not be made is named in a text file."""
    found = _batch(request, token)
    state = progress_of(found, now=timezone.now())
    if not state.has_zip:
        raise Http404(_("The papers are not ready yet, or there are none."))
    missing = [(each.label, each.message or each.get_state_display()) for each in state.papers if not each.size]
    answer = StreamingHttpResponse(zip_pieces(_files(found, missing)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="pano-{timezone.localdate(found.asked_at)}.zip"'
    return answer


def _files(found: DocumentBatch, missing: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    for each in finished_papers(found):
        yield f"{each.position:03}-{each.file_name}", bytes(each.content or b"")
    if missing:
        yield FAULTS_NAME, fault_list(missing)


def _page(request: HttpRequest, token: str, template: str) -> HttpResponse:
    return render(request, template, {"progress": progress_of(_batch(request, token), now=timezone.now())})


def _batch(request: HttpRequest, token: str) -> DocumentBatch:
    rows: QuerySet[DocumentBatch] = DocumentBatch.objects.filter(token=token)
    if not viewer_for(request).is_administrator:
        rows = rows.filter(asked_by=user_of(request))
    found = rows.first()
    if found is None:
        raise Http404(_("There is no such batch of yours; batches are thrown away after some days."))
    return found


def _areas(slugs: list[str]) -> list[Area]:
    """The areas chosen, in the order of their edition; BadRequest names one that does not exist."""
    if len(set(slugs)) > MOST_PARTS:
        words = _("%(count)s papers at once are too many; choose at most %(most)s areas.")
        raise BadRequest(words % {"count": len(set(slugs)), "most": MOST_PARTS})
    found = list(Area.objects.filter(slug__in=slugs).defer("boundary"))
    unknown = set(slugs) - {area.slug for area in found}
    if unknown:
        sentence = _("There is no area “%(value)s”; see the list at /areas.json.")
        raise BadRequest(sentence % {"value": min(unknown)[:80]})
    return found


def _title(spec: DocumentSpec, count: int) -> str:
    """What the batch is called: "Lịch hoạt động, 01/07/2023–30/09/2023, 11 địa bàn"."""
    days = [format_date(day) if day else "…" for day in (spec.first, spec.last)]
    period = [] if spec.window is None else ["–".join(days)]
    areas = [ngettext("%(count)s area", "%(count)s areas", count) % {"count": count}] if count > 1 else []
    return ", ".join([str(document_kind(spec.kind).label), *period, *areas])
