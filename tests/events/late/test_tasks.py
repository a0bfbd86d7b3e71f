"""The background work that tells of late changes: asked for in the transaction of the change, and going on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.models import UrgentChange
from events.tasks import schedule_telling, tell_late_changes
from tests.events.late.makers import make_link, make_soon
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting_backend(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def asked() -> list[Any]:
    path = tell_late_changes.module_path
    return list(DBTaskResult.objects.filter(task_path=path).order_by("run_after").values_list("run_after", flat=True))


@pytest.mark.usefixtures("waiting_backend")
def test_a_late_change_asks_for_letters_some_minutes_later_once_a_minute() -> None:
    now = timezone.now()
    make_soon()
    make_soon()
    make_soon(72)
    (moment,) = {each.replace(second=0, microsecond=0) for each in asked()[:1]}
    assert timedelta(minutes=5) <= moment - now <= timedelta(minutes=6, seconds=5)
    assert len(asked()) <= 2  # two where the minute turned between the two


@pytest.mark.usefixtures("waiting_backend")
def test_a_change_that_is_not_kept_asks_for_nothing() -> None:
    with transaction.atomic():
        make_soon()
        transaction.set_rollback(True)
    assert (asked(), UrgentChange.objects.count()) == ([], 0)


@pytest.mark.usefixtures("waiting_backend")
def test_the_next_attempt_is_asked_for_before_the_first_letter_leaves_and_none_when_all_are_told() -> None:
    make_link(make_user("Alice", email="alice@so.vn"))
    make_soon()
    UrgentChange.objects.update(at=timezone.now() - timedelta(minutes=6))
    DBTaskResult.objects.all().delete()
    assert tell_late_changes.func() == 1
    assert ([message.to for message in mail.outbox], len(asked())) == ([["alice@so.vn"]], 1)
    DBTaskResult.objects.all().delete()
    assert (tell_late_changes.func(), asked()) == (0, [])


def test_a_backend_that_cannot_wait_tells_what_is_due_at_once() -> None:
    make_link(make_user("Alice", email="alice@so.vn"))
    make_soon()
    UrgentChange.objects.update(at=timezone.now() - timedelta(minutes=6))
    schedule_telling()
    assert [message.to for message in mail.outbox] == [["alice@so.vn"]]
