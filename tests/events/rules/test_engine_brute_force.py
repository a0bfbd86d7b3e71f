"""The engine finds what the slow judge finds: nothing missed, nothing invented.

`PANO_EXAMPLES=10000` runs the full proof; a small share of it runs every time.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import to_seconds
from core.conflicts import Conflict
from events.rules.engine import RULES, find_conflicts
from events.rules.facts import Task, World
from tests.events.rules.naive import Found, find_all
from tests.events.rules.worlds import plans, worlds
from visuals.rules import removal

EXAMPLES = int(os.environ.get("PANO_EXAMPLES", "150"))
ALL_RULES = (*RULES, removal.check)
CODES = {rule.__globals__["CODE"] for rule in ALL_RULES}
pytestmark = pytest.mark.timeout(3600)  # ten thousand plans take their time

many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def told(conflict: Conflict) -> Found:
    """What the judge says of it."""
    assert conflict.interval is not None
    span = to_seconds(conflict.interval.start), to_seconds(conflict.interval.end)
    return conflict.code, conflict.subjects, span, conflict.about, str(conflict.level)


def test_the_engine_equals_the_slow_judge() -> None:
    seen: Counter[str] = Counter()

    @many
    @given(plans, worlds)
    def equals(tasks: list[Task], world: World) -> None:
        found = [told(conflict) for conflict in find_conflicts(tasks, world, rules=ALL_RULES)]
        assert sorted(found) == find_all(tasks, world)
        seen.update({each[0] for each in found})

    equals()
    assert set(seen) == CODES
    assert min(seen.values()) >= EXAMPLES // 50, seen


def test_some_tasks_new_is_the_whole_answer_narrowed_to_them() -> None:
    @many
    @given(plans, worlds, st.randoms(use_true_random=False))
    def narrows(tasks: list[Task], world: World, dice: Random) -> None:
        whole = find_conflicts([task._replace(is_new=True) for task in tasks], world, rules=ALL_RULES)
        new = {task.uid for task in tasks if task.is_new}
        shuffled = list(tasks)
        dice.shuffle(shuffled)
        some = find_conflicts(shuffled, world, rules=ALL_RULES)
        assert sorted(map(told, some)) == sorted(told(each) for each in whole if new.intersection(each.uids))

    narrows()


def test_every_sentence_is_whole_and_shows_a_way_out() -> None:
    @many
    @given(plans, worlds)
    def speaks(tasks: list[Task], world: World) -> None:
        messages = [conflict.message for conflict in find_conflicts(tasks, world, rules=ALL_RULES)]
        assert [message for message in messages if not message.endswith(".") or "; hãy " not in message] == []

    speaks()
