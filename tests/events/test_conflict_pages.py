from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.conflict_reports import ReportChoice, load_report
from events.models import AcceptedWarning, Activity, MourningPeriod, Notice, Status
from events.planning.warnings import accept_warnings
from events.procedures import load_papers
from tests.events.legal_makers import make_figure, make_lead_time, make_mourning, make_trait
from tests.factories import at, make_activity, make_area, make_planner, make_resource, make_unit, make_user
from units.models import Role, User
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=2)
REASON = "Xã đã đồng ý"


@pytest.fixture
def planner(client: Client) -> User:
    """Plans for the province, signed in."""
    user = make_planner()
    client.force_login(user)
    return user


@pytest.fixture
def show() -> Activity:
    """A loud show in two days that nobody has told anyone of."""
    make_trait()
    make_lead_time()
    make_figure("quiet.night_start", 21, checked_on=date(2026, 11, 24))
    make_figure("quiet.night_end", 6)
    return make_activity(interval=at(SOON))


def page(client: Client, activity: Activity, query: str = "") -> str:
    address = reverse("events:conflicts", args=[activity.campaign.code])
    return client.get(f"{address}{query}").content.decode()


@pytest.mark.usefixtures("planner")
def test_the_report_names_rule_sentence_activity_and_source(client: Client, show: Activity) -> None:
    text = page(client, show)
    assert "Thủ tục, thông báo" in text
    assert "ngày gửi muộn nhất" in text
    assert show.get_absolute_url() in text
    assert "Nghị định 144/2020/NĐ-CP, Điều 8–9 (kiểm tra ngày 24/11/2026)" in text
    assert 'id="report-size"' in text


@pytest.mark.usefixtures("planner")
def test_the_report_says_how_many_drafts_it_leaves_out(client: Client, show: Activity) -> None:
    without = page(client, show)
    make_activity(campaign_id=show.campaign_id, status=Status.DRAFT)
    assert ["1 bản nháp" in each for each in (without, page(client, show))] == [False, True]


def test_the_activity_tells_an_accepted_warning_as_accepted(client: Client, planner: User, show: Activity) -> None:
    before = client.get(show.get_absolute_url()).context
    found = {each.code: each for each in before["conflicts"]}
    accept_warnings(
        campaign_id=show.campaign_id,
        fingerprints=[found["quiet_hours"].fingerprint],
        reason=REASON,
        by=planner,
        today=timezone.localdate(),
    )
    after = client.get(show.get_absolute_url()).context
    assert [each.accepted.reason for each in after["accepted"]] == [REASON]
    assert [each.code for each in after["conflicts"]] == [code for code in found if code != "quiet_hours"]


def test_blocking_conflicts_come_first(planner: User, show: Activity) -> None:
    make_mourning(SOON, SOON)
    report = load_report(
        campaign=show.campaign, choice=ReportChoice(), viewer=viewer_of(planner), today=timezone.localdate()
    )
    assert [(group.code, group.is_blocking) for group in report.groups if group.is_blocking] == [("mourning", True)]
    assert report.groups[0].code == "mourning"
    assert (report.blocking, report.warnings > 0, report.overridden) == (1, True, 0)


@pytest.mark.usefixtures("planner")
def test_the_report_is_filtered_by_rule_and_area(client: Client, show: Activity) -> None:
    assert "Giờ yên tĩnh" in page(client, show, f"?area={show.area.slug}")
    assert "ngày gửi muộn nhất" not in page(client, show, "?rule=quiet_hours")
    other = make_area("Huyện Bình Gia")
    assert "Không có xung đột" in page(client, show, f"?area={other.slug}")
    assert client.get(reverse("events:conflicts", args=[show.campaign.code]), {"area": "khong-co"}).status_code == 404


@pytest.mark.usefixtures("planner")
def test_the_report_is_printed(client: Client, show: Activity) -> None:
    answer = client.get(
        reverse("events:conflicts-print", args=[show.campaign.code]), {"rule": "lead_time", "area": show.area.slug}
    )
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_report_takes_the_same_number_of_questions_for_more(
    show: Activity, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = viewer_of(make_planner())
    assert viewer.is_staff_member
    counts = []
    for _more in range(2):
        make_activity(campaign_id=show.campaign_id, interval=at(SOON), resource_ids=(make_resource().pk,))
        with django_assert_num_queries(35) as captured:
            load_report(campaign=show.campaign, choice=ReportChoice(), viewer=viewer, today=timezone.localdate())
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_warning_is_overridden_and_withdrawn_on_the_report(client: Client, planner: User, show: Activity) -> None:
    report = load_report(
        campaign=show.campaign, choice=ReportChoice(rule="quiet_hours"), viewer=viewer_of(planner), today=SOON
    )
    address = reverse("events:conflict-accept", args=[show.campaign.code])
    client.post(address, {"fingerprint": report.lines[0].fingerprint, "reason": REASON})
    row = AcceptedWarning.objects.get()
    text = page(client, show)
    assert REASON in text
    assert str(planner) in text
    client.post(reverse("events:acceptance-withdraw", args=[show.campaign.code, row.pk]))
    assert AcceptedWarning.objects.count() == 0
    assert REASON not in page(client, show)


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("fields", [{}, {"fingerprint": "0" * 64}, {"fingerprint": "0" * 64, "reason": REASON}])
def test_what_cannot_be_overridden_is_told(client: Client, show: Activity, fields: dict[str, str]) -> None:
    address = reverse("events:conflict-accept", args=[show.campaign.code])
    answer = client.post(address, fields, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_another_districts_planner_does_not_override(client: Client, planner: User, show: Activity) -> None:
    report = load_report(
        campaign=show.campaign, choice=ReportChoice(), viewer=viewer_of(planner), today=timezone.localdate()
    )
    bob = make_user("Bob", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),)))
    client.force_login(bob)
    address = reverse("events:conflict-accept", args=[show.campaign.code])
    answer = client.post(address, {"fingerprint": report.lines[0].fingerprint, "reason": REASON})
    assert answer.status_code == 403


