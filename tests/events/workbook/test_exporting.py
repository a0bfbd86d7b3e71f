"""The workbook that goes out: it comes back unchanged, and nothing in it can run."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.intervals import LOCAL_ZONE, Interval, day_interval
from core.lunar import to_lunar
from core.lunar_recurrence import LunarFrequency, LunarRecurrence
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, ActivityKind, Campaign, LeadTime, Status
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from events.workbook.template import template_workbook
from tests.events.workbook.makers import Rows, World, activity_row, counts_of, problems_of
from tests.factories import make_activity, make_area, make_campaign, make_plan, make_site, make_venue
from units.models import AuditEntry
from venues.models import Area, AreaLevel

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

pytestmark = pytest.mark.django_db


def reimport(campaign: Campaign) -> dict[str, tuple[int, int, int, int]]:
    return counts_of(import_workbook(export_workbook(campaign), by=None))


def test_the_real_plan_comes_back_unchanged() -> None:
    call_command("load_reference", verbosity=0)
    content = Path(django_settings.BASE_DIR, "plans", "asean-2023.xlsx").read_bytes()
    import_workbook(content, by=None)
    audit = AuditEntry.objects.count()
    everything = {
        "Kế hoạch": (0, 0, 1, 0),
        "Hoạt động": (0, 0, 224, 0),
        "Trực quan": (0, 0, 82, 0),
        "Chuyến lưu động": (0, 0, 15, 0),
        "Điểm phục vụ": (0, 0, 80, 0),
    }
    assert counts_of(import_workbook(content, by=None)) == everything
    assert reimport(Campaign.objects.get()) == everything
    assert AuditEntry.objects.count() == audit


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("text", ["=1+1", "+84 25", "-5", "@SUM(A1)", "#N/A", "007", "TRUE"])
def test_text_stays_text(text: str) -> None:
    make_activity(title="Tên", notes=text, campaign_id=make_campaign().pk)
    content = export_workbook(Campaign.objects.get())
    header, row = load_workbook(io.BytesIO(content))["Hoạt động"].iter_rows(max_row=2)
    column = [cell.value for cell in header].index("Ghi chú")
    assert (row[column].value, row[column].data_type) == (text, "s")
    assert bool(row[column].quotePrefix) is (text[0] in "=+-@")


def test_signs_that_a_workbook_cannot_hold_are_dropped() -> None:
    make_activity(title="Đêm\x0bhội", campaign_id=make_campaign().pk)
    sheet = load_workbook(io.BytesIO(export_workbook(Campaign.objects.get())))["Hoạt động"]
    assert sheet["B2"].value == "Đêmhội"


def test_a_place_outside_the_area_and_an_expired_area_come_back_by_code_and_address(world: World) -> None:
    elsewhere = make_venue("Nhà văn hóa xã Gia Cát", area=make_area("Huyện Bình Gia"))
    campaign = make_campaign()
    Area.objects.filter(pk=world.district.pk).update(valid_to=None)
    make_activity(
        campaign_id=campaign.pk,
        area_id=world.district.pk,
        venue_ids=(elsewhere.pk,),
        interval=day_interval(date(2026, 1, 1), date(2026, 1, 2)),
        all_day=True,
    )
    Area.objects.filter(pk=world.district.pk).update(valid_to=date(2025, 6, 30))  # decided after it was planned
    sheet = load_workbook(io.BytesIO(export_workbook(campaign)))["Hoạt động"]
    assert (sheet["E2"].value, sheet["F2"].value) == (world.district.slug, elsewhere.code)
    assert reimport(campaign)["Hoạt động"] == (0, 0, 1, 0)


def test_names_that_areas_share_come_back_with_their_parent_or_by_address(world: World) -> None:
    campaign = make_campaign()
    zone = make_area("Xã Gia Cát", level=AreaLevel.ZONE, parent=world.district)
    for area in (world.commune, zone):
        make_activity(campaign_id=campaign.pk, area_id=area.pk)
    sheet = load_workbook(io.BytesIO(export_workbook(campaign)))["Hoạt động"]
    assert [sheet["E2"].value, sheet["E3"].value] == [world.commune.slug, zone.slug]
    assert reimport(campaign)["Hoạt động"] == (0, 0, 2, 0)


def test_the_template_has_the_sheets_headings_and_choices() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    assert book.sheetnames == ["Hướng dẫn", "Kế hoạch", "Hoạt động", "Trực quan", "Chuyến lưu động", "Điểm phục vụ"]
    kinds = [each.formula1 for each in book["Hoạt động"].data_validations.dataValidation]
    assert kinds[0] == (
        '"Cổ động trực quan,Tuyên truyền lưu động,Triển lãm,Giao lưu,Hội chợ - hội thảo,Tin bài,Lồng ghép"'
    )
    assert (book["Hoạt động"].freeze_panes, book["Hoạt động"]["A1"].value) == ("B2", "Mã")


def test_the_template_imported_as_it_is_asks_for_the_campaign() -> None:
    found = problems_of(template_workbook())
    assert {place[0] for place, _message in found} == {"Kế hoạch"}


# --- made-up plans ----------------------------------------------------------------------------------------------------
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"], exclude_characters="\u2028\u2029"
)
TEXTS = st.text(LETTERS | st.sampled_from("=+-@;\n'\"«»"), max_size=40)
DAYS = st.dates(date(2023, 5, 1), date(2023, 12, 1))


@st.composite
def intervals(draw: DrawFn) -> tuple[Interval, bool]:
    first = draw(DAYS)
    if draw(st.booleans()):
        return day_interval(first, first + timedelta(days=draw(st.integers(0, 20)))), True
    start = datetime.combine(first, draw(st.times()).replace(microsecond=0), LOCAL_ZONE)
    return Interval(start, start + timedelta(seconds=draw(st.integers(1, 200_000)))), False


@st.composite
def rules(draw: DrawFn, first: date) -> Recurrence | None:
    limit = draw(
        st.fixed_dictionaries({"count": st.integers(1, 9)})
        | st.fixed_dictionaries({"until": st.dates(first, date(2023, 12, 31))})
    )
    interval = draw(st.integers(1, 3))
    weekly = Recurrence(freq=Frequency.WEEKLY, interval=interval, by_weekday=(Weekday(first.weekday()),), **limit)
    monthly = Recurrence(freq=Frequency.MONTHLY, interval=interval, by_month_day=(first.day,), **limit)
    endless = Recurrence(freq=Frequency.DAILY, interval=interval * 30)
    return draw(st.sampled_from([None, weekly, monthly, endless]))


@st.composite
def lunar_rules(draw: DrawFn, start: datetime) -> LunarRecurrence:
    """A rule of the moon with its first date on `start`."""
    day = to_lunar(start.date())
    endings: list[dict[str, Any]] = [{"count": 3}, {"until": start.date() + timedelta(days=800)}, {}]
    limit = draw(st.sampled_from(endings))
    if day.is_leap or draw(st.booleans()):
        return LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(day.day,), **limit)
    return LunarRecurrence(freq=LunarFrequency.YEARLY, months=(day.month,), days=(day.day,), **limit)


@st.composite
def plan_fields(draw: DrawFn) -> dict[str, Any]:
    interval, all_day = draw(intervals())
    start = interval.local().start
    lunar = draw(st.none() | st.none() | lunar_rules(start))
    rule = None if lunar else draw(rules(start.date()))
    days = st.integers(1, 60).map(lambda days: start + timedelta(days=days, hours=0 if all_day else days % 3))
    dates: SearchStrategy[tuple[datetime, ...]] = st.lists(days, max_size=3, unique=True).map(tuple)
    return {
        "interval": interval,
        "all_day": all_day,
        "recurrence": rule,
        "lunar": lunar,
        "expected_audience": draw(st.none() | st.integers(0, 5_000_000)),
        "budget_vnd": draw(st.none() | st.integers(0, 10**12 - 1)),
        "procedures": draw(st.sampled_from([(), ("R2",), ("R2", "R5")])),
        "extra_dates": draw(dates),
        "excluded_dates": tuple(day.replace(hour=start.hour) for day in draw(dates)),
        "title": "T" + draw(TEXTS),
        "kind": draw(st.sampled_from(ActivityKind.values)),
        "status": draw(st.sampled_from(Status.values)),
        "quantity": draw(st.none() | st.decimals(Decimal(0), Decimal(10**9), places=2)),
        "quantity_unit": draw(TEXTS)[:20],
        "is_public": draw(st.booleans()),
        "description": draw(TEXTS),
        "notes": draw(TEXTS),
        "status_reason": draw(TEXTS),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(plan_fields(), min_size=1, max_size=4))
def test_any_plan_comes_back_unchanged(world: World, made: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        Area.objects.update(valid_to=None)  # drawn rules reach beyond the edition
        campaign = make_campaign(requirements="Một\r\n\r\n Hai ", objective="Mục đích")
        site = make_site(area=world.commune)
        LeadTime.objects.bulk_create(LeadTime(code=code, name=code, days=7) for code in ("R2", "R5"))
        common = {
            "campaign_id": campaign.pk,
            "area_id": world.commune.pk,
            "site_ids": (site.pk, world.face.site_id),
            "venue_ids": (world.hall.venue_id,),
            "theme_ids": tuple(campaign.themes.values_list("pk", flat=True)),
            "audience_ids": tuple(campaign.audiences.values_list("pk", flat=True)),
        }
        plans = [make_plan(lead_unit_id=world.unit.pk, **common, **fields) for fields in made]
        planning.plan_activities(plans=plans, by=None)
        assert reimport(campaign) == {"Kế hoạch": (0, 0, 1, 0), "Hoạt động": (0, 0, len(made), 0)}
        transaction.set_rollback(True)


def test_a_plan_brought_to_an_empty_installation_is_the_same_plan(world: World) -> None:
    rows = Rows(
        activities=[
            activity_row("A1", Nguồn_lực=world.hall.resource.code),
            activity_row("A2", Lặp_lại="hằng tuần", Lặp_đến_ngày="30/09/2023"),
        ]
    )
    import_workbook(rows.content(), by=None)
    before = {each.code: planning.plan_of(each) for each in Activity.objects.all()}
    content = export_workbook(Campaign.objects.get())
    for activity in Activity.objects.all():
        activity.delete()
    import_workbook(content, by=None)
    after = {each.code: planning.plan_of(each) for each in Activity.objects.all()}
    assert {code: replace(plan, uid=before[code].uid) for code, plan in after.items()} == before
