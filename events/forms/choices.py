"""What a planner may choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from events.forms.fields import required_sentence
from events.forms.repetition import REPEATS, words_of
from events.models import Campaign, LeadTime
from events.planning.commands import ActivityPlan
from units.models import Unit
from units.permissions import Viewer
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def narrow_choices(form: forms.Form, *, viewer: Viewer, stored: ActivityPlan | None) -> None:
    """Leave only areas and units in which the viewer may plan, and places and resources in use or already chosen."""
    areas = Area.objects.select_related("parent").order_by("-level", "position", "name")
    units = Unit.objects.all()
    if not viewer.plans_everywhere:
        areas = areas.filter(id__in=viewer.planned_area_ids)
        units = units.filter(id__in=viewer.unit_ids)
    _offer(form, "area", areas)
    _offer(form, "lead_unit", units)
    venues = Venue.objects.select_related("area", "successor_area")
    _offer(form, "venues", venues.filter(_in_use(() if stored is None else stored.venue_ids)))
    sites = DisplaySite.objects.select_related("area")
    _offer(form, "sites", sites.filter(_in_use(() if stored is None else stored.site_ids)))
    _offer(form, "resources", Resource.objects.filter(_in_use(() if stored is None else stored.resource_ids)))
    _offer_repeats(form, stored)
    _offer_procedures(form, () if stored is None else stored.procedures)
    campaigns = list(Campaign.objects.values_list("id", flat=True)[:2])
    if len(campaigns) == 1:
        form.initial.setdefault("campaign", campaigns[0])
    for field in form.fields.values():
        field.error_messages["required"] = required_sentence()


def _offer(form: forms.Form, name: str, rows: QuerySet[Model]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
        if field.empty_label is not None:
            field.empty_label = _("Choose")


def _in_use(chosen: tuple[int, ...]) -> Q:
    return Q(is_active=True) | Q(id__in=chosen)


def _offer_repeats(form: forms.Form, stored: ActivityPlan | None) -> None:
    """Offer to keep a stored rule, in words; without one there is nothing to keep."""
    choices = [(value, str(label)) for value, label in REPEATS if value != "keep"]
    rule = None if stored is None else stored.recurrence or stored.lunar
    if rule is not None:
        choices.append(("keep", _("As stored: %(rule)s") % {"rule": words_of(rule)}))
    field = form.fields["repeat"]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _offer_procedures(form: forms.Form, chosen: tuple[str, ...]) -> None:
    """Offer the lead times that no kind has by itself, and those already chosen."""
    rows = LeadTime.objects.filter(Q(is_active=True, kind="") | Q(code__in=chosen)).order_by("code")
    field = form.fields["procedures"]
    if isinstance(field, forms.MultipleChoiceField):
        field.choices = [(row.code, str(row)) for row in rows]
