"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


@method_decorator(never_cache, name="dispatch")
class LoginView(views.LoginView):
    """The sign-in page; a demonstration copy shows its accounts there, and nowhere else."""

    template_name = "units/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add the demonstration accounts' password where there is one."""
        password = settings.PANO_DEMO_PASSWORD if settings.PANO_ENV == "demo" else None
        return super().get_context_data(demo_password=password, **kwargs)
