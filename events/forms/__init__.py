"""What people fill in, turned into the commands of planning."""

from events.forms.activity import ActivityForm
from events.forms.initial import initial_of
from events.forms.status import CancelOccurrenceForm, MoveOccurrenceForm, ReasonForm, StatusForm

__all__ = [
    "ActivityForm",
    "CancelOccurrenceForm",
    "MoveOccurrenceForm",
    "ReasonForm",
    "StatusForm",
    "initial_of",
]
