"""One letter for each kind of activity, so that colours survive a grey print."""

from __future__ import annotations

from typing import Final

KIND_LETTERS: Final[dict[str, str]] = {
    "visual_display": "C",  # cổ động trực quan
    "mobile_team": "L",  # lưu động
    "exhibition": "T",  # triển lãm
    "exchange": "G",  # giao lưu
    "fair_seminar": "H",  # hội chợ, hội thảo
    "media_item": "B",  # báo chí
    "integrated_session": "S",  # sinh hoạt
}


def letter_of(kind: str) -> str:
    """Return the letter of a kind; a dot for one that has none yet."""
    return KIND_LETTERS.get(kind, "·")
