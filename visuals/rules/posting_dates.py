"""What hangs is up before its first day and comes down after its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level
from core.intervals import LOCAL_ZONE, last_day
from core.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.intervals import Interval


def check_posting_dates(
    *, code: str, span: Interval | None, install_by: date | None, remove_by: date | None
) -> Iterator[Conflict]:
    """Yield a blocking conflict for an installation after the first day or a removal before the last.

    `span` reaches from the first to the last occurrence of the posting's activity, None if it has none.
    """
    if span is None:
        return
    first, last = span.start.astimezone(LOCAL_ZONE).date(), last_day(span)
    if install_by is not None and install_by > first:
        yield _conflict(
            code,
            span=span,
            message=f"Hạng mục {code}: hạn lắp đặt {format_date(install_by)} muộn hơn ngày bắt đầu treo "
            f"{format_date(first)}; hãy chọn hạn lắp đặt không muộn hơn {format_date(first)}.",
        )
    if remove_by is not None and remove_by < last:
        yield _conflict(
            code,
            span=span,
            message=f"Hạng mục {code}: hạn tháo dỡ {format_date(remove_by)} sớm hơn ngày treo cuối "
            f"{format_date(last)}; hãy chọn hạn tháo dỡ từ {format_date(last)} trở đi.",
        )


def _conflict(code: str, *, span: Interval, message: str) -> Conflict:
    return Conflict(code="posting-dates", level=Level.BLOCKING, subjects=(code,), interval=span, message=message)
