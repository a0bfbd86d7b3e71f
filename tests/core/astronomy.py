"""The Vietnamese calendar from the sky, written from Meeus, "Astronomical Algorithms" (2nd ed.), chapters 25 and 49.

Months begin on the day of the new moon at UTC+7; the month that holds the winter solstice is the eleventh; of thirteen
months between two elevenths the first that holds no principal term of the sun is a leap month. Right for 1968-2053,
where the offset has been UTC+7 and the difference of clock and dynamical time is about a minute.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from math import floor, radians, sin

JULIAN_DAY_OF_ORDINAL_0 = 1721424.5
HANOI = 7 / 24
CLOCK = 62 / 86400  # dynamical time less universal time, days
NEW_MOON_TERMS = (  # coefficient, power of E, and the multiples of M, M', F
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0),
)  # fmt: skip


@cache
def new_moon(k: int) -> date:
    """Return the local day of the k-th new moon after that of January 2000."""
    t = k / 1236.85
    moment = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2
    e = 1 - 0.002516 * t
    m = radians(2.5534 + 29.10535670 * k)
    mm = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k)
    moment += sum(size * e**power * sin(a * m + b * mm + c * f) for size, power, a, b, c in NEW_MOON_TERMS)
    moment -= 0.00017 * sin(node)
    return _local_day(moment - CLOCK)


def principal_term(day: date) -> int:
    """Return the twelfth of the ecliptic (0-11) in which the sun stands at the local midnight that begins the day."""
    t = (day.toordinal() + JULIAN_DAY_OF_ORDINAL_0 - HANOI + CLOCK - 2451545) / 36525
    m = radians(357.52911 + 35999.05029 * t)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t**2 - 0.00569
    longitude += (1.914602 - 0.004817 * t) * sin(m) + 0.019993 * sin(2 * m) + 0.000289 * sin(3 * m)
    longitude -= 0.00478 * sin(radians(125.04 - 1934.136 * t))
    return floor(longitude % 360 / 30)


def lunar_months(year: int) -> list[tuple[int, bool, date]]:
    """Return number, leap and first day of the months from the eleventh before Tết of `year` to the next tenth."""
    first, last = _eleventh(year - 1), _eleventh(year)
    starts = [new_moon(k) for k in range(first, last + 1)]
    numbers: list[tuple[int, bool, date]] = []
    number, needs_leap = 11, len(starts) == 14
    for start, after in pairwise(starts):
        is_leap = needs_leap and bool(numbers) and principal_term(start) == principal_term(after)
        needs_leap = needs_leap and not is_leap
        number = number if is_leap or not numbers else number % 12 + 1
        numbers.append((number, is_leap, start))
    return numbers


def tet(year: int) -> date:
    """Return the first day of the lunar year."""
    return next(start for number, is_leap, start in lunar_months(year) if (number, is_leap) == (1, False))


def _eleventh(year: int) -> int:
    """Return the number of the new moon that begins the month with the winter solstice of a solar year."""
    k = round((date(year, 12, 31) - new_moon(0)).days / 29.530588861) + 1
    while not (principal_term(new_moon(k)) < 9 and new_moon(k).month > 10):
        k -= 1
    return k


def _local_day(moment: float) -> date:
    return date.fromordinal(floor(moment + HANOI - JULIAN_DAY_OF_ORDINAL_0))
