"""Where things happen and what can be taken."""

from venues.models.area import Area, AreaLevel, PointQuality
from venues.models.limits import Closure, OpeningHours, QuietKind, QuietPlace, Weekday
from venues.models.place import DisplaySite, Venue, VenueKind
from venues.models.resource import Face, FaceFormat, Resource, ResourceKind, Space, SpaceKind
from venues.models.road import RoadEdge, RoadNode
from venues.models.sourced import Sourced

__all__ = [
    "Area",
    "AreaLevel",
    "Closure",
    "DisplaySite",
    "Face",
    "FaceFormat",
    "OpeningHours",
    "PointQuality",
    "QuietKind",
    "QuietPlace",
    "Resource",
    "ResourceKind",
    "RoadEdge",
    "RoadNode",
    "Sourced",
    "Space",
    "SpaceKind",
    "Venue",
    "VenueKind",
    "Weekday",
]
