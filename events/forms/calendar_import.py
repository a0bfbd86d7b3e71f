"""The form of a calendar that comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.calendar_import.choices import ImportChoices
from events.calendar_import.fetching import LONGEST_ADDRESS, FetchRefused, target_of
from events.calendar_import.pieces import MAX_BYTES
from events.forms.fields import AreaField, required_sentence
from events.models import ActivityKind, Campaign, Status
from units.models import Unit
from units.permissions import Viewer, units_open_to
from venues.models import Area

STATUSES = (Status.DRAFT, Status.TENTATIVE, Status.CONFIRMED)


class CalendarImportForm(forms.Form):
    """A file, and what its events are to be taken for. `viewer` narrows areas and units to what may be planned."""

    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=gettext_lazy("Campaign"))
    file = forms.FileField(
        label=gettext_lazy("Calendar file (.ics)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("At most 20 MB and 20,000 events. Nothing is saved before you have seen the preview."),
    )
    address = forms.CharField(
        label=gettext_lazy("Or its address"),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    area = AreaField(Area.objects.none(), label=gettext_lazy("Area"))
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Lead unit"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ActivityKind.choices)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        initial=Status.DRAFT,
        help_text=gettext_lazy("A draft takes no resource yet and is not public."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Shown to the public once confirmed"), required=False, initial=True
    )
    restores_deleted = forms.BooleanField(
        label=gettext_lazy("Restore activities of this calendar that were deleted in Pano"), required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        areas = Area.objects.select_related("parent").order_by("-level", "position", "name")
        if not viewer.plans_everywhere:
            areas = areas.filter(id__in=viewer.planned_area_ids)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        units = Unit.objects.filter(pk__in=[unit.pk for unit in units_open_to(viewer)])
        self.fields["lead_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["status"].choices = [(each.value, each.label) for each in STATUSES]  # type: ignore[attr-defined]
        self.fields["address"].help_text = _("Allowed: %(hosts)s.") % {"hosts": ", ".join(settings.PANO_IMPORT_HOSTS)}
        if not settings.PANO_IMPORT_HOSTS:
            del self.fields["address"]
        for name in ("campaign", "area", "lead_unit"):
            self.fields[name].empty_label = _("Choose")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["required"] = required_sentence()

    def clean(self) -> dict[str, Any]:
        """Want a file that is not too large; ValidationError with a sentence."""
        values = super().clean() or {}
        file, address = values.get("file"), values.get("address", "")
        if file is None and address:
            self._check_address(address)
        elif file is None:
            self.add_error("file", ValidationError(_("Choose the calendar file to import.")))
        elif file.size is not None and file.size > MAX_BYTES:
            self.add_error("file", ValidationError(_("The file is larger than 20 MB; split the calendar.")))
        return values

    def _check_address(self, address: str) -> None:
        try:
            target_of(address, settings.PANO_IMPORT_HOSTS)
        except FetchRefused as refusal:
            self.add_error("address", ValidationError(str(refusal)))

    def choices(self) -> ImportChoices:
        """The answers of a valid form."""
        values = self.cleaned_data
        return ImportChoices(
            area_id=values["area"].pk,
            lead_unit_id=values["lead_unit"].pk,
            kind=values["kind"],
            status=values["status"],
            is_public=values["is_public"],
            restores_deleted=values["restores_deleted"],
            language=get_language() or "vi",
        )
