"""Tours for tests, made through planning."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from events.models import Activity, ActivityKind
from mobile_teams.commands import StopPlan, TourPlan
from mobile_teams.models import Team, Tour, Vehicle
from mobile_teams.planning import save_tour
from tests.factories import at, make_activity, make_area, make_campaign, make_resource, make_unit, make_venue
from venues.models import ResourceKind, RoadEdge, RoadNode

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.models import Campaign
    from units.models import User
    from venues.models import Area, Venue

CITY = (106.76101, 21.85264)
DONG_DANG = (106.698019, 21.950913)


def make_team(name: str = "Đội tuyên truyền lưu động Cao Lộc", *, depot: Venue | None = None) -> Team:
    """A team that starts from a culture house in the city."""
    depot = depot or make_venue("Nhà văn hóa thành phố", lon=CITY[0], lat=CITY[1])
    return Team.objects.create(resource=make_resource(name), unit=make_unit(), depot=depot, size=8)


def make_vehicle(name: str = "Xe loa 1") -> Vehicle:
    """A loudspeaker car."""
    resource = make_resource(name, kind=ResourceKind.VEHICLE)
    return Vehicle.objects.create(resource=resource, unit=make_unit(), plate="12A-000.15", kind="van")


def make_road() -> RoadEdge:
    """The fourteen kilometres of QL1A from the city to Đồng Đăng."""
    city = RoadNode.objects.create(name="TP Lạng Sơn", lon=CITY[0], lat=CITY[1])
    town = RoadNode.objects.create(name="TT Đồng Đăng", lon=DONG_DANG[0], lat=DONG_DANG[1])
    return RoadEdge.objects.create(start=city, end=town, road="QL1A", km=14, confidence="high")


def make_show(team: Team, *, campaign: Campaign, day: int = 8, venue: Venue | None = None, **fields: Any) -> Activity:
    """An evening of the team in August 2023, in Đồng Đăng unless a venue is given."""
    area: Area = fields.pop("area", None) or make_area("Huyện Cao Lộc")
    venue = venue or make_venue("Nhà văn hóa Đồng Đăng", area=area, lon=DONG_DANG[0], lat=DONG_DANG[1])
    interval: Interval = fields.pop("interval", None) or at(date(2023, 8, day))
    taken = {team.resource_id, *fields.pop("resource_ids", ())}
    defaults = {"kind": ActivityKind.MOBILE_TEAM, "venue_ids": (venue.pk,), "resource_ids": tuple(taken)}
    return make_activity(campaign_id=campaign.pk, area_id=area.pk, interval=interval, **(defaults | fields))


def plan_tour(team: Team, *shows: Activity, **fields: Any) -> TourPlan:
    """The plan of a tour over these shows."""
    defaults: dict[str, Any] = {
        "campaign_id": shows[0].campaign_id,
        "code": "T1",
        "name": "Chuyến chào mừng Ngày ASEAN",
        "team_id": team.pk,
        "stops": tuple(StopPlan(activity_id=show.pk) for show in shows),
    }
    return TourPlan(**(defaults | fields))


def make_tour(*, days: tuple[int, ...] = (8,), by: User | None = None, **fields: Any) -> Tour:
    """A tour of one evening a day in Đồng Đăng."""
    team = fields.pop("team", None) or make_team()
    campaign = fields.pop("campaign", None) or make_campaign(f"kh-{team.pk}")
    shows = [make_show(team, campaign=campaign, day=day) for day in days]
    return save_tour(plan=plan_tour(team, *shows, **fields), by=by)
