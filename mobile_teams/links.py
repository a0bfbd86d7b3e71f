"""What other rooms show of teams and tours: rows of `PANO_ACTIVITY_LINKS` and `PANO_FEED_SUGGESTIONS`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from events.programme.gate import visible_q
from mobile_teams.models import Stop, Team

if TYPE_CHECKING:
    from events.registries import Link, Suggestion
    from units.permissions import Viewer


def activity_links(uid: str, viewer: Viewer) -> tuple[Link, ...]:
    """Return a link to the tour, none where the activity is no stop or the viewer may not see it; one query."""
    stops = Stop.objects.filter(visible_q(viewer, "activity__"), activity__uid=uid)
    return tuple(
        (_("Tour: %(name)s") % {"name": name}, reverse("mobile_teams:tour", args=[key]))
        for key, name in stops.values_list("tour_id", "tour__name")
    )


def feed_suggestions(viewer: Viewer) -> tuple[Suggestion, ...]:
    """Return the plan of each team of the viewer's units, to be followed; one query, none for who belongs to none."""
    if not viewer.unit_ids:
        return ()
    teams = Team.objects.filter(unit__in=viewer.unit_ids).order_by("resource__code")
    return tuple(
        (urlencode({"team": code}), _("Team: %(name)s") % {"name": name})
        for code, name in teams.values_list("resource__code", "resource__name")
    )
