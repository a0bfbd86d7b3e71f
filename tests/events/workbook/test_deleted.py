"""Deleted activities and the workbook: left out of a file, and told when a file brings their code again."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from events import planning
from events.models import Activity, Campaign
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from tests.events.workbook.makers import Rows, activity_row, problems_of

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("world")
def test_a_deleted_activity_is_left_out_of_the_file_and_its_code_stays_taken() -> None:
    both = Rows(activities=[activity_row("A1"), activity_row("A2")])
    assert problems_of(both.content()) == []
    planning.delete_activities(seen={Activity.objects.get(code="A1").uid: 1}, by=None)
    book = load_workbook(io.BytesIO(export_workbook(Campaign.objects.get(), viewer=None)))
    codes = [row[0].value for row in book["Hoạt động"].iter_rows(min_row=2)]
    assert codes == ["A2"]
    place = ("Hoạt động", 2, "A – Mã")
    assert problems_of(both.content()) == [
        (place, "An activity of this code was deleted; restore it or choose another code.")
    ]


@pytest.mark.usefixtures("world")
def test_what_a_file_does_not_say_is_not_missed_when_it_is_deleted() -> None:
    import_workbook(Rows(activities=[activity_row("A1"), activity_row("A2")]).content(), by=None)
    planning.delete_activities(seen={Activity.objects.get(code="A1").uid: 1}, by=None)
    report = import_workbook(Rows(activities=[activity_row("A2")]).content(), by=None)
    assert [sheet.missing for sheet in report.sheets if sheet.sheet == "Hoạt động"] == [()]
