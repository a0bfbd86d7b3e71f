"""Admin page of private links: an administrator sees whose they are and ends them, and never learns an address."""

from __future__ import annotations

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from events.feeds.wording import describe_query, query_behind
from events.models import Subscription
from events.planning.subscriptions import revoke_subscription
from units.models import User
from venues.record_admin import ReadOnlyAdmin


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """Private links of everybody, without what would open them."""

    list_display = ("owner", "name", "token_hint", "created_at", "last_fetched_at", "last_client", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username", "owner__full_name")
    fields = (
        "owner", "name", "holds", "alarm_minutes", "wants_mail", "token_hint", "created_at", "rotated_at",
        "revoked_at", "last_fetched_at", "last_client",
    )  # fmt: skip
    actions = ("revoke",)

    @admin.display(description=gettext_lazy("What it holds"))
    def holds(self, link: Subscription) -> str:
        """Return what the link holds, in words."""
        return describe_query(query_behind(link))

    @admin.action(description=gettext_lazy("Revoke the chosen links for good"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        """End them; those that are revoked already stay so."""
        living = list(queryset.filter(revoked_at=None).values_list("pk", flat=True))
        for key in living:
            revoke_subscription(pk=key, by=cast("User", request.user))
        text = ngettext("%(number)d link was revoked.", "%(number)d links were revoked.", len(living))
        messages.success(request, text % {"number": len(living)})
