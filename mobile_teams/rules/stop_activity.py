"""Which activities may be a stop of a tour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level
from core.text import inner_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.intervals import Interval

MOBILE_TEAM = "mobile_team"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopActivity:
    """What the rules must know of an activity that is to be a stop.

    `other_tour` names the tour it already belongs to, empty if none; `show` is None for an activity without any date.
    """

    uid: str
    code: str
    title: str
    kind: str
    campaign_id: int
    show: Interval | None
    is_recurring: bool
    is_all_day: bool
    resource_ids: frozenset[int]
    other_tour: str = ""

    @property
    def label(self) -> str:
        """Code and title as sentences name it."""
        return f"{self.code} «{inner_quotes(self.title)}»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What a tour takes along: resource ids with the names people know."""

    campaign_id: int
    resources: tuple[tuple[int, str], ...]


def check_stop_activity(stop: StopActivity, *, crew: Crew) -> Iterator[Conflict]:
    """Yield a blocking conflict for each reason why the activity cannot be a stop of the crew's tour."""
    for code, sentence in _faults(stop, crew):
        yield Conflict(
            code=code,
            level=Level.BLOCKING,
            subjects=(stop.uid,),
            interval=stop.show,
            message=f"Hoạt động {stop.label} {sentence}",
        )


def _faults(stop: StopActivity, crew: Crew) -> Iterator[tuple[str, str]]:
    if stop.kind != MOBILE_TEAM:
        yield "stop-kind", "không thuộc loại «Đội tuyên truyền lưu động»; hãy chọn hoạt động của đội lưu động."
    if stop.campaign_id != crew.campaign_id:
        yield "stop-campaign", "thuộc kế hoạch tuyên truyền khác; hãy chọn hoạt động của chính kế hoạch này."
    if stop.is_recurring:
        yield "stop-recurring", "lặp lại nhiều buổi; hãy tách thành từng hoạt động một buổi rồi đưa vào chuyến."
    if stop.is_all_day or stop.show is None:
        yield "stop-time", "chưa có giờ diễn; hãy nhập giờ bắt đầu và giờ kết thúc."
    for resource_id, name in crew.resources:
        if resource_id not in stop.resource_ids:
            yield "stop-resource", f"chưa đăng ký sử dụng «{name}»; hãy thêm nguồn lực này vào hoạt động."
    if stop.other_tour:
        yield "stop-taken", f"đã nằm trong chuyến «{stop.other_tour}»; hãy bỏ khỏi chuyến đó trước."
