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
    """One stop in the planner's order; `points` are its places' (lon, lat), the first is where the team halts."""

    number: int
    title: str
    when: str
    place: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPath:
    """A tour with those of its stops that take place in the window, in order.

    `start` is the depot's (lon, lat) or None; `km` the road length, or None where it is not known; `url` a path.
    """

    key: str
    name: str
    team: str
    depot: str
    start: tuple[float, float] | None
    stops: tuple[TourStop, ...]
    km: float | None
    url: str
