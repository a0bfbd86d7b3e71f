"""Where things happen and what can be taken."""

from venues.models.area import Area, AreaLevel, PointQuality
from venues.models.place import DisplaySite, Venue, VenueKind
from venues.models.resource import Face, FaceFormat, Resource, ResourceKind, Space, SpaceKind
from venues.models.road import RoadEdge, RoadNode

__all__ = [
    "Area",
    "AreaLevel",
    "DisplaySite",
    "Face",
    "FaceFormat",
    "PointQuality",
    "Resource",
    "ResourceKind",
    "RoadEdge",
    "RoadNode",
    "Space",
    "SpaceKind",
    "Venue",
    "VenueKind",
]
