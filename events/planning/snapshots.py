"""An activity as a plan, and as the readable snapshot the audit trail keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import describe_lunar
from core.recurrence_text import describe
from core.text import inner_quotes
from core.vietnamese import format_date, format_interval, format_number, format_time
from events.expansion import lunar_of, overrides_of, recurrence_of
from events.models import SeriesDate
from events.planning.commands import ActivityPlan, SkippedDate
from units.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from events.expansion import Override
    from events.models import Activity


def plan_of(activity: Activity) -> ActivityPlan:
    """The plan as stored: saving it again changes nothing."""
    event = activity.event
    places = list(activity.places.all())
    return normalise(
        ActivityPlan(
            uid=activity.uid,
            campaign_id=activity.campaign_id,
            code=activity.code,
            title=event.title,
            kind=activity.kind,
            status=activity.status,
            area_id=activity.area_id,
            lead_unit_id=activity.lead_unit_id,
            interval=Interval(event.start, event.end),
            all_day=activity.all_day,
            recurrence=recurrence_of(event),
            lunar=lunar_of(activity),
            extra_dates=_series_dates(activity, SeriesDate.Kind.EXTRA),
            excluded_dates=_series_dates(activity, SeriesDate.Kind.EXCLUDED),
            skipped_dates=_skipped_dates(activity),
            venue_ids=tuple(p.venue_id for p in places if p.venue_id is not None),
            site_ids=tuple(p.site_id for p in places if p.site_id is not None),
            resource_ids=_ids(activity.resources.all()),
            coordinating_unit_ids=_ids(activity.coordinating_units.all()),
            theme_ids=_ids(activity.themes.all()),
            form_ids=_ids(activity.forms.all()),
            audience_ids=_ids(activity.audiences.all()),
            funding_source_ids=_ids(activity.funding_sources.all()),
            quantity=activity.quantity,
            quantity_unit=activity.quantity_unit,
            quantity_source=activity.quantity_source,
            expected_audience=activity.expected_audience,
            budget_vnd=activity.budget_vnd,
            procedures=tuple(activity.procedures.split(",")) if activity.procedures else (),
            is_public=activity.is_public,
            description=event.description,
            notes=activity.notes,
            status_reason=activity.status_reason,
        )
    )


def normalise(plan: ActivityPlan) -> ActivityPlan:
    """The same plan with its sets in one order, so that equal plans compare equal.

    Excluding a date beats skipping it, and skipping it beats adding it.
    """
    excluded = set(plan.excluded_dates)
    skipped = {skip.start: skip for skip in plan.skipped_dates if skip.start not in excluded}
    return replace(
        plan,
        interval=plan.interval.local(),
        extra_dates=_sorted_dates(set(plan.extra_dates) - excluded - skipped.keys()),
        excluded_dates=_sorted_dates(excluded),
        skipped_dates=tuple(replace(skipped[start], start=start.astimezone(LOCAL_ZONE)) for start in sorted(skipped)),
        procedures=tuple(sorted({code.strip() for code in plan.procedures if code.strip()})),
        resource_ids=tuple(sorted(set(plan.resource_ids))),
        coordinating_unit_ids=tuple(sorted(set(plan.coordinating_unit_ids))),
        theme_ids=tuple(sorted(set(plan.theme_ids))),
        form_ids=tuple(sorted(set(plan.form_ids))),
        audience_ids=tuple(sorted(set(plan.audience_ids))),
        funding_source_ids=tuple(sorted(set(plan.funding_source_ids))),
        venue_ids=tuple(dict.fromkeys(plan.venue_ids)),
        site_ids=tuple(dict.fromkeys(plan.site_ids)),
    )


def snapshot_of(activity: Activity) -> dict[str, Any]:
    """What the audit trail keeps: every field as people read it, JSON-ready, plus the version."""
    event = activity.event
    return {
        "version": activity.version,
        "sequence": activity.sequence,
        "code": activity.code,
        "title": event.title,
        "kind": activity.kind,
        "status": activity.status,
        "status_reason": activity.status_reason,
        "area": str(activity.area),
        "lead_unit": str(activity.lead_unit),
        "coordinating_units": _names(activity.coordinating_units.all()),
        "time": format_interval(Interval(event.start, event.end), all_day=activity.all_day),
        "recurrence": _repetition(activity),
        "extra_dates": _dates(_series_dates(activity, SeriesDate.Kind.EXTRA)),
        "excluded_dates": _dates(_series_dates(activity, SeriesDate.Kind.EXCLUDED)),
        "skipped_dates": [_skipped(skip) for skip in _skipped_dates(activity)],
        "exceptions": _exceptions(activity),
        "places": [str(place.venue or place.site) for place in activity.places.all()],
        "resources": _names(activity.resources.all()),
        "themes": _names(activity.themes.all()),
        "forms": _names(activity.forms.all()),
        "audiences": _names(activity.audiences.all()),
        "funding_sources": _names(activity.funding_sources.all()),
        "quantity": "" if activity.quantity is None else f"{activity.quantity.normalize():f}",
        "quantity_unit": activity.quantity_unit,
        "quantity_source": activity.quantity_source,
        "expected_audience": _number(activity.expected_audience),
        "budget_vnd": _number(activity.budget_vnd),
        "procedures": activity.procedures,
        "is_public": activity.is_public,
        "description": event.description,
        "notes": activity.notes,
    }


def changes_since(activity: Activity, version: int) -> tuple[str, ...]:
    """A sentence a field for what others changed after `version`, oldest value first."""
    rows = AuditEntry.objects.filter(
        subject_type="events.activity", subject_id=str(activity.pk), after__version__gt=version
    ).order_by("id")
    entries = list(rows)
    if not entries:
        return ()
    before, after = entries[0].before or {}, entries[-1].after or {}
    who = entries[-1].actor_label
    when = entries[-1].at.astimezone(LOCAL_ZONE)
    labels = field_labels()
    return tuple(
        _("%(who)s, %(when)s: %(field)s changed from “%(before)s” to “%(after)s”.")
        % {
            "who": who,
            "when": f"{format_time(when)} {format_date(when.date())}",
            "field": label,
            "before": inner_quotes(_readable(before.get(name))),
            "after": inner_quotes(_readable(after.get(name))),
        }
        for name, label in labels.items()
        if before.get(name) != after.get(name)
    )


def field_labels() -> dict[str, str]:
    """The names of a snapshot's fields as people read them."""
    return {
        "code": _("code"),
        "title": _("title"),
        "kind": _("kind"),
        "status": _("status"),
        "status_reason": _("reason of the status"),
        "area": _("area"),
        "lead_unit": _("lead unit"),
        "coordinating_units": _("coordinating units"),
        "time": _("time"),
        "recurrence": _("recurrence"),
        "extra_dates": _("extra dates"),
        "excluded_dates": _("excluded dates"),
        "skipped_dates": _("dates skipped because of a clash"),
        "exceptions": _("changed occurrences"),
        "places": _("places"),
        "resources": _("resources it takes"),
        "themes": _("themes"),
        "forms": _("forms of work"),
        "audiences": _("audiences"),
        "funding_sources": _("funding sources"),
        "quantity": _("quantity"),
        "quantity_unit": _("unit of count"),
        "quantity_source": _("source of the figure"),
        "expected_audience": _("expected audience"),
        "budget_vnd": _("budget (VND)"),
        "procedures": _("procedures (codes of lead times)"),
        "is_public": _("public"),
        "description": _("description"),
        "notes": _("internal notes"),
    }


