"""The Django application: units and people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """Registers the application under its own name."""

    name = "units"
    verbose_name = _("Units and people")
