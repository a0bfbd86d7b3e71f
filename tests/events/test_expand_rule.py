"""`manage.py expand_rule`, without a database."""

from __future__ import annotations

import pytest
from django.core.management import call_command

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--dtstart", "2026-01-05"), ["2026-01-05"]),
        (
            ("--dtstart", "2026-01-05T19:30", "--rrule", "FREQ=WEEKLY;COUNT=3"),
            ["2026-01-05", "2026-01-12", "2026-01-19"],
        ),
        (
            ("--dtstart", "20260105T193000", "--rrule", "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20260401"),
            ["2026-01-05", "2026-02-02", "2026-03-02"],
        ),
        (("--dtstart", "20260104T170000Z", "--rrule", "FREQ=DAILY;COUNT=2"), ["2026-01-05", "2026-01-06"]),
        (("--dtstart", "05/01/2026 19h30", "--rrule", "FREQ=DAILY;COUNT=1"), ["2026-01-05"]),
        (("--dtstart", "DTSTART;VALUE=DATE:20260105", "--rrule", "FREQ=DAILY;COUNT=1"), ["2026-01-05"]),
        (
            ("--dtstart", "2026-01-05T23:59", "--all-day", "--rrule", "FREQ=DAILY;UNTIL=20260106T000000Z"),
            ["2026-01-05", "2026-01-06"],
        ),
        (
            ("--dtstart", "2026-01-05", "--rrule", "FREQ=DAILY;UNTIL=20260106T230000Z"),
            ["2026-01-05", "2026-01-06"],
        ),
        (("--dtstart", "2025-12-31", "--rrule", "FREQ=YEARLY"), ["2026-12-31"]),
        (("--dtstart", "2026-03-03", "--lunar", "rằm tháng Giêng"), ["2026-03-03"]),
        (("--dtstart", "2026-03-03", "--rrule", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", "--lunar"), ["2026-03-03"]),
        (
            ("--dtstart", "2026-11-23", "--rrule", "FREQ=MONTHLY", "--lunar", "15"),
            ["2026-11-23", "2026-12-23"],
        ),
        (
            (
                "--dtstart", "2026-03-04", "--lunar", "15/1; X-SHIFT=NEXT_WORKING_DAY", "--holidays", "2026-03-03",
            ),
            ["2026-03-04"],
        ),
    ],
)  # fmt: skip
def test_days_are_printed_one_a_line(
    options: tuple[str, ...], days: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("expand_rule", *options, *YEAR)
    assert capsys.readouterr().out.split() == days


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--dtstart", "2026-01-05", "--rrule", "FREQ=WEEKLY;BYDAY=TU"),
            "Ngày bắt đầu 05/01/2026 không khớp với cách lặp; ngày đầu tiên khớp là 06/01/2026.",
        ),
        (
            ("--dtstart", "2026-01-05", "--rrule", "FREQ=HOURLY"),
            "Tần suất lặp «HOURLY» không được hỗ trợ; hãy lập mỗi giờ một hoạt động.",
        ),
        (("--dtstart", "mai"), "«mai» không phải là ngày giờ; hãy ghi như 2026-01-05, 20260105T193000."),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(
    options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("expand_rule", *options, *YEAR)
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out, printed.err.strip()) == (1, "", sentence)
