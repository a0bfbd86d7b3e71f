"""The Django application: areas and venues."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    """Registers the application under its own name."""

    name = "venues"
    verbose_name = _("Areas and venues")
