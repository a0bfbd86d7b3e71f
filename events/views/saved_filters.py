"""A person's own saved filters: kept from the calendar, renamed, deleted."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.text import inner_quotes
from events.feeds.spec import query_of, spec_of
from events.feeds.wording import describe_query
from events.forms.subscriptions import FilterForm
from events.models import SavedFilter
from events.planning.saved_filters import change_filter, delete_filter, save_filter
from events.views.access import user_of

GET_OR_POST: Final = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(GET_OR_POST)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address under a name."""
    query = query_of(spec_of(request.GET.urlencode()))
    words = describe_query(query)
    form = FilterForm(request.POST if request.method == "POST" else None, initial={"name": words[:80]})
    if form.is_valid():
        try:
            kept = save_filter(name=form.cleaned_data["name"], query=query, by=user_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The filter “%(name)s” is kept.") % {"name": inner_quotes(kept.name)})
            return redirect("events:subscriptions")
    return render(request, "events/filter_form.html", {"form": form, "words": words})


@login_required
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a filter."""
    row = own_filter(request, pk)
    form = FilterForm(request.POST if request.method == "POST" else None, initial={"name": row.name})
    if form.is_valid():
        try:
            changed = change_filter(pk=pk, name=form.cleaned_data["name"], by=user_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The filter is now called “%(name)s”.") % {"name": inner_quotes(changed.name)})
            return redirect("events:subscriptions")
    return render(request, "events/filter_form.html", {"form": form, "words": describe_query(row.query), "filter": row})


@login_required
@require_http_methods(GET_OR_POST)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a filter, after asking; links that follow it keep what it says."""
    row = own_filter(request, pk)
    if request.method != "POST":
        links = row.subscriptions.filter(revoked_at=None)
        context = {"filter": row, "words": describe_query(row.query), "links": links}
        return render(request, "events/filter_delete.html", context)
    delete_filter(pk=pk, by=user_of(request))
    messages.success(request, _("The filter “%(name)s” was deleted.") % {"name": inner_quotes(row.name)})
    return redirect("events:subscriptions")


def own_filter(request: HttpRequest, pk: int) -> SavedFilter:
    """Return a filter of the person's own, or Http404."""
    row = SavedFilter.objects.filter(pk=pk, owner=user_of(request)).first()
    if row is None:
        raise Http404(_("You have no such filter."))
    return row
