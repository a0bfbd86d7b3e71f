"""Every kind of conflict found the slow way, from the sentences of the law and of practice: the judge of the rules.

All of a plan's times lie on quarters of an hour, so that a stretch of time is the set of its quarters. Shares no code
with the rules: days by `datetime`, distances by chords, last days of sending by counting.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from itertools import combinations, groupby, permutations
from typing import Any

from events.rules.facts import DayFacts, LeadTimeFacts, Task, World

QUARTER = 900
DAY = timedelta(days=1)
HANOI = timezone(timedelta(hours=7))
Found = tuple[str, tuple[str, ...], tuple[int, int], str, str]  # code, subjects, interval, about, level


@cache
def local(second: int) -> datetime:
    return datetime.fromtimestamp(second, HANOI)


@cache
def quarters(start: int, end: int) -> frozenset[int]:
    return frozenset(range(start, end, QUARTER))


@cache
def days_between(start: int, end: int) -> tuple[date, ...]:
    return tuple(sorted({local(second).date() for second in quarters(start, end)}))


def of(task: Task) -> frozenset[int]:
    return quarters(task.start, task.end)


def days(task: Task) -> tuple[date, ...]:
    return days_between(task.start, task.end)


def of_days(first: date, last: date) -> frozenset[int]:
    start = datetime(first.year, first.month, first.day, tzinfo=HANOI)
    return quarters(int(start.timestamp()), int(start.timestamp()) + ((last - first).days + 1) * 86_400)


def name(task: Task) -> str:
    return f"{task.uid}~{datetime.fromtimestamp(task.recurrence_id, UTC):%Y%m%dT%H%M%SZ}"


def span(seconds: frozenset[int]) -> tuple[int, int]:
    return min(seconds), max(seconds) + QUARTER


def is_show(task: Task) -> bool:
    return not task.activity.all_day and task.end - task.start < 86_400


def once_an_activity(code: str, level: str, wrong: list[tuple[Task, str]]) -> Iterator[Found]:
    """Of each activity and thing the earliest occurrence that is wrong."""
    for uid, about in {(task.uid, about) for task, about in wrong}:
        first = min((t for t, a in wrong if (t.uid, a) == (uid, about)), key=lambda t: (t.start, t.end))
        yield code, (uid,), (first.start, first.end), about, level


def twice_taken(tasks: list[Task], world: World) -> Iterator[Found]:
    """One resource, one occurrence at a time."""
    del world
    for one, other in combinations(tasks, 2):
        both = of(one) & of(other)
        for resource in set(one.resource_ids) & set(other.resource_ids):
            if both and one.is_held and other.is_held and (one.is_new or other.is_new):
                subjects = tuple(sorted((name(one), name(other))))
                yield "double_booking", subjects, span(both), f"resource/{resource}", "blocking"


def things_used(task: Task, world: World) -> set[tuple[str, int]]:
    venues = {world.resources[key].venue_id for key in task.resource_ids}
    places = {*task.place_ids, *(venue for venue in venues if venue)}
    return {("resource", key) for key in task.resource_ids} | {("place", key) for key in places}


def closed(tasks: list[Task], world: World) -> Iterator[Found]:
    """Nothing where a thing is closed."""
    for task in tasks:
        for table, key in things_used(task, world):
            rows = (world.resource_closures if table == "resource" else world.place_closures).get(key, ())
            for start, end, _ in rows:
                both = of(task) & quarters(start, end)
                if both and task.is_new:
                    yield "closure", (name(task),), span(both), f"{table}/{key}", "blocking"


def out_of_opening(tasks: list[Task], world: World) -> Iterator[Found]:
    """Every quarter lies in the hours of its weekday; what lasts overnight asks for no closed day."""
    wrong = []
    for task in tasks:
        for table, key in things_used(task, world):
            hours = (world.resource_opening if table == "resource" else world.place_opening).get(key)
            if hours is None or not task.is_new:
                continue
            if is_show(task):
                at = [(local(s).weekday(), local(s).hour * 60 + local(s).minute) for s in of(task)]
                fits = all(any(a <= minute < b for a, b in hours.get(weekday, ())) for weekday, minute in at)
            else:
                fits = all(hours.get(day.weekday()) for day in days(task))
            if not fits:
                wrong.append((task, f"{table}/{key}"))
    yield from once_an_activity("opening_hours", "warning", wrong)


def crowded(tasks: list[Task], world: World) -> Iterator[Found]:
    """More people than all spaces together hold; an unknown capacity says nothing."""
    wrong = []
    for task in tasks:
        spaces = [world.resources[key] for key in task.resource_ids if world.resources[key].kind == "space"]
        room = sum(10**6 if space.capacity is None else space.capacity for space in spaces)
        if task.is_new and spaces and (task.activity.expected_audience or 0) > room:
            wrong.append((task, ""))
    yield from once_an_activity("capacity", "warning", wrong)


def too_far(tasks: list[Task], world: World) -> Iterator[Found]:
    """The gap between two tasks of a team or vehicle, none between them, holds the drive and the work."""
    minutes = [world.figures[c].value for c in ("team.packing_minutes", "team.setup_minutes") if c in world.figures]
    for one, other in permutations(tasks, 2):
        goes_along = sorted(
            key for key in {*one.resource_ids} & {*other.resource_ids}
            if world.resources[key].kind in {"team", "vehicle"} and not stands_between(key, (one, other), tasks)
        )  # fmt: skip
        gap = (other.start - one.end) / 60
        if not goes_along or not all(map(may_drive, (one, other))) or not 0 <= gap < 1440:
            continue
        origin, target = one.place_ids[-1], other.place_ids[0]
        drive = world.travel(origin, target) if origin != target else None
        if drive and gap < drive.minutes + sum(minutes) and (one.is_new or other.is_new):
            guessed = drive.is_estimate or world.places[origin].is_estimate or world.places[target].is_estimate
            level = "warning" if guessed or gap >= drive.minutes else "blocking"
            about = "resource/" + ",".join(map(str, goes_along))
            yield "travel", tuple(sorted((name(one), name(other)))), (other.start, other.end), about, level


def may_drive(task: Task) -> bool:
    return bool(task.is_held and task.place_ids and not task.activity.all_day)


def stands_between(resource: int, pair: tuple[Task, Task], tasks: list[Task]) -> bool:
    one, other = pair
    return any(
        resource in third.resource_ids and may_drive(third) and one.end <= third.start and third.end <= other.start
        for third in tasks
    )


def out_of_campaign(tasks: list[Task], world: World) -> Iterator[Found]:
    """Each day lies in the campaign."""
    wrong = []
    for task in tasks:
        campaign = world.campaigns[task.activity.campaign_id]
        if task.is_new and any(not campaign.first_day <= day <= campaign.last_day for day in days(task)):
            wrong.append((task, ""))
    yield from once_an_activity("campaign_window", "warning", wrong)


def not_valid(tasks: list[Task], world: World) -> Iterator[Found]:
    """Units and area exist on each day."""
    wrong = []
    for task in tasks:
        bodies: list[tuple[str, Any]] = [(f"unit/{key}", world.units[key]) for key in task.activity.unit_ids]
        for about, body in [*bodies, (f"area/{task.activity.area_id}", world.areas[task.activity.area_id])]:
            first, last = body.valid_from or date.min, body.valid_to or date.max
            if task.is_new and any(not first <= day <= last for day in days(task)):
                wrong.append((task, about))
    yield from once_an_activity("validity", "blocking", wrong)


def works(day: date, world: World) -> bool:
    return day not in world.days_off and (day.isoweekday() <= 5 or day in world.working_weekends)


def between(first: date, last: date, world: World | None) -> int:
    """Days after the first and before the last: working ones, or all without a world."""
    inner = [first + DAY * n for n in range(1, (last - first).days)]
    return len([day for day in inner if world is None or works(day, world)])


def last_day_to_send(paper: LeadTimeFacts, event: date, world: World) -> date:
    """At least so many whole days lie between; offices take papers on working days only."""
    counted = world if paper.is_working_days else None
    back = (event - DAY * n for n in range(1, 200))
    return next(day for day in back if works(day, world) and between(day, event, counted) >= paper.days)


def is_due(paper: LeadTimeFacts, last: date, world: World) -> bool:
    if world.today == last:
        return True
    if not paper.is_working_days:
        return (last - world.today).days <= paper.warn_days
    return between(world.today, last, world) < paper.warn_days


def late_papers(tasks: list[Task], world: World) -> Iterator[Found]:
    """Sent too late, too late to send, or soon to be sent."""
    for uid in {task.uid for task in tasks if task.is_new}:
        series = sorted((task for task in tasks if task.uid == uid), key=lambda task: (task.start, task.end))
        to_come = [task for task in series if days(task)[-1] >= world.today]
        for paper in world.lead_times:
            activity = series[0].activity
            if activity.kind != paper.kind and paper.code not in activity.procedures:
                continue
            sent = activity.notices.get(paper.code)
            for told in (series if sent else to_come)[:1]:
                last = last_day_to_send(paper, days(told)[0], world)
                if sent:
                    state = "late" if sent > last else None
                elif world.today > last:
                    state = "missed"
                else:
                    state = "due" if is_due(paper, last, world) else None
                if state:
                    yield (
                        "lead_time", (uid,), (told.start, told.end), f"lead_time/{paper.code}/{state}", "warning"
                    )  # fmt: skip


def too_loud(tasks: list[Task], world: World) -> Iterator[Found]:
    """Loudspeakers at night, or near a place that asks for quiet."""
    starts, ends = (world.figures[f"quiet.night_{edge}"].value for edge in ("start", "end"))
    wrong = []
    for task in (task for task in tasks if task.is_new and world.kind_traits[task.activity.kind].is_loud):
        moments = [local(second) for second in of(task)]
        tonight = days(task)[0]
        if is_show(task) and any(
            m.date() > tonight or m.hour + m.minute / 60 >= starts or m.hour + m.minute / 60 < ends for m in moments
        ):
            wrong.append((task, "night"))
        for key in task.place_ids:
            for quiet in world.quiet_places:
                place = world.places[key]
                if place.lon is not None and place.lat is not None:
                    metres = chord_metres((place.lon, place.lat), (quiet.lon, quiet.lat))
                    if metres <= world.figures["quiet.distance_m"].value:
                        wrong.append((task, f"place/{key}"))
    yield from once_an_activity("quiet_hours", "warning", wrong)


def chord_metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Straight through the earth, which over some hundred metres is the way along it."""
    ends = []
    for lon, lat in (one, other):
        x, y = math.radians(lon), math.radians(lat)
        ends.append((math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)))
    return math.dist(*ends) * 6_371_008.8


