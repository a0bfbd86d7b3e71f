from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from events.models import Activity
from units.demo_accounts import DEMO_ACCOUNTS, load_accounts
from units.models import AuditEntry, User
from units.permissions import viewer_of
from units.reference_loader import load_units
from venues.models import Area
from venues.reference_loader import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _units(db: None) -> None:  # noqa: ARG001 -- opens the database
    load_places()
    load_units()


def test_each_account_signs_in_and_holds_its_role() -> None:
    load_accounts(password="pano-demo")
    held = {
        user.username: set(viewer_of(user).roles) for user in User.objects.all() if user.check_password("pano-demo")
    }
    assert held == {account.username: {account.role} for account in DEMO_ACCOUNTS}


def test_only_the_administrator_enters_the_admin() -> None:
    load_accounts(password="pano-demo")
    assert list(User.objects.filter(is_staff=True).values_list("username", "is_superuser")) == [("admin", True)]


def test_the_district_planner_plans_in_the_district_alone() -> None:
    load_accounts(password="pano-demo")
    viewer = viewer_of(User.objects.get(username="caoloc"))
    areas = {"huyen-cao-loc": True, "huyen-van-lang": False, "thi-tran-dong-dang-06184": True}
    assert {slug: viewer.may_plan_in((Area.objects.get(slug=slug).pk,)) for slug in areas} == areas


def test_a_second_run_writes_nothing() -> None:
    load_accounts(password="pano-demo")
    written = AuditEntry.objects.count()
    load_accounts(password="pano-demo")
    assert AuditEntry.objects.count() == written


def test_another_password_is_given_to_all() -> None:
    load_accounts(password="pano-demo")
    load_accounts(password="mat-khau-moi")
    assert [user.check_password("mat-khau-moi") for user in User.objects.all()] == [True] * 5


def test_a_missing_account_comes_back() -> None:
    load_accounts(password="pano-demo")
    User.objects.get(username="viewer").delete()
    load_accounts(password="pano-demo")
    assert User.objects.get(username="viewer").check_password("pano-demo")


@pytest.mark.parametrize("settings", [{"PANO_ENV": "production"}, {"PANO_DEMO_PASSWORD": None}])
def test_a_production_installation_refuses(settings: dict[str, str | None]) -> None:
    with override_settings(**settings), pytest.raises(CommandError, match="đã bị từ chối"):
        call_command("load_demo")
    assert User.objects.count() == 0


@pytest.mark.slow
def test_the_demonstration_holds_the_real_plan() -> None:
    call_command("load_reference", verbosity=0)
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert said.getvalue().startswith("Tài khoản dùng thử: admin, planner, caoloc, doi1, viewer.\n")
    assert Activity.objects.count() >= 150
    written = AuditEntry.objects.count()
    call_command("load_demo", verbosity=0)
    assert AuditEntry.objects.count() == written
