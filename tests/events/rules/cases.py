"""Short ways to state one case of a rule: occurrences by their local hours, and the least world around them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from core.clock import to_seconds
from core.intervals import LOCAL_ZONE, Interval
from events.rules.facts import ActivityFacts, FigureFacts, KindTraits, PlaceFacts, ResourceFacts, Task, World

TODAY: Final = date(2026, 1, 5)
RESOURCES: Final = {
    1: ResourceFacts(name="Hội trường A", kind="space", venue_id=1, capacity=300),
    2: ResourceFacts(name="Sân khấu B", kind="space", venue_id=2),
    3: ResourceFacts(name="Đội 1", kind="team"),
    4: ResourceFacts(name="Xe 12A-001", kind="vehicle"),
}
PLACES: Final = {
    1: PlaceFacts(name="Nhà văn hóa Bản Chu", lon=106.7, lat=21.8, area_id=10),
    2: PlaceFacts(name="Sân Bản Cầm", lon=106.9, lat=21.9, area_id=20),
    3: PlaceFacts(name="Đình Làng Thượng", area_id=30, is_estimate=True),
}
LOUD_SHOW: Final = {"mobile_team": KindTraits(is_loud=True, is_entertainment=True, is_gathering=True)}


def at(text: str) -> int:
    """Read "2026-02-24 19:30", local time."""
    return to_seconds(datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE))


def hours(start: str, end: str) -> Interval:
    """The interval between two local times."""
    return Interval(*(datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE) for text in (start, end)))


def show(start: str, end: str, *, uid: str = "hd", title: str = "Đêm nhạc", **fields: Any) -> Task:
    """One occurrence from and to local times; other fields are those of a task or of its activity."""
    own = {name: fields.pop(name) for name in ("resource_ids", "place_ids", "is_new", "is_held") if name in fields}
    facts = ActivityFacts(uid=uid, title=title, **fields)
    task = Task(uid, at(start), at(start), at(end), (), (), facts, is_new=True, is_held=True, title=title)
    return task._replace(**own)


def world(**tables: Any) -> World:
    """A world of the resources and places above and whatever tables are given."""
    given: dict[str, Any] = {"today": TODAY, "resources": RESOURCES, "places": PLACES} | tables
    return World(**given)


def figures(**values: float) -> dict[str, FigureFacts]:
    """Figures by code, with two underscores for the dot."""
    return {name.replace("__", "."): FigureFacts(value=value, source=f"Nguồn {name}") for name, value in values.items()}
