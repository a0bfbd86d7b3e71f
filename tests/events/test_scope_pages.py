"""One occurrence, those that follow, or all: asked, previewed, saved; skipped dates and their way back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, SeriesDate, Status
from tests.factories import at, make_activity, make_campaign, make_planner, make_resource
from tests.forms import values_of

pytestmark = pytest.mark.django_db
RULE = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=4)
SECOND = "20230815T123000Z"


@pytest.fixture
def series(client: Client) -> Activity:
    client.force_login(make_planner())
    return make_activity(title="Đêm hội", recurrence=RULE)


def address(series: Activity, start: str = SECOND) -> str:
    return f"/activities/{series.uid}/occurrences/{start}/edit/"


def opened(client: Client, series: Activity) -> dict[str, Any]:
    return values_of(client.get(address(series)).content.decode())


def titles() -> list[tuple[str, str]]:
    rows = Activity.objects.order_by("event__start").values_list("event__start", "event__title")
    return [(f"{start:%d/%m}", title) for start, title in rows]


def test_the_form_opens_on_the_occurrence_and_asks_how_far(series: Activity, client: Client) -> None:
    values = opened(client, series)
    assert (values["scope"], values["start_date"], values["title"]) == ("this", "15/08/2023", "Đêm hội")
    page = client.get(series.get_absolute_url()).content.decode()
    assert address(series) in page
    assert client.get(address(series, "20230816T123000Z")).status_code == 404
    assert client.get(address(series, "x")).status_code == 404


def test_only_this_occurrence_moves(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"start_date": "16/08/2023", "action": "preview"}
    page = client.post(address(series), values).content.decode()
    assert (re.search(r"Dời[^<]*: 1", page) is not None, "16/08/2023" in page) == (True, True)
    assert Activity.objects.get().version == 1
    client.post(address(series), values | {"action": "save"})
    starts = series.occurrences.order_by("recurrence_id").values_list("start", flat=True)
    assert [f"{start:%d/%m}" for start in starts] == ["08/08", "16/08", "22/08", "29/08"]
    again = client.get(address(series)).content.decode()
    assert values_of(again)["start_date"] == "16/08/2023"
    kept = values_of(again) | {"title": "Đêm thơ", "action": "save"}
    client.post(address(series), kept)
    assert [row.title for row in series.occurrences.order_by("recurrence_id")] == ["", "Đêm thơ", "", ""]


def test_this_and_those_that_follow_become_an_activity_of_their_own(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"scope": "following", "title": "Đêm thơ", "action": "preview"}
    page = client.post(address(series), values).content.decode()
    assert "hoạt động thứ hai" in page
    answer = client.post(address(series), values | {"action": "save"})
    assert titles() == [("08/08", "Đêm hội"), ("15/08", "Đêm thơ")]
    assert [each.occurrences.count() for each in Activity.objects.order_by("event__start")] == [1, 3]
    assert series.uid not in answer["Location"]


def test_all_move_with_it(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"scope": "all", "start_date": "16/08/2023"}
    page = client.post(address(series), values | {"action": "preview"}).content.decode()
    assert re.search(r"Dời[^<]*: 4", page) is not None
    client.post(address(series), values | {"action": "save"})
    assert titles() == [("09/08", "Đêm hội")]


def test_going_on_editing_keeps_what_was_entered(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"title": "Đêm thơ", "action": "change"}
    assert values_of(client.post(address(series), values).content.decode())["title"] == "Đêm thơ"


def test_somebody_saved_meanwhile(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"title": "Đêm thơ"}
    planning.set_status(uid=series.uid, version=1, status=Status.POSTPONED, reason="mưa", by=None)
    for action in ("preview", "save"):
        page = client.post(address(series), values | {"action": action}).content.decode()
        assert ("mưa" in page, values_of(page)["title"]) == (True, "Đêm thơ")


def test_the_rule_cannot_change_for_one_occurrence(series: Activity, client: Client) -> None:
    values = opened(client, series) | {"repeat_count": "9", "start_date": "15/08/2023"}
    for action in ("preview", "save"):
        page = client.post(address(series), values | {"action": action}).content.decode()
        assert "notice--error" in page
    assert Activity.objects.get().version == 1


def test_a_clash_is_told_before_saving(client: Client) -> None:
    client.force_login(make_planner())
    team = make_resource("Đội 1")
    series = make_activity(recurrence=RULE, resource_ids=(team.pk,))
    make_activity(title="Hội làng", interval=at(date(2023, 8, 16)), resource_ids=(team.pk,))
    values = opened(client, series) | {"start_date": "16/08/2023"}
    preview = client.post(address(series), values | {"action": "preview"}).content.decode()
    assert ("Hội làng" in preview, 'value="save"' in preview) == (True, False)
    refused = client.post(address(series), values | {"action": "save"}).content.decode()
    assert ("Hội làng" in refused, values_of(refused)["start_date"]) == (True, "16/08/2023")


def test_a_new_series_may_leave_out_the_days_that_clash_and_add_them_back(client: Client) -> None:
    client.force_login(make_planner())
    team = make_resource("Đội 1")
    other = make_activity(title="Hội làng", interval=at(date(2023, 8, 15)), resource_ids=(team.pk,))
    campaign = make_campaign("kh-moi")
    values = values_of(client.get("/activities/plan/?date=2023-08-08").content.decode()) | {
        "campaign": campaign.pk,
        "title": "Tối thứ Ba",
        "kind": "mobile_team",
        "status": "confirmed",
        "area": other.area_id,
        "lead_unit": other.lead_unit_id,
        "start_time": "19h30",
        "end_time": "21h30",
        "resources": [team.pk],
        "repeat": "weekly",
        "repeat_weekdays": ["1"],
        "repeat_count": "3",
        "action": "save",
    }
    page = client.post("/activities/plan/", values).content.decode()
    assert ('value="skip"' in page, "Hội làng" in page) == (True, True)
    client.post("/activities/plan/", values | {"action": "skip"})
    made = Activity.objects.get(event__title="Tối thứ Ba")
    skipped = SeriesDate.objects.get(activity=made, is_skipped=True)
    assert (made.occurrences.count(), "Hội làng" in skipped.reason) == (2, True)
    readd = f"/activities/{made.uid}/dates/{SECOND}/readd/"
    assert readd in client.get(made.get_absolute_url()).content.decode()
    still = client.post(readd, {"version": made.version}, follow=True).content.decode()
    assert "Hội làng" in still
    planning.delete_activities(seen={other.uid: other.version}, by=None)
    client.post(readd, {"version": made.version})
    assert made.occurrences.count() == 3
