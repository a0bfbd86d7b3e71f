"""The plan's workbook on the web: import with a preview, the empty template, the export.

What reads and writes workbooks is imported where it is used: only a process that does so shall pay for openpyxl.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.conflicts import Problem
from core.errors import ImportRejected
from events.models import Campaign
from events.planning.uploads import keep_upload, take_upload
from events.tasks import schedule_purge
from events.views.access import user_of
from events.views.viewers import viewer_for
from events.workbook.layout import MAX_BYTES
from events.workbook.report import ImportReport
from units.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_NAME: Final = "mau-ke-hoach.xlsx"
SHOWN_PROBLEMS: Final = 300


def for_planners(view: View[P]) -> View[P]:
    """Send visitors to the sign-in page and refuse whoever does not plan."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_for(request)
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        if not viewer.is_planner:
            raise PermissionDenied(_("Only planners may import or export a plan."))
        return view(request, *args, **kwargs)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def import_plan(request: HttpRequest) -> HttpResponse:
    """Ask for a workbook; show what it would change, or everything that is wrong with it."""
    if request.method != "POST":
        return _upload_page(request)
    uploaded = request.FILES.get("workbook")
    if uploaded is None:
        return _upload_page(request, fault=_("Choose the workbook to import."))
    if uploaded.size is not None and uploaded.size > MAX_BYTES:
        return _upload_page(request, fault=_("The file is larger than 20 MB; split the plan or remove pictures."))
    content, name, user = uploaded.read(), uploaded.name or "", user_of(request)
    report = _import(request, content, name=name, by=user, is_dry_run=True)
    if isinstance(report, HttpResponse):
        return report
    upload = keep_upload(content=content, name=name, by=user, now=timezone.now())
    schedule_purge()
    return render(request, "events/plan_import_preview.html", {"report": report, "upload": upload})


@require_POST
@for_planners
def confirm_import(request: HttpRequest) -> HttpResponse:
    """Carry out the import that was previewed."""
    user = user_of(request)
    with transaction.atomic():
        upload = take_upload(token=request.POST.get("token", ""), by=user)
        if upload is None:
            raise Http404(_("This workbook was already imported or is no longer kept; upload it again."))
        report = _import(request, bytes(upload.content), name=upload.name, by=user, is_dry_run=False)
    if isinstance(report, HttpResponse):
        return report
    messages.success(request, _("The plan was imported."))
    return render(request, "events/plan_import_done.html", {"report": report})


@require_safe
@for_planners
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view's signature
    """Download the empty workbook."""
    from events.workbook.template import template_workbook  # noqa: PLC0415 -- see the module docstring

    return _download(template_workbook(), TEMPLATE_NAME)


@require_safe
@for_planners
def export_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Download a campaign's plan as the workbook that imports back unchanged."""
    from events.workbook.exporting import export_workbook  # noqa: PLC0415 -- see the module docstring

    campaign = Campaign.objects.filter(code=code).first()
    if campaign is None:
        raise Http404(_("There is no campaign with the code “%(code)s”.") % {"code": code})
    return _download(export_workbook(campaign, viewer=viewer_for(request)), f"{campaign.code}.xlsx")


def _import(
    request: HttpRequest, content: bytes, *, name: str, by: User, is_dry_run: bool
) -> ImportReport | HttpResponse:
    """The report, or the page of problems."""
    from events.workbook.importing import import_workbook  # noqa: PLC0415 -- see the module docstring

    try:
        return import_workbook(content, by=by, is_dry_run=is_dry_run)
    except ImportRejected as rejection:
        return _problem_page(request, rejection.problems, name)


def _upload_page(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    context = {"fault": fault, "campaigns": Campaign.objects.all()}
    return render(request, "events/plan_import.html", context)


def _problem_page(request: HttpRequest, problems: tuple[Problem, ...], name: str) -> HttpResponse:
    context = {
        "name": name,
        "count": len(problems),
        "problems": problems[:SHOWN_PROBLEMS],
        "hidden": max(0, len(problems) - SHOWN_PROBLEMS),
    }
    return render(request, "events/plan_import_problems.html", context)


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
