"""The admin site of the product: Django's, whose password page writes through planning."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units.forms import OwnPasswordForm


class StaffAdminSite(AdminSite):
    """Named in the product's words."""

    site_header = _("Pano administration")
    site_title = _("Pano administration")

    def password_change(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401 -- a page or, when done, a redirect
        """Let people change their own password, with an audit entry."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)
