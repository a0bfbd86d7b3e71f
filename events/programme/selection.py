"""Which occurrences a window and a scope mean, as filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from events.models import Activity, Occurrence, Status
from events.models.occurrence import LONGEST_SHORT
from events.programme.gate import visible_q, visible_statuses_q
from venues.models import Area

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.intervals import Interval
    from events.programme.scope import Scope
    from units.permissions import Viewer


def select_occurrences(*, scope: Scope, viewer: Viewer) -> QuerySet[Occurrence]:
    """Occurrences of all times that lie in the scope and may be seen; not yet ordered.

    Free text is not looked at here: it is matched on the finished entries.
    """
    return _occurrences_of(scope).filter(visible_q(viewer, "activity__"), visible_statuses_q(viewer))


def occurrences_in(*, window: Interval | None, scope: Scope) -> tuple[QuerySet[Occurrence], ...]:
    """Occurrences that overlap the window and lie in the scope, whether or not they may be seen; parts without a
    common row.

    Of what began long before the window only what is marked as long is looked at: nothing else can reach into it.
    """
    rows = _occurrences_of(scope)
    if window is None:
        return (rows,)
    reach = window.start - LONGEST_SHORT
    near = rows.filter(start__gte=reach, start__lt=window.end, end__gt=window.start)
    return near, rows.filter(is_long=True, start__lt=reach, end__gt=window.start)


def _occurrences_of(scope: Scope) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(_scope_q(scope)).order_by()
    to_many = _to_many_activities(scope)
    return rows if to_many is None else rows.filter(activity__in=to_many)


def _scope_q(scope: Scope) -> Q:
    condition = Q()
    if scope.areas:
        asked = Area.objects.filter(slug__in=scope.areas).values_list("id", flat=True)
        condition &= Q(activity__area__in=Area.objects.within(asked))
    columns = (
        ("activity__kind__in", scope.kinds),
        ("activity__campaign__code__in", scope.campaigns),
        ("activity__uid__in", scope.uids),
    )
    for lookup, values in columns:
        if values:
            condition &= Q(**{lookup: values})
    if scope.statuses:
        condition &= _status_q(scope.statuses)
    if scope.units:
        leads = Q(activity__lead_unit__code__in=scope.units)
        helps = Activity.objects.filter(coordinating_units__code__in=scope.units)
        condition &= leads | Q(activity__in=helps.values("id"))
    return condition


def _status_q(statuses: tuple[str, ...]) -> Q:
    """What was deleted counts as cancelled."""
    condition = Q(status__in=statuses, activity__is_deleted=False)
    return condition | Q(activity__is_deleted=True) if Status.CANCELLED in statuses else condition


def _to_many_activities(scope: Scope) -> QuerySet[Activity] | None:
    """Activities that take one of the resources and carry one of the themes; None if not asked."""
    if not scope.resources and not scope.themes:
        return None
    rows = Activity.objects.all()
    if scope.resources:
        rows = rows.filter(resources__code__in=scope.resources)
    if scope.themes:
        rows = rows.filter(id__in=Activity.objects.filter(theme_q(scope.themes)).values("id"))
    return rows.values("id")  # type: ignore[return-value]  # a one-column queryset serves a subquery


def theme_q(codes: tuple[str, ...]) -> Q:
    """A theme stands for those below it too: ND2 finds ND2.1."""
    condition = Q()
    for code in codes:
        condition |= Q(themes__code=code) | Q(themes__code__startswith=f"{code}.")
    return condition
