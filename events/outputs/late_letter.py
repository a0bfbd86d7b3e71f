"""The e-mail that tells a person of late changes which no calendar of theirs has fetched yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.vietnamese import format_date, format_time
from events.outputs.late_message import render_change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from events.outputs.late_message import LateChange

LONGEST_TITLE = 80
WHY = (
    "Lịch tuyên truyền vừa có thay đổi đối với hoạt động diễn ra trong vòng 24 giờ. "
    "Ứng dụng lịch của quý vị chưa tải lại lịch kể từ lúc thay đổi nên có thể chưa hiện thay đổi này."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """A private link of the reader: its name, and when its client fetched it last; None where none ever did."""

    name: str
    fetched_at: datetime | None
    client: str


def render_subject(changes: Sequence[LateChange]) -> str:
    """Return one line: what happened to the only change, or how many there are."""
    if len(changes) > 1:
        return f"{len(changes)} thay đổi sát giờ trong lịch tuyên truyền"
    title = " ".join(changes[0].title.split())
    shown = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    return f"{changes[0].heading}: {shown}"


def render_letter(changes: Sequence[LateChange], *, reader: str, links: Sequence[LinkState], manage_url: str) -> str:
    """Return the letter as plain text: the changes, why it comes, and where it is turned off."""
    parts = [
        f"Kính gửi: {reader}",
        WHY,
        *(render_change(change) for change in changes),
        "\n".join(("Liên kết lịch của quý vị:", *map(_link_line, links))),
        f"Không muốn nhận thư này nữa: mở {manage_url} và tắt mục «Báo qua thư điện tử» của liên kết.",
    ]
    return "\n\n".join(parts) + "\n"


def describe_fetch(link: LinkState) -> str:
    """Return "lần tải gần nhất: 12/08/2023 07h05, Google Calendar" or that none was yet."""
    if link.fetched_at is None:
        return "chưa tải lần nào"
    client = f", {link.client}" if link.client else ""
    return f"lần tải gần nhất: {format_date(link.fetched_at)} {format_time(link.fetched_at)}{client}"


def _link_line(link: LinkState) -> str:
    return f"- «{link.name}»: {describe_fetch(link)}"
