"""Demands every line and branch of the rooms where a wrong answer would look right (reads var/coverage.json)."""

import json
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

REPORT: Final = Path(__file__).resolve().parent.parent / "var" / "coverage.json"
WHOLE: Final = ("core/*", "*/rules/*", "*/rules.py", "events/programme/*", "*/outputs/*", "mobile_teams/routing*")


def incomplete_files(report: dict[str, Any]) -> list[str]:
    """Return one line for each file that must be whole and is not, with what is missing."""
    return [
        f"{name}: lines {found['missing_lines']}, branches {found.get('missing_branches', [])}"
        for name, found in sorted(report["files"].items())
        if any(fnmatch(name, pattern) for pattern in WHOLE)
        and (found["missing_lines"] or found.get("missing_branches", []))
    ]


if __name__ == "__main__":
    missing = incomplete_files(json.loads(REPORT.read_text(encoding="utf-8")))
    if missing:
        sys.exit("Must be covered whole:\n" + "\n".join(missing))
    print("Covered whole: " + ", ".join(WHOLE))
