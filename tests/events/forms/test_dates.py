"""The dates a half-filled form means, in code and at its address."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from core.intervals import LOCAL_ZONE
from core.recurrence import Frequency, Recurrence, Weekday
from events.forms.dates import DatesPreview, preview_dates
from events.forms.series import SeriesForm
from tests.factories import make_activity, make_planner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, tzinfo=LOCAL_ZONE)
EVENING = {"start_date": "01/12/2026", "start_time": "19h30", "end_time": "21h30"}


def preview(**fields: str) -> DatesPreview:
    return preview_dates(SeriesForm({**EVENING, **fields}), now=NOW)


def days(found: DatesPreview) -> list[str]:
    return [f"{interval.start:%d/%m/%Y}" for interval in found.dates]


def test_the_next_ten_of_a_series_without_end() -> None:
    found = preview(repeat="words", repeat_words="thứ Ba tuần đầu hằng tháng")
    assert days(found) == [
        "01/12/2026", "05/01/2027", "02/02/2027", "02/03/2027", "06/04/2027",
        "04/05/2027", "01/06/2027", "06/07/2027", "03/08/2027", "07/09/2027",
    ]  # fmt: skip
    assert (found.total, found.rule) == (None, "thứ Ba tuần đầu hằng tháng")


def test_a_yearly_rule_is_looked_at_further_and_a_daily_one_not_too_far() -> None:
    assert len(preview(repeat="words", repeat_words="hằng năm").dates) == 10
    assert len(preview(repeat="daily").dates) == 10


def test_a_single_occurrence_and_a_series_that_is_past() -> None:
    assert days(preview()) == ["01/12/2026"]
    past = preview(start_date="05/11/2024", repeat="weekly", repeat_count="2", extra_dates="20/11/2024")
    assert (days(past), past.total) == (["05/11/2024", "12/11/2024", "20/11/2024"], 3)


def test_days_left_out_are_not_shown() -> None:
    found = preview(repeat="weekly", repeat_count="3", excluded_dates="08/12/2026")
    assert days(found) == ["01/12/2026", "15/12/2026"]


def test_what_does_not_fit_is_said() -> None:
    found = preview(repeat="words", repeat_words="thứ Tư hằng tuần")
    assert found.faults == ("Ngày bắt đầu 01/12/2026 không khớp với cách lặp; ngày đầu tiên khớp là 02/12/2026.",)


def test_too_many_are_said_and_an_empty_form_is_silent() -> None:
    assert preview(repeat="daily", repeat_until="01/12/2036").faults == (
        "Lặp lại tạo ra hơn 1000 buổi; hãy chọn ngày kết thúc sớm hơn.",
    )
    assert preview(start_date="") == DatesPreview()


def test_the_address_shows_them_with_their_lunar_days() -> None:
    browser = Client()
    browser.force_login(make_planner())
    page = browser.get(reverse("events:dates"), {**EVENING, "repeat": "weekly", "repeat_count": "2"})
    assert page.context["preview"].total == 2
    assert "Thứ Ba 01/12/2026" in " ".join(page.content.decode().split())


def test_a_stored_rule_is_kept() -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 22))
    activity = make_activity(recurrence=rule)
    browser = Client()
    browser.force_login(make_planner())
    page = browser.get(
        reverse("events:dates"), {**EVENING, "start_date": "08/08/2023", "repeat": "keep", "activity": activity.uid}
    )
    assert page.context["preview"].total == 3
