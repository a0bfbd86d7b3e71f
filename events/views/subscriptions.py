"""A person's own private links: listed, made, changed, given a new address, revoked."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import NotAllowed
from core.text import inner_quotes
from events.feeds.spec import query_of, spec_of
from events.feeds.tokens import hash_token
from events.feeds.wording import describe_queries, query_behind
from events.forms.subscriptions import EVERYTHING, OWN_FILTER, SubscriptionForm, initial_of
from events.models import SavedFilter, Subscription
from events.planning.ownership import LONGEST_NAME
from events.planning.subscriptions import (
    change_subscription,
    create_subscription,
    revoke_subscription,
    rotate_subscription,
)
from events.views.access import user_of
from events.views.feed_guides import guides
from events.views.feed_links import private_link
from events.views.subscription_choices import choices_for, suggestions_for
from events.views.subscription_tickets import read_ticket, write_ticket
from events.views.viewers import viewer_for

GET_OR_POST: Final = ("GET", "HEAD", "POST")
SHOWN_REVOKED: Final = 10


@login_required
@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """List one's links and saved filters."""
    user = user_of(request)
    rows = list(Subscription.objects.filter(owner=user).select_related("saved_filter").order_by("name", "id"))
    filters = list(SavedFilter.objects.filter(owner=user).order_by("name"))
    words = describe_queries([*map(query_behind, rows), *(each.query for each in filters)])
    ended = [(row.revoked_at, row.name) for row in rows if row.revoked_at is not None]
    context = {
        "links": [(row, text) for row, text in zip(rows, words, strict=False) if row.revoked_at is None],
        "revoked": sorted(ended, reverse=True)[:SHOWN_REVOKED],
        "filters": list(zip(filters, words[len(rows) :], strict=True)),
        "suggestions": suggestions_for(
            viewer_for(request), taken={row.query for row in rows if row.revoked_at is None}
        ),
        "has_address": bool(user.email),
    }
    return render(request, "events/subscriptions.html", context)


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def create(request: HttpRequest) -> HttpResponse:
    """Make a link for the filter of the address or another one; its address is shown once, on the page that follows."""
    user = user_of(request)
    form = new_form(request)
    if form.is_valid():
        try:
            ticket = read_ticket(request.POST.get("ticket", ""), owner=user)
            made = create_subscription(plan=form.plan(), token=ticket.token, request_key=ticket.key, by=user)
        except (ValidationError, NotAllowed) as error:
            form.add_error(None, sentence_of(error))
        else:
            return show_address(request, made, token=ticket.token, is_new=True)
    return render(request, "events/subscription_form.html", {"form": form, "ticket": write_ticket(user)})


def new_form(request: HttpRequest) -> SubscriptionForm:
    """Return the form of a new link that holds the filter of the address, or with `saved` follows a saved one."""
    query = request.GET.copy()
    saved = query.pop("saved", [""])[-1]
    asked = query_of(spec_of(query.urlencode()))
    holds = choices_for(viewer_for(request), asked=[asked] if asked else [])
    chosen = f"{OWN_FILTER}{saved}" if saved else asked or EVERYTHING
    names = {value: words for _group, choices in holds for value, words in choices}
    initial = {"holds": chosen, "name": names.get(chosen, "")[:LONGEST_NAME], "wants_mail": True}
    return SubscriptionForm(request.POST if request.method == "POST" else None, holds=holds, initial=initial)


@login_required
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a link, let it hold something else, remind earlier or later, write or not."""
    link = own_link(request, pk)
    asked = [] if link.saved_filter_id is not None or not link.query else [link.query]
    holds = choices_for(viewer_for(request), asked=asked)
    form = SubscriptionForm(request.POST if request.method == "POST" else None, holds=holds, initial=initial_of(link))
    if form.is_valid():
        try:
            changed = change_subscription(pk=pk, plan=form.plan(), by=user_of(request))
        except (ValidationError, NotAllowed) as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, _("“%(name)s” was saved; its address stays.") % named(changed))
            return redirect("events:subscriptions")
    return render(request, "events/subscription_form.html", {"form": form, "link": link})


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a link a new address after asking; the old one ends at once."""
    link, user = own_link(request, pk), user_of(request)
    if request.method == "POST":
        try:
            ticket = read_ticket(request.POST.get("ticket", ""), owner=user)
            rotated = rotate_subscription(pk=pk, token=ticket.token, by=user)
        except ValidationError as error:
            messages.error(request, sentence_of(error))
        else:
            return show_address(request, rotated, token=ticket.token, is_new=False)
    return render(request, "events/subscription_rotate.html", {"link": link, "ticket": write_ticket(user)})


@login_required
@require_http_methods(GET_OR_POST)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a link for good, after asking."""
    link = own_link(request, pk)
    if request.method != "POST":
        return render(request, "events/subscription_revoke.html", {"link": link})
    revoke_subscription(pk=pk, by=user_of(request))
    messages.success(request, _("“%(name)s” was revoked: its address answers nobody any more.") % named(link))
    return redirect("events:subscriptions")


def own_link(request: HttpRequest, pk: int) -> Subscription:
    """Return a living link of the person's own, or Http404."""
    rows = Subscription.objects.filter(pk=pk, owner=user_of(request), revoked_at=None)
    link = rows.select_related("saved_filter").first()
    if link is None:
        raise Http404(_("You have no such link, or it was revoked."))
    return link


def show_address(request: HttpRequest, link: Subscription, *, token: str, is_new: bool) -> HttpResponse:
    """Show the whole address, this once; a link that has another token by now is only listed."""
    if link.token_hash != hash_token(token) or link.revoked_at is not None:
        messages.info(request, _("This link was made before; its address was shown then."))
        return redirect("events:subscriptions")
    context: dict[str, Any] = {
        "subscription": link,
        "link": private_link(token, title=link.name),
        "is_new": is_new,
        "guides": guides(),
    }
    return render(request, "events/subscription_made.html", context)


def sentence_of(error: ValidationError | NotAllowed) -> str:
    """What to tell of a refusal."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def named(link: Subscription) -> dict[str, str]:
    """A link's name, for a sentence that sets it between quotes."""
    return {"name": inner_quotes(link.name)}