@pytest.mark.usefixtures("planner")
def test_a_paper_is_recorded_on_the_activitys_page(client: Client, show: Activity) -> None:
    assert "Ngày gửi muộn nhất" in client.get(show.get_absolute_url()).content.decode()
    address = reverse("events:notice-record", args=[show.uid])
    client.post(address, {"procedure": "R1", "sent_on": "01/06/2023", "number": "12/TB-TTVH"})
    assert Notice.objects.get().number == "12/TB-TTVH"
    text = client.get(show.get_absolute_url()).content.decode()
    assert "đã gửi đúng hạn" in text
    assert "12/TB-TTVH" in text
    for fields in ({"procedure": "R1"}, {"procedure": "R9", "sent_on": "01/06/2023"}):
        answer = client.post(address, fields, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_the_state_of_a_paper_follows_the_calendar() -> None:
    make_trait()
    make_lead_time(kind="exhibition", code="R4", days=7)
    make_lead_time()
    activity = make_activity(interval=at(date(2026, 2, 24)), procedures=("R4",), status=Status.DRAFT)
    states = {
        day: [(paper.code, paper.state) for paper in load_papers(activity, today=day)]
        for day in (date(2026, 2, 1), date(2026, 2, 20), date(2026, 3, 1))
    }
    assert states == {
        date(2026, 2, 1): [("R1", "due"), ("R4", "due")],
        date(2026, 2, 20): [("R1", "missed"), ("R4", "missed")],
        date(2026, 3, 1): [("R1", "none"), ("R4", "none")],
    }
    Notice.objects.create(activity=activity, procedure="R1", sent_on=date(2026, 2, 20), recorded_at=timezone.now())
    paper = load_papers(activity, today=date(2026, 2, 21))[0]
    assert (paper.state, paper.state_text, paper.send_by) == ("late", "đã gửi muộn", date(2026, 2, 16))


def test_a_show_in_a_border_commune_needs_the_posts_notice() -> None:
    make_trait()
    area = make_area("Xã Tân Thanh", level="commune", is_border=True)
    activity = make_activity(interval=at(SOON), area_id=area.pk)
    (paper,) = load_papers(activity, today=timezone.localdate())
    assert (paper.code, paper.state, paper.send_by) == ("border", "due", None)
    Notice.objects.create(activity=activity, procedure="border", sent_on=SOON, recorded_at=timezone.now())
    (paper,) = load_papers(activity, today=timezone.localdate())
    assert paper.state == "sent"


def test_what_does_not_take_place_needs_no_papers() -> None:
    make_lead_time()
    assert load_papers(make_activity(status=Status.CANCELLED), today=SOON) == ()


@pytest.mark.usefixtures("planner")
def test_mourning_is_previewed_and_carried_out(client: Client, show: Activity) -> None:
    period = {"name": "Quốc tang", "first": f"{SOON:%d/%m/%Y}", "last": f"{SOON:%d/%m/%Y}", "source": "TB 1"}
    address = reverse("events:mourning")
    text = client.get(address, period).content.decode()
    assert f'value="{show.uid}:1"' in text
    assert MourningPeriod.objects.count() == 0
    stale = client.post(address, period, follow=True)
    assert "Kế hoạch vừa thay đổi" in stale.content.decode()
    done = client.post(address, period | {"seen": f"{show.uid}:1"}, follow=True)
    assert "hoãn 1 hoạt động" in done.content.decode()
    assert Activity.objects.get(pk=show.pk).status == Status.POSTPONED
    answer = client.get(reverse("events:mourning-print", args=[MourningPeriod.objects.get().pk]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.usefixtures("planner")
def test_a_wrong_period_is_told_in_the_form(client: Client) -> None:
    wrong = {"name": "Quốc tang", "first": "09/08/2023", "last": "08/08/2023"}
    assert "đổi chỗ" in client.get(reverse("events:mourning"), wrong).content.decode()
    assert client.get(reverse("events:mourning"), {"first": "x"}).status_code == 200
