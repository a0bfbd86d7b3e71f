"""From an activity to the tour that stops at it: one row of `settings.PANO_ACTIVITY_LINKS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from events.programme.gate import visible_q
from mobile_teams.models import Stop

if TYPE_CHECKING:
    from events.registries import Link
    from units.permissions import Viewer


def activity_links(uid: str, viewer: Viewer) -> tuple[Link, ...]:
    """Return a link to the tour, none where the activity is no stop or the viewer may not see it; one query."""
    stops = Stop.objects.filter(visible_q(viewer, "activity__"), activity__uid=uid)
    return tuple(
        (_("Tour: %(name)s") % {"name": name}, reverse("mobile_teams:tour", args=[key]))
        for key, name in stops.values_list("tour_id", "tour__name")
    )
