"""A campaign as its letter states it, with how much of its plan a viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from core.intervals import last_day
from events.models import Campaign
from events.programme.loading import load_programme
from events.programme.scope import Scope
from events.programme.selection import select_occurrences
from events.programme.tallies import Tally, by_district, by_kind, by_theme, load_area_tree

if TYPE_CHECKING:
    from datetime import date

    from events.programme.entries import Programme
    from units.permissions import Viewer

LISTS = ("basis_documents", "themes", "forms", "audiences", "funding_sources", "coordinating_units")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSummary:
    """A campaign and how many of its activities and occurrences the viewer may see."""

    campaign: Campaign
    activities: int
    occurrences: int

    @property
    def number(self) -> str:
        """The number of the letter, empty while the clerk has not given one ("/SVHTTDL-QLVHGĐ" has none)."""
        written = self.campaign.letter_number.strip()
        return "" if written.startswith("/") else written

    @property
    def last_safe_day(self) -> date | None:
        """The day before the one that the report is due before."""
        before = self.campaign.report_before
        return None if before is None else before - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReading:
    """A campaign, its plan in numbers, and the days (both included) in which all of it lies; None for no plan."""

    summary: CampaignSummary
    days: tuple[date, date] | None
    kinds: tuple[Tally, ...]
    districts: tuple[Tally, ...]
    themes: tuple[Tally, ...]
    revision: str


def load_campaigns(*, viewer: Viewer) -> tuple[CampaignSummary, ...]:
    """Return the campaigns, latest first; two queries. A visitor gets those with something to see."""
    seen = select_occurrences(scope=Scope(), viewer=viewer).order_by().values_list("activity__campaign")
    counts = {
        campaign: (activities, occurrences)
        for campaign, activities, occurrences in seen.annotate(Count("activity", distinct=True), Count("id"))
    }
    return tuple(
        CampaignSummary(campaign=campaign, activities=activities, occurrences=occurrences)
        for campaign in Campaign.objects.select_related("lead_unit")
        for activities, occurrences in [counts.get(campaign.pk, (0, 0))]
        if occurrences or viewer.is_staff_member
    )


def load_campaign(*, code: str, viewer: Viewer) -> CampaignReading | None:
    """Return the campaign; None where there is none, or for a visitor nothing of it to see. Constant queries."""
    rows = Campaign.objects.filter(code=code).select_related("lead_unit").prefetch_related(*LISTS)
    campaign = rows.first()
    if campaign is None:
        return None
    programme = load_programme(window=None, scope=Scope(campaigns=(code,)), viewer=viewer)
    if not programme.entries and not viewer.is_staff_member:
        return None
    entries = programme.entries
    return CampaignReading(
        summary=CampaignSummary(
            campaign=campaign,
            activities=len({entry.key.uid for entry in entries}),
            occurrences=len(entries),
        ),
        days=_days(programme),
        kinds=by_kind(entries),
        districts=by_district(entries, load_area_tree()),
        themes=by_theme(entries, campaign.themes.all()),
        revision=programme.revision,
    )


def _days(programme: Programme) -> tuple[date, date] | None:
    if not programme.entries:
        return None
    first = min(entry.interval.start for entry in programme.entries).date()
    return first, max(last_day(entry.interval) for entry in programme.entries)
