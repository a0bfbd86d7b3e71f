"""The only writer of campaigns, activities, occurrences and bookings."""

from events.planning.activities import (
    change_activities,
    change_activity,
    change_occurrence,
    find_conflicts,
    plan_activities,
    plan_activity,
    save_activities,
    set_status,
)
from events.planning.campaigns import Basis, CampaignPlan, ListItem, campaign_plan_of, save_campaign
from events.planning.commands import ActivityChange, ActivityPlan, OccurrenceChange, SkippedDate, StepLabel
from events.planning.snapshots import field_labels, normalise, plan_of

__all__ = [
    "ActivityChange",
    "ActivityPlan",
    "Basis",
    "CampaignPlan",
    "ListItem",
    "OccurrenceChange",
    "SkippedDate",
    "StepLabel",
    "campaign_plan_of",
    "change_activities",
    "change_activity",
    "change_occurrence",
    "field_labels",
    "find_conflicts",
    "normalise",
    "plan_activities",
    "plan_activity",
    "plan_of",
    "save_activities",
    "save_campaign",
    "set_status",
]
