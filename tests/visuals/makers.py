"""Displays for tests, made through planning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from events.models import ActivityKind
from tests.factories import make_activity, make_unit, whole_days
from visuals.commands import PostingPlan
from visuals.planning import save_postings

if TYPE_CHECKING:
    from events.models import Activity

FIRST, LAST = date(2023, 8, 1), date(2023, 8, 8)


def make_display(**fields: Any) -> Activity:
    """A display of the first eight days of August 2023."""
    return make_activity(kind=ActivityKind.VISUAL_DISPLAY, **(whole_days(FIRST, LAST) | fields))


def banner(code: str = "B1", **fields: Any) -> PostingPlan:
    """Twenty banners of eight metres by one; fields are those of `PostingPlan`."""
    defaults: dict[str, Any] = {
        "format": "banner",
        "slogan": "Chào mừng Ngày ASEAN!",
        "count_unit": "cái",
        "quantity": 20,
        "width_m": Decimal("8.00"),
        "height_m": Decimal("1.00"),
        "area_m2": Decimal("160.00"),
        "remove_by": LAST,
    }
    unit_id = fields.pop("unit_id", None) or make_unit().pk
    return PostingPlan(code=code, unit_id=unit_id, **(defaults | fields))


def hang(*plans: PostingPlan, **fields: Any) -> Activity:
    """A display that hangs these, one banner if none is given; fields are those of the activity."""
    display = make_display(**fields)
    save_postings(activity=display, plans=plans or (banner(),), by=None)
    return display
