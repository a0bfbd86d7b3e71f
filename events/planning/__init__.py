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
from events.planning.steps import (
    apply_states,
    delete_activities,
    redo_step,
    restore_version,
    steps_of,
    undo_step,
)

__all__ = [
    "ActivityChange",
    "ActivityPlan",
    "Basis",
    "CampaignPlan",
    "ListItem",
    "OccurrenceChange",
    "SkippedDate",
    "StepLabel",
    "apply_states",
    "campaign_plan_of",
    "change_activities",
    "change_activity",
    "change_occurrence",
    "delete_activities",
    "field_labels",
    "find_conflicts",
    "normalise",
    "plan_activities",
    "plan_activity",
    "plan_of",
    "redo_step",
    "restore_version",
    "save_activities",
    "save_campaign",
    "set_status",
    "steps_of",
    "undo_step",
]