def festival_days(tasks: list[Task], world: World) -> Iterator[Found]:
    """Big events, team evenings and gatherings on days that belong to something else."""
    for task in (task for task in tasks if task.is_new):
        traits = world.kind_traits[task.activity.kind]
        here = {task.activity.area_id} | {world.places[key].area_id for key in task.place_ids}
        here |= {inner for key, area in world.areas.items() if key in here for inner in area.member_ids}
        for day in days(task):
            festivals = [each for each in world.festivals if each.main_day == day]
            big_days = [each for each in world.observances if each.main_day == day and each.is_big and lies(each, here)]
            near = [each for each in festivals if lies(each, here)]
            province = [each for each in festivals if each.is_big]
            is_clash = (
                (traits.is_big and (near or province or big_days))
                or ({*task.resource_ids} & {*world.teams} and near)
                or (traits.is_gathering and near and big_days)
            )
            if is_clash:
                yield "festival_clash", (name(task),), span(of(task) & of_days(day, day)), "", "warning"


def lies(each: DayFacts, here: set[int | None]) -> bool:
    return not each.area_ids or bool({*each.area_ids} & here)


def mourned(tasks: list[Task], world: World) -> Iterator[Found]:
    """No entertainment in mourning."""
    for task in tasks:
        for period in world.mourning:
            both = of(task) & of_days(period.first, period.last)
            if both and task.is_new and world.kind_traits[task.activity.kind].is_entertainment:
                yield "mourning", (name(task),), span(both), f"mourning/{period.first}", "blocking"


