"""What is done and when: campaigns, activities, their occurrences and what those take."""

from events.models.activity import Activity, ActivityKind, ActivityPlace, OccurrenceDetail, SeriesDate, Status
from events.models.almanac import (
    DayOff,
    Festival,
    FestivalDate,
    FestivalState,
    MourningPeriod,
    Observance,
    ObservanceKind,
)
from events.models.batch import DocumentBatch, DocumentPart, PartState
from events.models.calendar_import import CalendarUpload, CalendarUploadState, ImportedEvent
from events.models.campaign import (
    Audience,
    BasisDocument,
    Campaign,
    CampaignStatus,
    Form,
    FundingSource,
    Theme,
)
from events.models.document_form import DocumentForm
from events.models.feed import FeedText, SavedFilter, Subscription, UrgentChange, UrgentNotice
from events.models.legal import AcceptedWarning, Figure, KindTrait, LeadTime, Notice
from events.models.occurrence import Booking, Occurrence
from events.models.office_template import OfficeTemplate
from events.models.planned_event import PlannedEvent
from events.models.step import BranchActivity, BranchStatus, PlanBranch, PlanStep, StepChange
from events.models.upload import PlanUpload

__all__ = [
    "AcceptedWarning",
    "Activity",
    "ActivityKind",
    "ActivityPlace",
    "Audience",
    "BasisDocument",
    "Booking",
    "BranchActivity",
    "BranchStatus",
    "CalendarUpload",
    "CalendarUploadState",
    "Campaign",
    "CampaignStatus",
    "DayOff",
    "DocumentBatch",
    "DocumentForm",
    "DocumentPart",
    "FeedText",
    "Festival",
    "FestivalDate",
    "FestivalState",
    "Figure",
    "Form",
    "FundingSource",
    "ImportedEvent",
    "KindTrait",
    "LeadTime",
    "MourningPeriod",
    "Notice",
    "Observance",
    "ObservanceKind",
    "Occurrence",
    "OccurrenceDetail",
    "OfficeTemplate",
    "PartState",
    "PlanBranch",
    "PlanStep",
    "PlanUpload",
    "PlannedEvent",
    "SavedFilter",
    "SeriesDate",
    "Status",
    "StepChange",
    "Subscription",
    "Theme",
    "UrgentChange",
    "UrgentNotice",
]
