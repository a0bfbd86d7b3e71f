"""The form of what is done to many activities at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.fields import NamedChoiceField
from events.models import Status
from events.planning.bulk_items import BulkOperation, BulkVerb
from units.models import Unit
from units.permissions import Viewer, units_open_to
from venues.models import Area

VERB_LABELS = (
    (BulkVerb.SHIFT.value, _("Move by days")),
    (BulkVerb.COPY.value, _("Copy to other areas")),
    (BulkVerb.UNIT.value, _("Change the lead unit")),
    (BulkVerb.STATUS.value, _("Change the status")),
    (BulkVerb.CANCEL.value, _("Cancel")),
    (BulkVerb.DELETE.value, _("Delete")),
)
FIELDS_OF = {
    BulkVerb.SHIFT: ("days",),
    BulkVerb.COPY: ("areas", "keeps_status"),
    BulkVerb.UNIT: ("unit",),
    BulkVerb.STATUS: ("status", "reason"),
    BulkVerb.CANCEL: ("reason",),
    BulkVerb.DELETE: (),
}


class BulkForm(forms.Form):
    """What one operation needs; only the fields of its verb are there. `viewer` narrows areas and units."""

    days = forms.IntegerField(
        label=_("Days to move by"),
        min_value=-3660,
        max_value=3660,
        help_text=_("7 moves a week later, -1 a day earlier. A series moves with all its occurrences."),
    )
    areas = NamedChoiceField(Area.objects.none(), label=_("Areas to copy to"))
    keeps_status = forms.BooleanField(
        label=_("Copies keep the status of the original; otherwise they are drafts"), required=False
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("New lead unit"))
    status = forms.ChoiceField(label=_("New status"), choices=Status.choices)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, verb: BulkVerb, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.verb = verb
        for name in set(self.fields) - set(FIELDS_OF[verb]):
            del self.fields[name]
        if verb is BulkVerb.COPY:
            areas = Area.objects.filter(valid_to__isnull=True) | Area.objects.filter(activities__isnull=False)
            if not viewer.plans_everywhere:
                areas = areas.filter(id__in=viewer.planned_area_ids)
            self.fields["areas"].queryset = areas.select_related("parent").distinct()  # type: ignore[attr-defined]
        if verb is BulkVerb.UNIT:
            units = Unit.objects.filter(pk__in=[unit.pk for unit in units_open_to(viewer)])
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if verb is BulkVerb.CANCEL:
            self.fields["reason"].required = True

    def operation(self) -> BulkOperation:
        """The operation that a valid form means."""
        values = self.cleaned_data
        unit = values.get("unit")
        return BulkOperation(
            verb=self.verb,
            days=values.get("days", 0),
            area_ids=tuple(area.pk for area in values.get("areas", ())),
            unit_id=None if unit is None else unit.pk,
            status=values.get("status", ""),
            reason=values.get("reason", ""),
            keeps_status=values.get("keeps_status", False),
        )
