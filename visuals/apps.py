"""The Django application: visual displays."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisualsConfig(AppConfig):
    """Registers the application under its own name."""

    name = "visuals"
    verbose_name = _("Visual displays")
