"""Less change costs less."""

from events.rules.ranking import MOST_MINUTES, Remedy, cost_of, day_distance, days_to_try, minutes_to_try


def test_every_remedy_costs_less_than_the_next_whatever_its_amount() -> None:
    dearest = [cost_of(remedy, 1e9) for remedy in Remedy]
    cheapest = [cost_of(remedy) for remedy in Remedy]
    assert all(high < low for high, low in zip(dearest, cheapest[1:], strict=False))


def test_within_a_remedy_the_amount_decides() -> None:
    assert cost_of(Remedy.HOUR, 30) < cost_of(Remedy.HOUR, 60)


def test_days_come_by_weekday_then_by_nearness_later_first() -> None:
    shifts = list(days_to_try())
    assert shifts[:6] == [7, -7, 1, -1, 2, -2]
    assert sorted(shifts) == [days for days in range(-14, 15) if days]
    assert [day_distance(days) for days in shifts] == sorted(day_distance(days) for days in shifts)


def test_minutes_come_by_nearness_later_first() -> None:
    shifts = list(minutes_to_try())
    assert shifts[:4] == [30, -30, 60, -60]
    assert {abs(shift) for shift in shifts} == set(range(30, MOST_MINUTES + 1, 30))
