"""The commands around the workbook: import_plan, export_plan, make_plan."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.intervals import day_interval, overlapping_pairs
from events import planning
from events.models import Activity, Booking, Campaign, Occurrence
from events.synthesis import Synthesis
from tests.events.workbook.makers import Rows, World, activity_row
from tests.factories import make_campaign, make_resource, make_unit, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def run(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*(str(each) for each in arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    file = tmp_path / "ke-hoach.xlsx"
    file.write_bytes(Rows().content())
    return file


def test_a_dry_run_says_what_would_be_written(workbook: Path) -> None:
    out, _err = run("import_plan", workbook, "--dry-run")
    assert out.splitlines() == [
        "thu-2023: Kế hoạch thử",
        "Kế hoạch: 1 new, 0 changed, 0 unchanged, 0 not in the file",
        "Hoạt động: 1 new, 0 changed, 0 unchanged, 0 not in the file",
        "Trực quan: 0 new, 0 changed, 0 unchanged, 0 not in the file",
        "Chuyến lưu động: 0 new, 0 changed, 0 unchanged, 0 not in the file",
        "Điểm phục vụ: 0 new, 0 changed, 0 unchanged, 0 not in the file",
        "Dry run: nothing was saved.",
    ]
    assert Campaign.objects.count() == 0


def test_export_gives_back_what_import_brought(workbook: Path, tmp_path: Path) -> None:
    run("import_plan", workbook)
    target = tmp_path / "ra.xlsx"
    assert run("export_plan", "thu-2023", target)[0] == f"Wrote {target}.\n"
    assert run("import_plan", target)[0].splitlines()[2] == (
        "Hoạt động: 0 new, 0 changed, 1 unchanged, 0 not in the file"
    )


def test_problems_are_printed_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "hong.xlsx"
    file.write_bytes(Rows(activities=[activity_row(Ngày_bắt_đầu="?")]).content())
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 problems; nothing was saved"):
        call_command("import_plan", str(file), stderr=err)
    assert err.getvalue() == (
        "Hoạt động, row 2, column G – Ngày bắt đầu: «?» không phải là ngày; "
        "hãy nhập theo dạng ngày/tháng/năm, ví dụ 08/08/2023.\n"
    )


def test_files_that_cannot_be_used_are_named(workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_plan", tmp_path / "thieu.xlsx")
    with pytest.raises(CommandError, match="There is no campaign khong; known: –"):
        run("export_plan", "khong", tmp_path / "x.xlsx")
    run("import_plan", workbook)
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_plan", "thu-2023", tmp_path / "thieu" / "x.xlsx")


def test_a_made_up_plan_is_as_large_as_asked_and_books_nothing_twice() -> None:
    make_resource("Đội 1")
    make_venue("Sân vận động")
    out, _err = run("make_plan", "--activities", 300, "--seed", 5)
    campaign = Campaign.objects.get(code="mo-phong-2027")
    assert out.splitlines()[:2] == ["250 of 300 activities …", "300 of 300 activities …"]
    assert (Activity.objects.count(), Activity.objects.values("kind").distinct().count()) == (300, 7)
    recurring = Activity.objects.filter(event__rule__isnull=False).count()
    assert (50 < recurring < 100, Occurrence.objects.count() > 300, Booking.objects.count() > 100) == (True,) * 3
    run("make_plan", "--activities", 1, "--seed", 5)
    assert campaign.activities.count() == 301


def test_the_same_seed_makes_the_same_plan() -> None:
    campaign = make_campaign()
    first, second, other = (list(Synthesis.of(campaign, seed=seed).plans(40)) for seed in (1, 1, 2))
    assert (first == second, first == other) == (True, False)


def test_made_up_plans_leave_stored_bookings_alone(world: World) -> None:
    campaign = make_campaign()
    plans = list(Synthesis.of(campaign, seed=1).plans(60))
    planning.plan_activities(plans=plans, by=None)
    again = list(Synthesis.of(campaign, seed=2).plans(60))
    planning.plan_activities(plans=again, by=None)
    from core.intervals import Interval

    rows = Booking.objects.filter(resource=world.face.resource).values_list("id", "start", "end")
    assert list(overlapping_pairs((key, Interval(start, end)) for key, start, end in rows)) == []
    window = day_interval(campaign.starts_on, campaign.ends_on)
    assert Occurrence.objects.filter(start__lt=window.start).count() == 0
    assert Occurrence.objects.filter(end__gt=window.end).count() == 0


def test_make_plan_needs_a_campaign_and_a_number() -> None:
    with pytest.raises(CommandError, match="There is no campaign la"):
        run("make_plan", "--activities", 1, "--campaign", "la")
    with pytest.raises(CommandError, match="Ask for at least one activity"):
        run("make_plan", "--activities", 0)
    with pytest.raises(CommandError, match="lies between 0 and 1"):
        run("make_plan", "--activities", 1, "--recurring", 1.5)


def test_series_may_last_all_year_and_their_share_is_chosen() -> None:
    make_unit()
    make_venue("Sân vận động")
    run("make_plan", "--activities", 6, "--recurring", 1, "--year-round")
    events = [activity.event for activity in Activity.objects.select_related("event__rule")]
    assert {event.rule.frequency for event in events} <= {"WEEKLY", "MONTHLY"}
    assert {event.end_recurring_period.year for event in events} == {2027}
    assert all(activity.occurrences.count() >= 12 for activity in Activity.objects.all())
