"""Which occurrences and activities a window and a scope mean, as filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from events.models import Activity, Occurrence, Status
from events.models.occurrence import LONGEST_SHORT
from events.programme.gate import visible_q, visible_statuses_q
from venues.models import Area, Venue

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def activities_in(scope: Scope, *, viewer: Viewer) -> QuerySet[Activity]:
    """Activities that lie in the scope and may be seen; not ordered.

    Statuses and free text, which tell occurrences of one activity apart, are not looked at.
    """
    return Activity.objects.filter(_activity_q(scope, ""), visible_q(viewer)).order_by()


def _occurrences_of(scope: Scope) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(_activity_q(scope, "activity__")).order_by()
    return rows.filter(_status_q(scope.statuses)) if scope.statuses else rows


def _activity_q(scope: Scope, prefix: str) -> Q:
    """What narrows whole activities, as a filter on Activity or through `prefix`."""
    condition = Q()
    if scope.areas:
        asked = Area.objects.filter(slug__in=scope.areas).values_list("id", flat=True)
        condition &= Q(**{f"{prefix}area__in": list(asked) if scope.is_alone else Area.objects.within(asked)})
    columns = (
        ("kind__in", scope.kinds),
        ("campaign__code__in", scope.campaigns),
        ("uid__in", scope.uids),
    )
    for lookup, values in columns:
        if values:
            condition &= Q(**{f"{prefix}{lookup}": values})
    if scope.units:
        leads = Q(**{f"{prefix}lead_unit__code__in": scope.units})
        condition &= leads | _among(Q(coordinating_units__code__in=scope.units), prefix)
    for listed in _listed(scope):
        condition &= _among(listed, prefix)
    return condition


def _among(condition: Q, prefix: str) -> Q:
    """The condition on Activity as a subquery, so that a list with two of the values gives no activity twice."""
    return Q(**{f"{prefix}id__in": Activity.objects.filter(condition).values("id")})


def _listed(scope: Scope) -> Iterator[Q]:
    """What is asked of the lists of an activity, a condition for each list."""
    if scope.resources:
        yield Q(resources__code__in=scope.resources)
    if scope.themes:
        yield theme_q(scope.themes)
    if scope.audiences:
        yield Q(audiences__code__in=scope.audiences)
    if scope.venues:
        yield _venue_q(scope.venues)


def _venue_q(codes: tuple[str, ...]) -> Q:
    """Taking place there or taking a part of it, all of the activity or one occurrence of it."""
    condition = Q(places__venue__code__in=codes) | Q(resources__space__venue__code__in=codes)
    for key in Venue.objects.filter(code__in=codes).values_list("id", flat=True):
        # As `events.listing` writes it: a comma or the end of the places comes next.
        own = Q(list_keys__contains=f"v{key},") | Q(list_keys__contains=f"v{key};")
        condition |= Q(id__in=Occurrence.objects.filter(own).values("activity_id"))
    return condition


def _status_q(statuses: tuple[str, ...]) -> Q:
    """What was deleted counts as cancelled."""
    condition = Q(status__in=statuses, activity__is_deleted=False)
    return condition | Q(activity__is_deleted=True) if Status.CANCELLED in statuses else condition


def theme_q(codes: tuple[str, ...]) -> Q:
    """A theme stands for those below it too: ND2 finds ND2.1."""
    condition = Q()
    for code in codes:
        condition |= Q(themes__code=code) | Q(themes__code__startswith=f"{code}.")
    return condition
