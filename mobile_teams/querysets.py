"""Querysets of tours, ready to chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from events.models import ActivityPlace
from mobile_teams.models import Stop

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mobile_teams.models import Tour


def with_crew_and_stops(tours: QuerySet[Tour]) -> QuerySet[Tour]:
    """Tours with all that a reading asks of them: campaign, crew, depot, stops in order with their venues' areas."""
    places = ActivityPlace.objects.select_related("venue__area", "venue__successor_area")
    stops = Stop.objects.select_related("activity").order_by("position")
    return tours.select_related(
        "campaign", "team__resource", "team__unit", "vehicle__resource", "depot"
    ).prefetch_related(
        "campaign__basis_documents",
        Prefetch("stops", queryset=stops.prefetch_related(Prefetch("activity__places", queryset=places))),
    )