def _readable(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _names(rows: Iterable[Model]) -> list[str]:
    return sorted(str(row) for row in rows)


def _ids(rows: Iterable[Model]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows)


def _number(value: int | None) -> str:
    return "" if value is None else format_number(value)


def _repetition(activity: Activity) -> str:
    lunar, rule = lunar_of(activity), recurrence_of(activity.event)
    if lunar is not None:
        return describe_lunar(lunar)
    return "" if rule is None else describe(rule)


def _series_dates(activity: Activity, kind: str) -> tuple[datetime, ...]:
    return tuple(date.start for date in activity.series_dates.all() if date.kind == kind and not date.is_skipped)


def _skipped_dates(activity: Activity) -> tuple[SkippedDate, ...]:
    rows = (date for date in activity.series_dates.all() if date.is_skipped)
    return tuple(SkippedDate(start=date.start, reason=date.reason) for date in rows)


def _sorted_dates(dates: Iterable[datetime]) -> tuple[datetime, ...]:
    return tuple(sorted({date.astimezone(LOCAL_ZONE) for date in dates}))


def _dates(starts: Iterable[datetime]) -> list[str]:
    return [_day(start) for start in starts]


def _day(moment: datetime) -> str:
    return format_date(moment.astimezone(LOCAL_ZONE).date())


def _skipped(skip: SkippedDate) -> str:
    return f"{_day(skip.start)}: {skip.reason}" if skip.reason else _day(skip.start)


def _exceptions(activity: Activity) -> list[str]:
    return [
        _exception(start, override, all_day=activity.all_day)
        for start, override in sorted(overrides_of(activity.event).items(), key=lambda item: item[0])
    ]


def _exception(start: datetime, override: Override, *, all_day: bool) -> str:
    day = format_date(start.astimezone(LOCAL_ZONE).date())
    time = format_interval(override.interval, all_day=all_day)
    if override.is_cancelled:
        line = _("%(day)s: cancelled") % {"day": day}
    elif override.changes or override.title:
        line = ", ".join((f"{day}: {time}", *_own_values(override)))
    else:
        line = _("%(day)s: moved to %(time)s") % {"day": day, "time": time}
    return f"{line} ({override.reason})" if override.reason else line


def _own_values(override: Override) -> list[str]:
    """The title of one occurrence and the names of its other fields that differ from the series'."""
    labels, names = field_labels(), {"venue_ids": "places", "site_ids": "places", "resource_ids": "resources"}
    told = [f"“{override.title}”"] if override.title else []
    return told + sorted({labels[names.get(field, field)] for field in override.changes})
