"""The geocoder on the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_venue

pytestmark = pytest.mark.django_db


def test_a_name_without_marks_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    make_venue("Ga Đồng Đăng", lon=106.69709, lat=21.94404)
    call_command("geocode", "ga dong dang")
    assert capsys.readouterr().out == "ga dong dang: Ga Đồng Đăng (21.94404, 106.69709)\n"


def test_what_is_not_found_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    make_venue("Ga Đồng Đăng")
    with pytest.raises(CommandError, match="khong co"):
        call_command("geocode", "ga dong dang", "khong co")
    assert "Ga Đồng Đăng" in capsys.readouterr().out
