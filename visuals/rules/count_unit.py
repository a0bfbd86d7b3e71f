"""In which unit each format may be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.conflicts import Conflict, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# How provinces and districts count in their own plans and reports: banners and flags by the piece, panels by the
# square metre, cluster or piece, posters by the sheet, LED screens by showing, second or day.
COUNT_UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "panel": ("m²", "cụm", "cái", "tấm"),
    "banner": ("cái", "chiếc", "tấm"),
    "streamer": ("cái", "chiếc", "dây"),
    "flag": ("cái", "chiếc", "lá", "dây", "cụm"),
    "poster": ("tờ", "mẫu", "bộ"),
    "led": ("lượt", "giây", "ngày", "màn hình"),
    "gate": ("cái", "cổng"),
}


def check_count_unit(*, code: str, face_format: str, count_unit: str) -> Iterator[Conflict]:
    """Yield a blocking conflict when the posting `code` counts in a unit its format does not use.

    An unknown format has no units; the model's own choices say what is allowed there.
    """
    allowed = COUNT_UNITS.get(face_format, (count_unit,))
    if count_unit not in allowed:
        yield Conflict(
            code="count-unit",
            level=Level.BLOCKING,
            subjects=(code,),
            interval=None,
            message=f"Hạng mục {code}: đơn vị tính «{count_unit}» không dùng cho hình thức này; "
            f"hãy chọn {', '.join(allowed)}.",
        )
