"""What an entry says of the office that answers for it, and how often its date changed."""

from __future__ import annotations

import pytest

from events.programme import Scope, load_programme
from tests.factories import make_activity
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db


def test_an_entry_names_the_office_with_its_telephone_where_it_has_one() -> None:
    silent, office = make_activity(), make_activity().lead_unit
    office.office_phone = "0205 3 812 345"
    office.save()
    found = load_programme(window=None, scope=Scope(), viewer=viewer_of(None)).entries
    told = {entry.unit.code: (entry.contact, entry.sequence) for entry in found}
    assert told == {silent.lead_unit.code: ("", 0), office.code: (f"{office.name}, 0205 3 812 345", 0)}
