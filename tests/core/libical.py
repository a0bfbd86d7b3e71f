"""libical as the judge of recurrence rules: one long-lived process of the system's Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.judges.lines import LineJudge, require_judge

if TYPE_CHECKING:
    from datetime import date

SYSTEM_PYTHON: Final = "/usr/bin/python3"
SCRIPT: Final = Path(__file__).with_name("libical_judge.py")
MISSING: Final = "libical does not judge here: install gir1.2-ical-3.0 and python3-gi for /usr/bin/python3"


class Judge(LineJudge):
    """Asks libical which days a rule gives."""

    def __init__(self) -> None:
        super().__init__(SYSTEM_PYTHON, SCRIPT)

    def days(self, rrule: str, dtstart: str, *, last: date, limit: int) -> list[str]:
        """Return at most `limit` starts up to `last`, as iCalendar writes them."""
        answer = self.ask({"rrule": rrule, "dtstart": dtstart, "last": f"{last:%Y%m%d}", "limit": limit})
        assert "found" in answer, f"{rrule} from {dtstart}: {answer}"
        found: list[str] = answer["found"]
        return found


def require_libical() -> None:
    """Skip with a loud reason where libical is missing; fail where PANO_REQUIRE_LIBICAL=1."""
    require_judge([SYSTEM_PYTHON, SCRIPT], setting="PANO_REQUIRE_LIBICAL", missing=MISSING)
