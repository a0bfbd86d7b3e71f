"""The one name of an occurrence, written alike in JSON ids, UIDs, GeoJSON, URLs and PDFs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple, Self

_WRITTEN = re.compile(r"(?P<uid>.+)~(?P<moment>\d{8}T\d{6}Z)")


class _Pair(NamedTuple):
    uid: str
    recurrence_id: datetime


class OccurrenceKey(_Pair):
    """An activity's uid and the moment the rule gave this occurrence (RFC 5545 §3.8.4.4), kept in UTC.

    ValueError if the uid is empty or holds a line break, or the moment is naive or not a whole second: such a key
    could not be written and read back.
    """

    __slots__ = ()

    def __new__(cls, uid: str, recurrence_id: datetime) -> Self:
        """Check the parts; see the class."""
        if not re.fullmatch(r".+", uid):
            raise ValueError("Mã hoạt động không được để trống hoặc có dấu xuống dòng.")
        if recurrence_id.utcoffset() is None:
            raise ValueError("Thời điểm gốc của buổi phải kèm múi giờ.")
        if recurrence_id.microsecond:
            raise ValueError("Thời điểm gốc của buổi phải tròn giây.")
        return super().__new__(cls, uid, recurrence_id.astimezone(UTC))

    @classmethod
    def trusted(cls, uid: str, recurrence_id: datetime) -> Self:
        """Return the key of a stored occurrence without checking it again: for readers of thousands of rows alone.

        The caller vouches for what the constructor checks, and gives the moment in UTC.
        """
        return tuple.__new__(cls, (uid, recurrence_id))

    def __str__(self) -> str:
        at = self.recurrence_id
        return f"{self.uid}~{at.year:04}{at:%m%dT%H%M%SZ}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "uid~20230808T123000Z"; ValueError with a sentence when the text is anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"Mã buổi «{text}» không đúng dạng «mã~20230808T123000Z».")
        try:
            moment = datetime.fromisoformat(match["moment"])
        except ValueError as error:
            raise ValueError(f"Mã buổi «{text}» có ngày giờ không tồn tại.") from error
        return cls(match["uid"], moment)
