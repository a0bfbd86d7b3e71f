"""The Django application: activities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Registers the application under its own name."""

    name = "events"
    verbose_name = _("Activities")
