from __future__ import annotations

from datetime import date

from events.outputs.agenda import build_agenda, build_digest
from events.programme.entries import Programme
from tests.events.outputs.programmes import make_days, make_entry

FIRST, LAST = date(2023, 8, 7), date(2023, 8, 13)
PROGRAMME = Programme.of([make_days(date(2023, 8, 1), 9, uid="flags"), make_entry(uid="show")])


def test_the_list_holds_only_days_with_something_on() -> None:
    agenda = build_agenda(PROGRAMME, first=FIRST, last=LAST)
    assert [(day.day.day, len(day.entries)) for day in agenda.days] == [(7, 1), (8, 2), (9, 1)]
    assert agenda.count == 2


def test_the_digest_names_every_entry_once() -> None:
    digest = build_digest(PROGRAMME, first=FIRST, last=LAST)
    shown = [(day.day.day, [entry.key.uid for entry in day.entries]) for day in digest.days]
    assert shown == [(7, ["flags"]), (8, ["show"])]
    assert digest.count == 2
