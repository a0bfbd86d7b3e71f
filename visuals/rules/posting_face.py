"""A posting hangs on a face of its own site, and its activity has taken that face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceFacts:
    """A face as the rule sees it, in database keys; `site` is the name of its site."""

    name: str
    resource_id: int
    site_id: int
    site: str


def check_posting_face(
    *, code: str, face: FaceFacts, site_id: int | None, resource_ids: frozenset[int]
) -> Iterator[Conflict]:
    """Yield a blocking conflict for a face of another site, and for one the activity has not taken."""
    if site_id is not None and site_id != face.site_id:
        sentence = f"mặt bảng «{face.name}» thuộc vị trí «{face.site}»; hãy chọn đúng vị trí của mặt bảng."
        yield _conflict(code, sentence)
    if face.resource_id not in resource_ids:
        sentence = f"hoạt động chưa đăng ký sử dụng mặt bảng «{face.name}»; hãy thêm mặt bảng này vào hoạt động."
        yield _conflict(code, sentence)


def _conflict(code: str, sentence: str) -> Conflict:
    return Conflict(
        code="posting-face",
        level=Level.BLOCKING,
        subjects=(code,),
        interval=None,
        message=f"Hạng mục {code}: {sentence}",
    )