def untold_posts(tasks: list[Task], world: World) -> Iterator[Found]:
    """The border post is told of gatherings."""
    wrong = []
    for task in tasks:
        here = [task.activity.area_id, *(world.places[key].area_id for key in task.place_ids)]
        at_border = any(area.is_border for key, area in world.areas.items() if key in here)
        gathers = world.kind_traits[task.activity.kind].is_gathering and days(task)[-1] >= world.today
        if task.is_new and at_border and gathers and "border" not in task.activity.notices:
            wrong.append((task, ""))
    yield from once_an_activity("border_notice", "warning", wrong)


def teams_at_odd_hours(tasks: list[Task], world: World) -> Iterator[Found]:
    """In the team's hours, and not on its day of rest."""
    wrong = []
    for task in (task for task in tasks if task.is_new):
        for key, team in world.teams.items():
            if key not in task.resource_ids:
                continue
            if any(day.weekday() == team.rest_weekday for day in days(task)):
                wrong.append((task, f"resource/{key}/rest"))
            opens = 0 if team.works_from_min is None else team.works_from_min
            closes = 10_000 if team.works_to_min is None else team.works_to_min
            nights = [days(task)[0]]
            if closes <= opens:
                closes += 1440
                nights.append(nights[0] - DAY)
            stretches = [{min(of_days(n, n)) + 60 * m for m in range(opens, closes, 15)} for n in nights]
            if is_show(task) and not any(of(task) <= stretch for stretch in stretches):
                wrong.append((task, f"resource/{key}/hours"))
    yield from once_an_activity("team_hours", "warning", wrong)


