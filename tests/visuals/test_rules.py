"""Units of count, dates and faces of postings: plain values only."""

from __future__ import annotations

from datetime import date

import pytest

from core.intervals import day_interval
from venues.models import FaceFormat
from visuals.rules.count_unit import COUNT_UNITS, check_count_unit
from visuals.rules.posting_dates import check_posting_dates
from visuals.rules.posting_face import FaceFacts, check_posting_face

SPAN = day_interval(date(2023, 8, 1), date(2023, 8, 8))
FACE = FaceFacts(name="Mặt A", resource_id=7, site_id=1, site="Cụm Đồng Đăng")


def test_every_format_has_its_units() -> None:
    assert set(COUNT_UNITS) == set(FaceFormat.values)


def test_a_fitting_unit_is_no_conflict() -> None:
    assert list(check_count_unit(code="P1", face_format="panel", count_unit="m²")) == []


def test_an_unknown_format_is_left_to_the_model() -> None:
    assert list(check_count_unit(code="P1", face_format="khinh khí cầu", count_unit="quả")) == []


def test_a_wrong_unit_is_answered_with_the_allowed_ones() -> None:
    (conflict,) = check_count_unit(code="P1", face_format="poster", count_unit="m²")
    assert conflict.message == ("Hạng mục P1: đơn vị tính «m²» không dùng cho hình thức này; hãy chọn tờ, mẫu, bộ.")


@pytest.mark.parametrize(
    ("install_by", "remove_by"),
    [(None, None), (date(2023, 8, 1), date(2023, 8, 8)), (date(2023, 7, 28), date(2023, 8, 10))],
)
def test_dates_around_the_span_are_fine(install_by: date | None, remove_by: date | None) -> None:
    assert list(check_posting_dates(code="P1", span=SPAN, install_by=install_by, remove_by=remove_by)) == []


def test_dates_inside_the_span_are_conflicts() -> None:
    found = check_posting_dates(code="P1", span=SPAN, install_by=date(2023, 8, 2), remove_by=date(2023, 8, 7))
    assert [conflict.message for conflict in found] == [
        (
            "Hạng mục P1: hạn lắp đặt 02/08/2023 muộn hơn ngày bắt đầu treo 01/08/2023; "
            "hãy chọn hạn lắp đặt không muộn hơn 01/08/2023."
        ),
        (
            "Hạng mục P1: hạn tháo dỡ 07/08/2023 sớm hơn ngày treo cuối 08/08/2023; "
            "hãy chọn hạn tháo dỡ từ 08/08/2023 trở đi."
        ),
    ]


def test_without_any_occurrence_dates_are_free() -> None:
    assert list(check_posting_dates(code="P1", span=None, install_by=date(2023, 9, 9), remove_by=None)) == []


@pytest.mark.parametrize("site_id", [None, 1])
def test_a_face_of_its_site_that_is_taken_is_fine(site_id: int | None) -> None:
    assert list(check_posting_face(code="P1", face=FACE, site_id=site_id, resource_ids=frozenset({7}))) == []


def test_a_face_of_another_site_that_is_not_taken_is_two_conflicts() -> None:
    found = check_posting_face(code="P1", face=FACE, site_id=2, resource_ids=frozenset())
    assert [conflict.message for conflict in found] == [
        "Hạng mục P1: mặt bảng «Mặt A» thuộc vị trí «Cụm Đồng Đăng»; hãy chọn đúng vị trí của mặt bảng.",
        "Hạng mục P1: hoạt động chưa đăng ký sử dụng mặt bảng «Mặt A»; hãy thêm mặt bảng này vào hoạt động.",
    ]
