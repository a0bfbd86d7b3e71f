"""The filters as a form: what can be chosen, and what is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import ActivityKind, Campaign, Status, Theme
from events.programme.gate import ANNOUNCED_STATUSES, PUBLIC_STATUSES
from events.programme.scope import Scope
from units.models import Unit
from units.permissions import Viewer
from venues.models import Area, AreaLevel, Resource, ResourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """Choices under a heading; an empty `label` means without one."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """One filter: `name` is the parameter of the address, `chosen` the labels in force."""

    name: str
    label: str
    groups: tuple[OptionGroup, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Labels of what is chosen."""
        return tuple(o.label for group in self.groups for o in group.options if o.is_chosen)

    @property
    def is_multiple(self) -> bool:
        """Whether the address names several values, so that the field must hold them."""
        return len(self.chosen) > 1


def filter_fields(scope: Scope, viewer: Viewer) -> tuple[FilterField, ...]:
    """Return every filter with its choices; five queries."""
    campaigns = Campaign.objects.values_list("code", "name")
    units = Unit.objects.values_list("code", "name")
    teams = Resource.objects.filter(kind=ResourceKind.TEAM).values_list("code", "name")
    themes = Theme.objects.values_list("code", "name").order_by("campaign", "position", "code")
    return (
        FilterField(name="area", label=_("Area"), groups=_area_groups(scope.areas)),
        _flat("kind", _("Kind"), pairs=ActivityKind.choices, chosen=scope.kinds),
        _flat("status", _("Status"), pairs=_statuses(viewer), chosen=scope.statuses),
        _flat("unit", _("Unit"), pairs=units, chosen=scope.units),
        _flat("team", pgettext("resource", "Mobile team"), pairs=teams, chosen=scope.resources),
        _flat("campaign", _("Campaign"), pairs=campaigns, chosen=scope.campaigns),
        _flat("theme", _("Theme"), pairs=((code, f"{code} – {name}") for code, name in themes), chosen=scope.themes),
    )


def _flat(name: str, label: str, *, pairs: Iterable[tuple[str, object]], chosen: tuple[str, ...]) -> FilterField:
    options = _options(dict(pairs).items(), chosen)
    return FilterField(name=name, label=label, groups=(OptionGroup(label="", options=options),))


def _options(pairs: Iterable[tuple[str, object]], chosen: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=str(label), is_chosen=value in chosen) for value, label in pairs)


def _statuses(viewer: Viewer) -> Iterable[tuple[str, object]]:
    if viewer.is_staff_member:
        return Status.choices
    shown = {*PUBLIC_STATUSES, *ANNOUNCED_STATUSES}
    return [(value, label) for value, label in Status.choices if value in shown]


def _area_groups(chosen: tuple[str, ...]) -> tuple[OptionGroup, ...]:
    """Province, districts, zones and today's communes; a commune that is no more only when it is chosen."""
    gone = Q(level=AreaLevel.COMMUNE, valid_to__isnull=False)
    rows = list(Area.objects.filter(~gone | Q(slug__in=chosen)).values_list("level", "slug", "name", "valid_to"))
    headings = (
        (_("Province"), AreaLevel.PROVINCE, None),
        (_("Districts (until 30/06/2025)"), AreaLevel.DISTRICT, None),
        (_("Custom zones"), AreaLevel.ZONE, None),
        (_("Communes and wards (since 01/07/2025)"), AreaLevel.COMMUNE, True),
        (_("Communes that are no more"), AreaLevel.COMMUNE, False),
    )
    groups = (
        OptionGroup(
            label=heading,
            options=_options(
                (
                    (slug, name)
                    for level, slug, name, valid_to in rows
                    if level == wanted and is_current in {None, valid_to is None}
                ),
                chosen,
            ),
        )
        for heading, wanted, is_current in headings
    )
    return tuple(group for group in groups if group.options)
