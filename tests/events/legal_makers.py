"""Rows of the law for tests: figures, lead times, traits, limits of places, papers sent and warnings accepted."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.intervals import LOCAL_ZONE
from events.models import AcceptedWarning, ActivityKind, Figure, KindTrait, LeadTime, MourningPeriod, Notice
from tests.factories import make_venue
from venues.models import Closure, OpeningHours, QuietKind, QuietPlace

if TYPE_CHECKING:
    from events.models import Activity
    from venues.models import Venue

DECREE = "Nghị định 144/2020/NĐ-CP, Điều 8–9"
CHECKED_ON = date(2026, 11, 24)


def make_lead_time(code: str = "R1", **fields: Any) -> LeadTime:
    """Five working days before what a mobile team shows."""
    defaults: dict[str, Any] = {
        "name": "Thông báo biểu diễn",
        "kind": ActivityKind.MOBILE_TEAM,
        "days": 5,
        "receiver": "UBND cấp xã",
        "source": DECREE,
        "checked_on": CHECKED_ON,
    }
    return LeadTime.objects.create(code=code, **(defaults | fields))


def make_figure(code: str = "quiet.distance_m", value: int = 100, **fields: Any) -> Figure:
    """A number with its source."""
    return Figure.objects.create(code=code, name=code, value=Decimal(value), **({"source": DECREE} | fields))


def make_trait(kind: str = ActivityKind.MOBILE_TEAM, **flags: bool) -> KindTrait:
    """What a kind is; loud, entertaining and gathering unless said otherwise."""
    defaults = {"is_loud": True, "is_entertainment": True, "is_gathering": True}
    return KindTrait.objects.create(kind=kind, **(defaults | flags))


def make_closure(venue: Venue | None = None, *, first: date, last: date, reason: str = "sửa mái") -> Closure:
    """A venue closed from the morning of a day to the evening of another."""
    return Closure.objects.create(
        venue=venue or make_venue(),
        start=datetime.combine(first, time(7), LOCAL_ZONE),
        end=datetime.combine(last, time(22), LOCAL_ZONE),
        reason=reason,
    )


def make_mourning(first: date, last: date, name: str = "Quốc tang") -> MourningPeriod:
    """Days of national mourning."""
    return MourningPeriod.objects.create(name=name, first_day=first, last_day=last)


def make_legal_rows(activity: Activity) -> None:
    """One row of every table about limits, figures and papers."""
    make_lead_time()
    make_figure()
    make_trait()
    venue = make_closure(first=date(2023, 8, 1), last=date(2023, 8, 2)).venue
    OpeningHours.objects.create(venue=venue, weekday=0, opens=time(8), closes=time(17))
    QuietPlace.objects.create(name="Trường tiểu học", kind=QuietKind.SCHOOL, lon=106.76, lat=21.85)
    now = timezone.now()
    Notice.objects.create(activity=activity, procedure="R1", sent_on=date(2023, 7, 1), recorded_at=now)
    AcceptedWarning.objects.create(
        activity=activity, code="lead_time", fingerprint="0" * 64, message="Muộn.", reason="Đã báo", accepted_at=now
    )
