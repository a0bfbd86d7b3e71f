"""libical as the judge of recurrence rules: one long-lived process of the system's Python."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import pytest

if TYPE_CHECKING:
    from datetime import date

SYSTEM_PYTHON: Final = "/usr/bin/python3"
SCRIPT: Final = Path(__file__).with_name("libical_judge.py")
MISSING: Final = "libical does not judge here: install gir1.2-ical-3.0 and python3-gi for /usr/bin/python3"


class Judge:
    """Asks libical which days a rule gives."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def days(self, rrule: str, dtstart: str, *, last: date, limit: int) -> list[str]:
        """Return at most `limit` starts up to `last`, as iCalendar writes them."""
        answer = self._ask({"rrule": rrule, "dtstart": dtstart, "last": f"{last:%Y%m%d}", "limit": limit})
        assert "found" in answer, f"{rrule} from {dtstart}: {answer}"
        found: list[str] = answer["found"]
        return found

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def require_libical() -> None:
    """Skip with a loud reason where libical is missing; fail where PANO_REQUIRE_LIBICAL=1."""
    try:
        tried = subprocess.run([SYSTEM_PYTHON, SCRIPT], input=b"", capture_output=True, check=False).returncode
    except FileNotFoundError:
        tried = 1
    if tried and os.environ.get("PANO_REQUIRE_LIBICAL") == "1":
        pytest.fail(MISSING)
    if tried:
        pytest.skip(MISSING)
