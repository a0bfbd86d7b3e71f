"""Rows for tests, made through planning wherever planning is the writer.

Every maker takes only what a test cares about and fills the rest without surprise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from core.intervals import LOCAL_ZONE, Interval, day_interval
from events import planning
from events.models import Activity, ActivityKind, Status
from events.planning import ActivityPlan, CampaignPlan, ListItem
from units.models import Membership, Role, Unit, UnitKind, User
from venues.models import (
    Area,
    AreaLevel,
    DisplaySite,
    Face,
    FaceFormat,
    PointQuality,
    Resource,
    ResourceKind,
    Space,
    SpaceKind,
    Venue,
    VenueKind,
)

if TYPE_CHECKING:
    from events.models import Campaign

EDITION_2023 = date(2020, 1, 1)
_numbers = count(1)


def at(day: date, clock: str = "19:30", *, hours: float = 2.0) -> Interval:
    """`hours` from a local clock time on a day."""
    hour, minute = (int(part) for part in clock.split(":"))
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL_ZONE)
    return Interval(start, start + timedelta(hours=hours))


def make_area(
    name: str = "Huyện Cao Lộc",
    *,
    level: str = AreaLevel.DISTRICT,
    parent: Area | None = None,
    **fields: Any,
) -> Area:
    """An area of the 2023 edition with a slug of its own."""
    number = next(_numbers)
    defaults = {"code": f"{number:03}", "slug": f"khu-{number}", "valid_from": EDITION_2023}
    return Area.objects.create(name=name, level=level, parent=parent, **(defaults | fields))


def make_unit(code: str = "", *, areas: tuple[Area, ...] = (), **fields: Any) -> Unit:
    """A district office that works in `areas`."""
    code = code or f"DV-{next(_numbers)}"
    defaults = {"name": f"Phòng {code}", "kind": UnitKind.DISTRICT_OFFICE}
    unit = Unit.objects.create(code=code, **(defaults | fields))
    unit.areas.set(areas)
    return unit


def make_user(name: str, *, role: str | None = None, unit: Unit | None = None, **fields: Any) -> User:
    """A person who can sign in with the password "mat-khau"; with a role if one is given."""
    user = User.objects.create_user(username=name.lower(), full_name=name, password="mat-khau", **fields)
    if role is not None:
        Membership.objects.create(user=user, unit=unit or make_unit(), role=role)
    return user


def make_planner(name: str = "Phương") -> User:
    """A planner of the whole province."""
    return make_user(name, role=Role.PROVINCIAL_PLANNER)


def make_venue(name: str = "Hội trường A", *, area: Area | None = None, **fields: Any) -> Venue:
    """A culture house with a published point near Lạng Sơn."""
    number = next(_numbers)
    defaults = {
        "code": f"V-{number}",
        "kind": VenueKind.CULTURE_HOUSE,
        "lon": 106.76,
        "lat": 21.85,
        "point_quality": PointQuality.PUBLISHED,
    }
    return Venue.objects.create(name=name, area=area or make_area(), **(defaults | fields))


def make_resource(name: str = "Đội 1", *, kind: str = ResourceKind.TEAM, code: str = "") -> Resource:
    """Something that can be taken."""
    return Resource.objects.create(name=name, kind=kind, code=code or f"R-{next(_numbers)}")


def make_space(venue: Venue | None = None, *, name: str = "Hội trường lớn") -> Space:
    """A hall of a venue, with its resource."""
    resource = make_resource(name, kind=ResourceKind.SPACE)
    return Space.objects.create(resource=resource, venue=venue or make_venue(), kind=SpaceKind.HALL)


def make_site(name: str = "Cụm cổ động Đồng Đăng", *, area: Area | None = None, **fields: Any) -> DisplaySite:
    """A display site with a point."""
    defaults = {
        "code": f"S-{next(_numbers)}",
        "lon": 106.70,
        "lat": 21.94,
        "point_quality": PointQuality.ESTIMATE,
    }
    return DisplaySite.objects.create(name=name, area=area or make_area(), **(defaults | fields))


def make_face(site: DisplaySite | None = None, *, name: str = "Mặt A") -> Face:
    """A panel face of a site, with its resource."""
    resource = make_resource(name, kind=ResourceKind.FACE)
    return Face.objects.create(resource=resource, site=site or make_site(), format=FaceFormat.PANEL)


def make_campaign(code: str = "asean-2023", **fields: Any) -> Campaign:
    """A campaign of May to December 2023 with two themes, a form, an audience and a source."""
    plan = CampaignPlan(
        code=code,
        name="Tuyên truyền, quảng bá ASEAN năm 2023",
        year=2023,
        starts_on=date(2023, 5, 1),
        ends_on=date(2023, 12, 31),
        lead_unit_id=make_unit(f"SO-{next(_numbers)}", kind=UnitKind.DEPARTMENT).pk,
        report_before=date(2023, 12, 10),
        themes=(ListItem(code="ND1", name="Lợi ích"), ListItem(code="ND2", name="Ba trụ cột")),
        forms=(ListItem(code="HT1", name="Tin, bài"),),
        audiences=(ListItem(code="DT1", name="Cán bộ", is_priority=True),),
        funding_sources=(ListItem(code="NS1", name="Ngân sách"),),
    )
    return planning.save_campaign(plan=replace(plan, **fields), by=None)


def make_plan(**fields: Any) -> ActivityPlan:
    """A confirmed public show on the evening of 08/08/2023, taking nothing."""
    number = next(_numbers)
    if "campaign_id" not in fields:
        fields["campaign_id"] = make_campaign(f"kh-{number}").pk
    if "area_id" not in fields:
        fields["area_id"] = make_area().pk
    if "lead_unit_id" not in fields:
        fields["lead_unit_id"] = make_unit().pk
    defaults: dict[str, Any] = {
        "code": f"HD-{number}",
        "title": "Đêm văn nghệ chào mừng Ngày ASEAN",
        "kind": ActivityKind.MOBILE_TEAM,
        "status": Status.CONFIRMED,
        "interval": at(date(2023, 8, 8)),
    }
    return ActivityPlan(**(defaults | fields))


def make_activity(*, by: User | None = None, **fields: Any) -> Activity:
    """A planned activity; fields are those of `ActivityPlan`."""
    return planning.plan_activity(plan=make_plan(**fields), by=by)


def whole_days(first: date, last: date | None = None) -> dict[str, Any]:
    """Plan fields of an all-day activity from `first` to `last`, both included."""
    return {"interval": day_interval(first, last or first), "all_day": True}
