"""What the layers of places and tours are drawn from: frozen values, names already in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A named point; `lon` and `lat` are WGS 84 degrees or both None, `quality` a value of `venues.PointQuality`."""

    key: str
    name: str
    kind: str
    kind_label: str
    area: str
    lon: float | None
    lat: float | None
    quality: str

    @property
    def point(self) -> tuple[float, float] | None:
        """The (lon, lat), or None."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacePin(Pin):
    """A face of a display site; `size` is written for people ("10 × 4 m") or empty."""

    site: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """One stop in the planner's order; `point` is where the team halts, (lon, lat) or None.

    A stop that `is_off` (cancelled, postponed) keeps its number and is not driven to.
    """

    number: int
    title: str
    when: str
    place: str
    is_off: bool
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPath:
    """A tour with the stops the viewer may see, in order.

    `line` are the (lon, lat) driven through, depot and road nodes included. `km` is the length by road, None where no
    leg is known; `is_estimate` when any part of it is estimated or missing. `url` is a path.
    """

    key: str
    name: str
    team: str
    depot: str
    line: tuple[tuple[float, float], ...]
    stops: tuple[TourStop, ...]
    km: float | None
    is_estimate: bool
    url: str
