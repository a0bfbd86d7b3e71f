"""The Django application: maps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    """Registers the application under its own name."""

    name = "maps"
    verbose_name = _("Maps")
