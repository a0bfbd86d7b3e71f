"""The engine: every rule, one order, and no time where nothing clashes."""

from __future__ import annotations

import pkgutil
from datetime import date
from importlib import import_module

import events.rules
from core.conflicts import Conflict, Level
from events.rules.engine import RULES, find_conflicts
from events.rules.facts import CampaignFacts, no_travel
from tests.events.rules.cases import show, world

FIRST = show("2026-03-01 19:00", "2026-03-01 21:00", uid="a", resource_ids=(1,), campaign_id=7)
SECOND = show("2026-03-01 20:00", "2026-03-01 22:00", uid="b", resource_ids=(1,), campaign_id=7)
CAMPAIGN = CampaignFacts(name="ASEAN", first_day=date(2026, 4, 1), last_day=date(2026, 4, 30))


def test_every_rule_file_is_in_the_table() -> None:
    modules = [import_module(f"events.rules.{found.name}") for found in pkgutil.iter_modules(events.rules.__path__)]
    rules = [module for module in modules if hasattr(module, "check")]
    assert {rule.__module__ for rule in RULES} == {module.__name__ for module in rules}
    assert [module.__name__ for module in rules] == [f"events.rules.{module.CODE}" for module in rules]
    assert {module.LEVEL for module in rules} <= set(Level)


def test_findings_come_by_rule_then_time() -> None:
    found = find_conflicts([SECOND, FIRST], world(campaigns={7: CAMPAIGN}))
    assert [(each.code, each.subjects) for each in found] == [
        ("double_booking", (FIRST.key, SECOND.key)),
        ("campaign_window", ("a",)),
        ("campaign_window", ("b",)),
    ]


def test_rules_of_other_rooms_are_asked_too() -> None:
    timeless = Conflict(code="own", level=Level.WARNING, subjects=("a",), interval=None, message="Câu.")
    assert find_conflicts([FIRST], world(), rules=(lambda *_given: iter([timeless]),)) == [timeless]


def test_nothing_planned_and_nothing_known_is_nothing_wrong() -> None:
    assert find_conflicts([], world()) == []
    assert find_conflicts([FIRST], world()) == []
    assert no_travel(1, 2) is None
