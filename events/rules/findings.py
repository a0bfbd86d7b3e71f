"""What the rules share: naming a task and its time, and one finding an activity instead of one an occurrence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from core.clock import is_whole_days, to_interval
from core.text import inner_quotes
from core.vietnamese import format_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.intervals import Interval
    from events.rules.facts import Task, World

T = TypeVar("T")


class Finding(NamedTuple):
    """The first occurrence of an activity that a rule finds wrong, and how many later ones are wrong alike."""

    task: Task
    about: str
    others: int

    @property
    def label(self) -> str:
        """Title, time and number of further occurrences, as sentences name them."""
        more = f" và {self.others} buổi khác" if self.others else ""
        return f"«{inner_quotes(self.task.title)}» ({when(self.task)}{more})"


def when(task: Task) -> str:
    """Return the task's time for people."""
    return span_text(task.start, task.end)


def span_text(start: int, end: int) -> str:
    """Return `[start, end)` for people; whole local days are told as days."""
    return format_interval(to_interval(start, end), all_day=is_whole_days(start, end))


def label(task: Task) -> str:
    """Title and time, as sentences name an occurrence."""
    return f"«{inner_quotes(task.title)}» ({when(task)})"


def interval_of(task: Task) -> Interval:
    """Return the task's time."""
    return to_interval(task.start, task.end)


def by_activity(found: Iterable[tuple[Task, str]]) -> Iterator[Finding]:
    """Fold what was found, in the order of tasks, into one finding for each activity and thing it turns on.

    A series that is wrong every week is one thing to mend, and one warning to accept: its first affected occurrence
    stands for the others.
    """
    counts: dict[tuple[str, str], int] = {}
    firsts: dict[tuple[str, str], Task] = {}
    for task, about in found:
        which = task.uid, about
        firsts.setdefault(which, task)
        counts[which] = counts.get(which, -1) + 1
    for which, task in firsts.items():
        yield Finding(task, which[1], counts[which])


def tasks_by_resource(tasks: Sequence[Task], wanted: Iterable[int]) -> dict[int, list[Task]]:
    """Return the held tasks of each wanted resource that has any, in the order of tasks."""
    taken: dict[int, list[Task]] = {resource: [] for resource in wanted}
    for task in tasks:
        if task.is_held:
            for resource in task.resource_ids:
                if resource in taken:
                    taken[resource].append(task)
    return {resource: held for resource, held in taken.items() if held}


class Use(NamedTuple):
    """A new task uses a resource or a place: `about` and `name` say which."""

    task: Task
    about: str
    name: str


def uses_with(
    tasks: Sequence[Task], world: World, *, of_resources: Mapping[int, T], of_places: Mapping[int, T]
) -> Iterator[tuple[Use, T]]:
    """Yield what new tasks use as far as a table says something of it, with what it says.

    A task uses its resources, its places, and the venues of its spaces, each once.
    """
    venues = {
        key: facts.venue_id
        for key, facts in world.resources.items()
        if facts.venue_id is not None and facts.venue_id in of_places
    }
    resources, places = of_resources.keys() | venues.keys(), frozenset(of_places)
    if not resources and not places:
        return
    for task in tasks:
        if not task.is_new or (resources.isdisjoint(task.resource_ids) and places.isdisjoint(task.place_ids)):
            continue
        for key in task.resource_ids:
            if key in of_resources:
                yield Use(task, f"resource/{key}", world.resources[key].name), of_resources[key]
        own = (venues[key] for key in task.resource_ids if key in venues)
        for key in dict.fromkeys((*task.place_ids, *own)):
            if key in of_places:
                yield Use(task, f"place/{key}", world.places[key].name), of_places[key]
