"""Small crowded plans and worlds, made so that every rule finds something often. All times are quarters of an hour.

Hypothesis draws how many activities there are and one number for each and for the world, which seeds all the rest: ten
thousand plans would else take hours to draw.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from events.rules.facts import (
    ActivityFacts,
    AreaFacts,
    CampaignFacts,
    DayFacts,
    FigureFacts,
    KindTraits,
    LeadTimeFacts,
    Mourning,
    PlaceFacts,
    QuietPlaceFacts,
    RemovalFacts,
    ResourceFacts,
    Task,
    TeamFacts,
    Travel,
    UnitFacts,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIRST_DAY: Final = date(2026, 2, 20)  # the Friday before the end of that Tết
MIDNIGHT: Final = int(datetime(2026, 2, 19, 17, tzinfo=UTC).timestamp())  # of FIRST_DAY, local
KINDS: Final = ("exchange", "mobile_team", "exhibition", "media_item")
PAPERS: Final = ("R1", "R2", "R7")
RESOURCE_KINDS: Final = {1: "space", 2: "space", 3: "team", 4: "team", 5: "vehicle", 6: "face"}
PLACES: Final = (1, 2, 3)
AREAS: Final = (1, 2, 3)
CREWS: Final = ((3,), (3, 5), (1, 3), (1, 6), (2, 5), (3, 4, 5), (1, 2, 4), ())
VENUES: Final = ((1,), (2,), (3,), (1, 2), (2, 3), (3, 1), ())
HOURS: Final = (0.25, 7, 8, 14, 17, 18.5, 19.5, 20, 21, 22.5)
QUARTERS: Final = (2, 6, 8, 8, 10, 12, 30, 96, 130)
STRETCHES: Final = (((0, 1440),), ((480, 690), (690, 1020)), ((480, 690), (840, 1320)), ((480, 1000), (600, 900)), ())
LEGS: Final = (None, Travel(20, 9.5, False), Travel(45, 20, False), Travel(150, 80, False), Travel(190, 90, True))
PAST_OPENING: Final = (None, 360, 690, 1080, 1170)
CLOSING: Final = (None, 60, 300, 1080, 1290, 1425)


def flag(dice: Random, share: float = 0.5) -> bool:
    return dice.random() < share


def near_day(dice: Random, first: int = -2, last: int = 7) -> date:
    return FIRST_DAY + timedelta(days=dice.randint(first, last))


def maybe_day(dice: Random) -> date | None:
    return near_day(dice) if flag(dice, 0.4) else None


def sent_day(dice: Random) -> date:
    return near_day(dice, -14, 4)


def some(dice: Random, values: Sequence[int], most: int = 2) -> tuple[int, ...]:
    return tuple(dice.sample(values, dice.randint(0, most)))


def span(dice: Random) -> tuple[int, int]:
    start = MIDNIGHT + dice.randint(0, 3) * 86_400 + int(dice.choice(HOURS) * 3600)
    return start, start + dice.choice(QUARTERS) * 900


def table(dice: Random, keys: Sequence[int], row: Callable[[Random], Any]) -> dict[int, Any]:
    return {key: row(dice) for key in some(dice, keys)}


def activity(dice: Random, number: int) -> ActivityFacts:
    return ActivityFacts(
        uid=f"hd{number}",
        title=f"Hoạt động {number}",
        kind=dice.choice(KINDS),
        campaign_id=1,
        area_id=dice.choice(AREAS),
        unit_ids=some(dice, (1, 2)),
        all_day=flag(dice, 0.2),
        expected_audience=dice.choice((None, 40, 400)),
        procedures=dice.choice(((), ("R7",), ("R2", "R7"))),
        notices={dice.choice((*PAPERS, "border")): sent_day(dice) for _ in range(dice.randint(0, 2))},
    )


def series(number: int, seed: int) -> list[Task]:
    """Some occurrences of one activity."""
    dice = Random(seed)  # noqa: S311 - plans, not secrets
    facts, is_new, is_held = activity(dice, number), flag(dice), flag(dice, 0.85)
    taken, places = dice.choice(CREWS), dice.choice(VENUES)
    tasks = []
    for index in range(dice.randint(1, 5)):
        start, end = span(dice)
        if facts.all_day:
            start -= (start - MIDNIGHT) % 86_400
            end += (MIDNIGHT - end) % 86_400
        key = MIDNIGHT + index * 86_400
        tasks.append(Task(facts.uid, key, start, end, taken, places, facts, is_new, is_held, facts.title))
    return tasks


def marked_day(dice: Random) -> DayFacts:
    day, areas = near_day(dice, 0, 4), frozenset(some(dice, AREAS))
    state = dice.choice(("computed", "confirm_by_hand"))
    return DayFacts(
        name="Hội", main_day=day, first_day=day, last_day=day, area_ids=areas, is_big=flag(dice), state=state
    )


def closures(dice: Random) -> tuple[tuple[int, int, str], ...]:
    return tuple(sorted((*span(dice), "sửa chữa") for _ in range(dice.randint(0, 2))))


def week_hours(dice: Random) -> dict[int, tuple[tuple[int, int], ...]]:
    return {weekday: dice.choice(STRETCHES) for weekday in dice.sample(range(7), dice.randint(3, 7))}


def team(dice: Random) -> TeamFacts:
    return TeamFacts(
        name="Đội",
        works_from_min=dice.choice(PAST_OPENING),
        works_to_min=dice.choice(CLOSING),
        rest_weekday=dice.choice((None, 0, 5, 6)),
    )


def roads(dice: Random) -> Callable[[int, int], Travel | None]:
    known = {pair: dice.choice(LEGS) for pair in permutations(PLACES, 2)}
    return lambda origin, target: known.get((origin, target))


def point(dice: Random) -> tuple[float, float]:
    return 106.7 + dice.randint(0, 3) / 1000, 21.8 + dice.randint(0, 3) / 1000


def place(dice: Random, key: int) -> PlaceFacts:
    lon, lat = point(dice) if flag(dice, 0.9) else (None, None)
    area = dice.choice((None, *AREAS))
    return PlaceFacts(name=f"Sân {key}", lon=lon, lat=lat, is_estimate=flag(dice, 0.3), area_id=area)


def quiet_place(dice: Random, number: int) -> QuietPlaceFacts:
    lon, lat = point(dice)
    return QuietPlaceFacts(name=f"Trường {number}", kind="school", lon=lon + 0.0003, lat=lat)


def resource(dice: Random, key: int) -> ResourceFacts:
    kind = RESOURCE_KINDS[key]
    if kind != "space":
        return ResourceFacts(name=f"Nguồn lực {key}", kind=kind)
    return ResourceFacts(name=f"Sảnh {key}", kind=kind, venue_id=key, capacity=dice.choice((None, 30, 300)))


def removals(dice: Random) -> tuple[RemovalFacts, ...]:
    codes = dice.sample(("P1", "P2"), dice.randint(0, 2))
    return tuple(RemovalFacts(code=code, remove_by=maybe_day(dice), last_day=near_day(dice)) for code in codes)


def figures(dice: Random) -> dict[str, FigureFacts]:
    found = {
        "quiet.night_start": 21, "quiet.night_end": 6, "quiet.distance_m": 150,
        "team.max_evenings": dice.randint(1, 2), "team.max_shows_per_day": dice.randint(1, 2),
    }  # fmt: skip
    if flag(dice):
        found |= {"team.setup_minutes": 30, "team.packing_minutes": 15}
    return {code: FigureFacts(value=value, source="Nguồn") for code, value in found.items()}


def lead_times(dice: Random) -> tuple[LeadTimeFacts, ...]:
    days, kinds = [dice.randint(0, most) for most in (6, 9, 12)], dice.choices(KINDS, k=2)
    return (
        LeadTimeFacts(code="R1", name="Thông báo", days=days[0], kind=kinds[0], warn_days=3, receiver="UBND xã"),
        LeadTimeFacts(code="R2", name="Hồ sơ", days=days[1], kind=kinds[1], warn_days=0),
        LeadTimeFacts(code="R7", name="Lễ hội", days=days[2], is_working_days=False, warn_days=7),
    )


def traits(dice: Random) -> KindTraits:
    return KindTraits(is_loud=flag(dice), is_entertainment=flag(dice), is_gathering=flag(dice), is_big=flag(dice, 0.3))


def calendar(dice: Random) -> dict[str, Any]:
    """Everything that is dated."""
    first, last = sorted((near_day(dice), near_day(dice)))
    periods = [near_day(dice) for _ in range(dice.randint(0, 1))]
    return {
        "campaigns": {1: CampaignFacts(name="ASEAN", first_day=first, last_day=last)},
        "units": {key: UnitFacts(name="Phòng", valid_from=maybe_day(dice), valid_to=maybe_day(dice)) for key in (1, 2)},
        "areas": {
            key: AreaFacts(
                name="Xã", valid_from=maybe_day(dice), is_border=flag(dice), member_ids=frozenset(some(dice, AREAS))
            )
            for key in AREAS
        },
        "days_off": frozenset(FIRST_DAY + timedelta(days=number) for number in range(-6, dice.randint(-5, 4))),
        "working_weekends": frozenset(sent_day(dice) for _ in range(dice.randint(0, 2))),
        "festivals": tuple(marked_day(dice) for _ in range(dice.randint(0, 3))),
        "observances": tuple(marked_day(dice) for _ in range(dice.randint(0, 3))),
        "mourning": tuple(Mourning(day, day + timedelta(days=1), "Quốc tang") for day in periods),
    }


def world(seed: int) -> World:
    """Everything the tables say."""
    dice = Random(seed)  # noqa: S311 - as above
    return World(
        today=sent_day(dice),
        resources={key: resource(dice, key) for key in RESOURCE_KINDS},
        places={key: place(dice, key) for key in PLACES},
        resource_closures=table(dice, tuple(RESOURCE_KINDS), closures),
        place_closures=table(dice, PLACES, closures),
        resource_opening=table(dice, tuple(RESOURCE_KINDS), week_hours),
        place_opening=table(dice, PLACES, week_hours),
        lead_times=lead_times(dice),
        kind_traits={kind: traits(dice) for kind in KINDS},
        figures=figures(dice),
        quiet_places=tuple(quiet_place(dice, number) for number in range(dice.randint(0, 3))),
        teams=table(dice, (3, 4), team),
        travel=roads(dice),
        removals={uid: removals(dice) for uid in ("hd0", "hd1")},
        **calendar(dice),
    )


seeds = st.integers(0, 2**40)
plans = st.lists(seeds, min_size=1, max_size=6, unique=True).map(
    lambda drawn: [task for number, seed in enumerate(drawn) for task in series(number, seed)]
)
worlds = seeds.map(world)
