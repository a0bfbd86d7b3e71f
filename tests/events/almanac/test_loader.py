from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.lunar import to_lunar
from events.almanac import load_almanac, load_undated
from events.almanac.clashes import find_clashes
from events.almanac.loader import load_almanac_tables
from events.models import DayOff, Festival, FestivalDate, FestivalState, Observance, ObservanceKind
from venues.reference_loader import load_places

pytestmark = pytest.mark.django_db

# domain facts: code, 2026, 2027 (main days), as day/month
DATED = {
    "long-thong-ban-chu": ("20/2", "9/2"), "dap-dat-lang-thuong": ("20/2", "9/2"),
    "long-tong-pac-moong": ("21/2", "10/2"), "long-tong-ban-cam": ("22/2", "11/2"),
    "long-tong-nghe-yen-lang": ("23/2", "12/2"), "dong-dang": ("26/2", "15/2"), "tro-ngo": ("26/2", ""),
    "bung-kham": ("28/2", "17/2"), "tam-thanh-tam-giao": ("3/3", "20/2"), "bac-nga": ("3/3", "20/2"),
    "na-nhem": ("3/3", "20/2"), "chua-tien": ("6/3", "23/2"), "ky-cung-ta-phu": ("15/3", "4/3"),
    "den-vua-le": ("11/3", "28/2"), "hang-po-pac-khuong": ("18/5", "7/5"), "phai-lua": ("20/5", "9/5"),
    "chua-ta-va": ("31/5", "20/5"), "hang-pinh": ("22/9", "12/9"), "den-bac-le": ("29/10", "19/10"),
    "chien-thang-chi-lang": ("10/10", "10/10"), "hoa-dao-xu-lang": ("7/2", ""),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _places(db: None) -> None:  # noqa: ARG001 -- opens the database
    load_places()


def main_days(year: int) -> dict[str, str]:
    found = load_almanac(date(year, 1, 1), date(year, 12, 31)).festivals
    return {days.code: f"{days.main.day}/{days.main.month}" for days in found}


def test_all_is_loaded_once() -> None:
    tables = (Festival, FestivalDate, Observance, DayOff)
    first = load_almanac_tables()
    assert [table._default_manager.count() for table in tables] == [26, 3, 33, 48]
    assert first == {"lễ hội, ngày lễ và ngày nghỉ": 26 + 3 + 33 + 48}
    assert load_almanac_tables() == {"lễ hội, ngày lễ và ngày nghỉ": 0}
    for table in tables:
        assert not table._default_manager.filter(source="").exists()


def test_the_main_days_are_those_of_the_reports() -> None:
    load_almanac_tables()
    for year, column in ((2026, 0), (2027, 1)):
        assert main_days(year) == {code: days[column] for code, days in DATED.items() if days[column]}


def test_several_days_and_several_wards() -> None:
    load_almanac_tables()
    found = {days.code: days for days in load_almanac(date(2026, 1, 1), date(2026, 12, 31)).festivals}
    assert found["ky-cung-ta-phu"].areas == ("Phường Đông Kinh", "Phường Kỳ Lừa")
    spans = {code: (days.first, days.last) for code, days in found.items() if days.first != days.last}
    assert spans == {
        "hoa-dao-xu-lang": (date(2026, 1, 1), date(2026, 3, 16)),
        "tam-thanh-tam-giao": (date(2026, 3, 2), date(2026, 3, 3)),
        "bac-nga": (date(2026, 3, 2), date(2026, 3, 3)),
        "ky-cung-ta-phu": (date(2026, 3, 10), date(2026, 3, 15)),
        "hang-po-pac-khuong": (date(2026, 5, 18), date(2026, 5, 20)),
        "chua-ta-va": (date(2026, 5, 28), date(2026, 5, 31)),
    }


def test_what_nobody_knows_is_undated_and_what_is_doubtful_says_so() -> None:
    load_almanac_tables()
    assert [each.code for each in load_undated(2026)] == [
        "hang-vi",
        "mua-na-chi-lang",
        "quynh-son",
        "mau-son",
        "chu-tuc",
    ]
    found = load_almanac(date(2026, 1, 1), date(2026, 12, 31)).festivals
    assert [days.code for days in found if days.needs_confirmation] == ["phai-lua"]
    assert Festival.objects.filter(state=FestivalState.CONFIRM).count() == 5


def test_election_day_clashes_with_the_biggest_festival() -> None:
    load_almanac_tables()
    clashes = find_clashes(load_almanac(date(2026, 1, 1), date(2026, 12, 31)))
    assert [(each.day, each.festival.code, each.observance.code) for each in clashes] == [
        (date(2026, 3, 15), "ky-cung-ta-phu", "bau-cu-2026")
    ]


def test_days_off_hold_what_the_law_names() -> None:
    load_almanac_tables()
    for year in (2025, 2026, 2027):
        found = load_almanac(date(year, 1, 1), date(year, 12, 31))
        off = {each.day for each in found.days_off if not each.is_working}
        tet = next(each.day for each in found.observances if each.code == "tet-nguyen-dan")
        gio_to = next(each.day for each in found.observances if each.code == "gio-to")
        assert {tet, gio_to, date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= off
        assert to_lunar(tet).day == 1


def test_the_latest_day_to_notify_a_show_after_tet() -> None:
    load_almanac_tables()
    table = load_almanac(date(2026, 1, 1), date(2026, 12, 31)).working_days
    assert table.latest_send_day(date(2026, 2, 24), working_days=5) == date(2026, 2, 9)


def test_what_the_office_edited_stays_and_the_rest_follows_the_shipped_rows() -> None:
    load_almanac_tables()
    Festival.objects.filter(code="dong-dang").update(rule="11/1", is_edited=True)
    Festival.objects.filter(code="chua-tien").update(rule="19/1")
    DayOff.objects.filter(day=date(2027, 2, 5)).update(name="Nghỉ Tết theo thông báo", is_edited=True)
    assert load_almanac_tables(refresh=True) == {"lễ hội, ngày lễ và ngày nghỉ": 1}
    assert Festival.objects.get(code="dong-dang").rule == "11/1"
    assert Festival.objects.get(code="chua-tien").rule == "18/1"
    assert DayOff.objects.get(day=date(2027, 2, 5)).name == "Nghỉ Tết theo thông báo"


def test_the_database_refuses_an_observance_without_a_day() -> None:
    with pytest.raises(IntegrityError, match="observance_one_way"), transaction.atomic():
        Observance.objects.create(code="x", name="X", kind=ObservanceKind.LOCAL)
