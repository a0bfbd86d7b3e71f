"""Two people import at the same moment: all of one workbook is stored, and the other is told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation

from core.errors import ImportRejected
from events.models import Activity, Campaign, PlanUpload
from events.planning.uploads import keep_upload
from events.workbook.importing import import_workbook
from tests.concurrency import run_at_once
from tests.events.workbook.makers import Rows, activity_row
from tests.factories import make_planner
from units.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("world")]
NUMBER = 20


@pytest.fixture
def content() -> bytes:
    return Rows(activities=[activity_row(f"A{number}") for number in range(NUMBER)]).content()


def test_a_workbook_confirmed_twice_at_once_is_imported_once(content: bytes) -> None:
    planner = make_planner()
    upload = keep_upload(content=content, name="x.xlsx", by=planner, now=timezone.now())

    def attempt(_number: int) -> str:
        return str(confirm(planner, upload.token))

    assert sorted(run_at_once(attempt, 4)) == ["200", "404", "404", "404"]
    assert (Activity.objects.count(), PlanUpload.objects.count()) == (NUMBER, 0)


def confirm(person: User, token: str) -> int:
    browser = Client()
    browser.force_login(person)
    return browser.post("/plans/import/confirm/", {"token": token}).status_code


def test_a_new_campaign_brought_twice_at_once_is_stored_once(content: bytes) -> None:
    def attempt(_number: int) -> str:
        with translation.override("en"):
            try:
                import_workbook(content, by=None)
            except ImportRejected as rejection:
                return rejection.problems[0].message
        return "imported"

    outcomes = set(run_at_once(attempt, 4))
    told = "Somebody else saved the same plan at the same moment; import the workbook again."
    assert outcomes <= {"imported", told}
    assert (Campaign.objects.count(), Activity.objects.count()) == (1, NUMBER)
