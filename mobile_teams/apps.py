"""The Django application: mobile teams."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobileTeamsConfig(AppConfig):
    """Registers the application under its own name."""

    name = "mobile_teams"
    verbose_name = _("Mobile teams")
