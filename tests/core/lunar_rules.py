"""Lunar rules for hypothesis, and a slow reading of them that asks every day, to hold the fast one against."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from hypothesis import strategies as st

from core.lunar import LunarDate, leap_month, to_lunar
from core.lunar_recurrence import LeapPolicy, LunarFrequency, LunarRecurrence, MissingPolicy, ShiftPolicy

DAY = timedelta(days=1)
MONTHLY, YEARLY = LunarFrequency


def expected_days(
    rule: LunarRecurrence, start: date, last: date, *, days_off: Collection[date] = frozenset()
) -> list[date]:
    """Return the days the rule gives from `start` to `last`."""
    held: dict[date, set[int]] = {}
    span = [start + n * DAY for n in range(-150, (last - start).days + 150)]
    around = (_Named(to_lunar(day)) for day in (span[0] - DAY, *span))
    months = list(dict.fromkeys(each.key for each in around if each.fits(rule)))
    for day in span:
        for named in _names(rule, day):
            period = named.year if rule.freq is YEARLY else months.index(named.key)
            held.setdefault(_moved(rule, day, days_off), set()).add(period)
    days = sorted(each for each in held if start <= each <= min(last, rule.until or last))
    if not days:
        return []
    base = rule.base_year if rule.base_year is not None else max(held[days[0]])
    chosen = [each for each in days if any((period - base) % rule.interval == 0 for period in held[each])]
    return chosen[: rule.count]


def _names(rule: LunarRecurrence, day: date) -> list[_Named]:
    """Return the months that name this day, its own or the one before."""
    lunar, before, after = to_lunar(day), to_lunar(day - DAY), to_lunar(day + DAY)
    is_last = after.day == 1
    found = []
    own = lunar.day in rule.days or (is_last and -1 in rule.days)
    if own or (is_last and lunar.day == 29 and 30 in rule.days and rule.missing is MissingPolicy.LAST_DAY):
        found.append(_Named(lunar))
    if lunar.day == 1 and before.day == 29 and 30 in rule.days and rule.missing is MissingPolicy.NEXT_DAY:
        found.append(_Named(before))
    return [each for each in found if each.fits(rule)]


class _Named:
    def __init__(self, day: LunarDate) -> None:
        self.year, self.month, self.is_leap = self.key = (day.year, day.month, day.is_leap)

    def fits(self, rule: LunarRecurrence) -> bool:
        has_leap = leap_month(self.year) == self.month
        right_kind = {
            LeapPolicy.REGULAR: not self.is_leap,
            LeapPolicy.LEAP: self.is_leap,
            LeapPolicy.BOTH: True,
            LeapPolicy.PREFER_LEAP: self.is_leap or not has_leap,
        }[rule.leap or rule.default_leap]
        return right_kind and (rule.freq is MONTHLY or self.month in rule.months)


def _moved(rule: LunarRecurrence, day: date, days_off: Collection[date]) -> date:
    day += rule.offset_days * DAY
    if rule.shift is ShiftPolicy.NONE:
        return day
    signs = {
        ShiftPolicy.NEXT_WORKING_DAY: (1,),
        ShiftPolicy.PREVIOUS_WORKING_DAY: (-1,),
        ShiftPolicy.NEAREST_WORKING_DAY: (1, -1),
    }[rule.shift]
    candidates = (day + step * sign * DAY for step in range(60) for sign in signs)
    return next(each for each in candidates if each.weekday() < 5 and each not in days_off)


@st.composite
def lunar_rules(draw: st.DrawFn) -> LunarRecurrence:
    """Any rule without an end of its own."""
    freq = draw(st.sampled_from(LunarFrequency))
    is_yearly = freq is YEARLY
    months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)) if is_yearly else []
    days = draw(st.lists(st.sampled_from([*range(1, 31), 29, 30, -1, -1]), min_size=1, max_size=6, unique=True))
    return LunarRecurrence(
        freq=freq,
        interval=draw(st.sampled_from([1, 1, 2, 3, 5])),
        months=tuple(months),
        days=tuple(days),
        leap=draw(st.sampled_from([None, *LeapPolicy])),
        missing=draw(st.sampled_from(MissingPolicy)),
        shift=draw(st.sampled_from(ShiftPolicy)),
        offset_days=draw(st.sampled_from([0, 0, -1, 1, 3, -20])),
        base_year=draw(st.sampled_from([None, 2023, 2024])) if is_yearly else None,
    )
