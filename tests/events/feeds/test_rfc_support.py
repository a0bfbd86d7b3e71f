"""docs/rfc-support.md is held by this: all that is written has a line, and every line a test that exists."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.recurrence import Frequency, Recurrence
from events import planning
from events.feeds.tokens import hash_token, new_token
from events.models import Status, Subscription
from events.planning import OccurrenceChange
from events.programme import Scope, load_programme
from tests.factories import at, make_activity, make_planner, make_venue, whole_days
from tests.sources import BASE_DIR
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
ROW = re.compile(r"^\| (?P<written>.+?) \| .+? \| `(?P<file>[\w/.]+)::(?P<test>\w+)` \|$", re.MULTILINE)
NAME = re.compile(r"`([A-Z][A-Z-]+)`")
WRITTEN = re.compile(r"^(?:BEGIN:)?([A-Z-]+)", re.MULTILINE)


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer((BASE_DIR / "docs" / "rfc-support.md").read_text(encoding="utf-8")))


def names_of(name: str) -> set[str]:
    tree = ast.parse((BASE_DIR / "tests" / "events" / name).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def everything(client: Client) -> str:
    """A private feed with each thing a feed can hold."""
    office = make_activity().lead_unit
    office.office_phone = "0205 3 812 345"
    office.save()
    place = make_venue()
    activity = make_activity(
        interval=at(date(2023, 8, 8)), recurrence=Recurrence(freq=Frequency.WEEKLY, count=4), venue_ids=(place.pk,)
    )
    entry = load_programme(window=None, scope=Scope(uids=(activity.uid,)), viewer=viewer_of(None)).entries[1]
    change = OccurrenceChange(key=entry.key, version=1, interval=entry.interval.shifted(timedelta(hours=1)))
    planning.change_occurrence(change=change, by=None)
    make_activity(**whole_days(date(2023, 8, 1), date(2023, 8, 3)), status=Status.TENTATIVE)
    token = new_token()
    link = Subscription(owner=make_planner(), name="Điện thoại", token_hash=hash_token(token), token_hint=token[-4:])
    link.alarm_minutes, link.request_key, link.created_at = 30, "a" * 32, timezone.now()
    link.save()
    answers = [client.get(path) for path in (f"/feeds/private/{token}.ics", "/feeds/all.ics")]
    return "".join(answer.content.decode() for answer in answers).replace("\r\n ", "")


def test_every_line_names_a_test_that_exists() -> None:
    assert len(rows()) > 20
    assert [row["test"] for row in rows() if row["test"] not in names_of(row["file"])] == []


def test_all_that_is_written_has_a_line(client: Client) -> None:
    listed = {name for row in rows() for name in NAME.findall(row["written"])}
    written = set(WRITTEN.findall(everything(client))) - {"END"}
    assert written - listed == set()
    assert listed - written == {"EXDATE", "RDATE", "DESCRIPTION", "X-WR-CALDESC", "METHOD"} - (
        written | {"METHOD", "DESCRIPTION"}
    )
