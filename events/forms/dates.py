"""The dates that a half-filled form means, before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE
from events.expansion import Bounds, expand_series, load_days_off
from events.forms.repetition import words_of
from events.forms.times import moments

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.forms.series import SeriesForm

SHOWN = 10
LOOKS_AHEAD = (timedelta(days=2 * 366), timedelta(days=12 * 366))  # how far an endless rule is looked at, then further


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesPreview:
    """The next dates of a series; `total` None for one without end, `faults` say why there are no dates."""

    dates: tuple[Interval, ...] = ()
    total: int | None = None
    rule: str = ""
    faults: tuple[str, ...] = ()


def preview_dates(form: SeriesForm, *, now: datetime) -> DatesPreview:
    """Return the next ten occurrences from `now` on, or the first ten of a series that is past.

    An incomplete form gives an empty preview, a faulty one its sentences.
    """
    if not form.is_valid():
        return DatesPreview(faults=() if form["start_date"].errors else _faults(form))
    said = form.cleaned_data["repetition"]
    rule = said.rule or said.lunar
    is_endless = rule is not None and not rule.is_bounded
    try:
        found, dates = _expand(form, now, LOOKS_AHEAD[0])
        if is_endless and len(dates) < SHOWN:
            found, dates = _expand(form, now, LOOKS_AHEAD[1])
    except ValueError as error:
        return DatesPreview(faults=(str(error),))
    return DatesPreview(dates=dates, total=None if is_endless else found, rule="" if rule is None else words_of(rule))


def _expand(form: SeriesForm, now: datetime, ahead: timedelta) -> tuple[int, tuple[Interval, ...]]:
    """How many occurrences there are up to `ahead`, and those to show."""
    said, interval = form.cleaned_data["repetition"], form.cleaned_data["interval"]
    usual = interval.start.astimezone(LOCAL_ZONE).time()
    slots = expand_series(
        first=interval,
        rule=said.rule or said.lunar,
        extra_dates=moments(form.cleaned_data["extra_dates"], usual),
        excluded_dates=moments(form.cleaned_data["excluded_dates"], usual),
        bounds=Bounds(horizon=(max(now, interval.start) + ahead).date(), days_off=load_days_off(said.lunar)),
    )
    coming = [slot.interval for slot in slots if slot.interval.end > now] or [slot.interval for slot in slots]
    return len(slots), tuple(interval.local() for interval in coming[:SHOWN])


def _faults(form: SeriesForm) -> tuple[str, ...]:
    return tuple(str(fault) for faults in form.errors.values() for fault in faults)
