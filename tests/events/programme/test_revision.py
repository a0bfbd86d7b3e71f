"""The hash of what readers compare: no database, entries made by hand."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from core.intervals import Interval
from events.programme.entries import EntryResource, Label, Programme
from tests.events.outputs.programmes import CAO_LOC, HALL, YARD, at, make_entry

ENTRY = make_entry()


def revision(**changes: Any) -> str:
    return Programme.of([ENTRY.changed(**changes)]).revision


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Khác"},
        {"status": "cancelled"},
        {"interval": Interval(at(hour=18), at(hour=20))},
        {"kind": "exchange"},
        {"all_day": True},
        {"places": (YARD,)},
        {"area": CAO_LOC.__class__(code="1", slug="khac", name="Khác", level="district")},
        {"unit": Label(code="KHAC", name="")},
        {"coordinating": ()},
        {"resources": (EntryResource(code="DOI-1", kind="team", name="Đội 1"),)},
        {"description": "Khác"},
        {"quantity": "61 ảnh"},
        {"key": make_entry(uid="khac").key},
        {"key": make_entry(at(day=9)).key},
    ],
)
def test_whatever_readers_compare_changes_it(changes: dict[str, Any]) -> None:
    assert revision(**changes) != revision()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status_label": "Confirmed", "kind_label": "Exhibition"},
        {"notes": "Khác", "sequence": 7},
        {"interval": Interval(ENTRY.interval.start.astimezone(UTC), ENTRY.interval.end.astimezone(UTC))},
        {"places": (HALL,)},
    ],
)
def test_labels_zones_and_notes_do_not(changes: dict[str, Any]) -> None:
    assert revision(**changes) == revision()


def test_it_does_not_matter_whether_entries_share_their_facts() -> None:
    second = make_entry(at(day=9))
    shared = second._replace(facts=ENTRY.facts)
    assert Programme.of([ENTRY, shared]).revision == Programme.of([ENTRY, second]).revision


def test_two_titles_of_one_activity_are_told_apart() -> None:
    first, second = ENTRY, make_entry(at(day=9))
    one, other = first.changed(title="Khác"), second.changed(title="Khác")
    assert Programme.of([one, second]).revision != Programme.of([first, other]).revision


def test_a_changed_entry_keeps_all_else() -> None:
    changed = ENTRY.changed(title="Khác", code="TL-02", places=(HALL, YARD))
    assert (changed.title, changed.code, changed.place_names) == ("Khác", "TL-02", "Nhà văn hoá Cao Lộc; Sân vận động")
    assert (changed.key, changed.facts.title) == (ENTRY.key, ENTRY.facts.title)
    assert changed.changed(facts=ENTRY.facts, title=ENTRY.title) == ENTRY


def test_a_recurring_entry_names_its_occurrence_in_its_address() -> None:
    assert ENTRY.url == "/activities/a1@pano/"
    assert ENTRY.changed(is_recurring=True).url == "/activities/a1@pano/?occurrence=20230808T123000Z"