def tired_teams(tasks: list[Task], world: World) -> Iterator[Found]:
    """Evenings in a row, and shows on a day."""
    for key in world.teams:
        shows = [task for task in tasks if key in task.resource_ids and task.is_held and is_show(task)]
        of_evenings = [task for task in shows if any(local(second).hour >= 18 or local(second).date() > days(task)[0]
                                                     for second in of(task))]  # fmt: skip
        evenings = sorted({days(task)[0] for task in of_evenings})
        for _, group in groupby(enumerate(evenings), key=lambda pair: pair[1] - DAY * pair[0]):
            run = [day for _, day in group]
            if len(run) > world.figures["team.max_evenings"].value:
                played = [task for task in of_evenings if days(task)[0] in run]
                yield from tired(played, f"resource/{key}/evenings")
        for day in {days(task)[0] for task in shows}:
            played = [task for task in shows if days(task)[0] == day]
            if len(played) > world.figures["team.max_shows_per_day"].value:
                yield from tired(played, f"resource/{key}/shows")


def tired(played: list[Task], about: str) -> Iterator[Found]:
    if any(task.is_new for task in played):
        whole = min(task.start for task in played), max(task.end for task in played)
        yield "team_load", tuple(sorted(map(name, played))), whole, about, "warning"


def still_hanging(tasks: list[Task], world: World) -> Iterator[Found]:
    """What hangs has a day of removal, and that day is not over."""
    for uid in {task.uid for task in tasks if task.is_new}:
        for item in world.removals.get(uid, ()):
            if item.remove_by is None or item.remove_by < world.today:
                day = item.remove_by or item.last_day
                yield "removal", (uid,), span(of_days(day, day)), f"posting/{item.code}", "warning"


def find_all(tasks: list[Task], world: World) -> list[Found]:
    """Everything, sorted."""
    found = (
        twice_taken, closed, out_of_opening, crowded, too_far, out_of_campaign, not_valid, late_papers, too_loud,
        festival_days, mourned, untold_posts, teams_at_odd_hours, tired_teams, still_hanging,
    )  # fmt: skip
    return sorted(each for find in found for each in find(tasks, world))
