"""What is done and when: campaigns, activities, their occurrences and what those take."""

from events.models.activity import Activity, ActivityKind, ActivityPlace, SeriesDate, Status
from events.models.campaign import (
    Audience,
    BasisDocument,
    Campaign,
    CampaignStatus,
    Form,
    FundingSource,
    Theme,
)
from events.models.occurrence import Booking, Occurrence
from events.models.planned_event import PlannedEvent
from events.models.upload import PlanUpload

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityPlace",
    "Audience",
    "BasisDocument",
    "Booking",
    "Campaign",
    "CampaignStatus",
    "Form",
    "FundingSource",
    "Occurrence",
    "PlanUpload",
    "PlannedEvent",
    "SeriesDate",
    "Status",
    "Theme",
]
