"""The conflicts of a plan as a paper: what stands, what was overridden, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from core.clock import is_whole_days
from core.vietnamese import format_date, format_interval, format_number
from events.outputs.pdf import render_pdf

if TYPE_CHECKING:
    from datetime import date

    from core.intervals import Interval

STYLE_SHEET: Final = Path(__file__).resolve().parents[2] / "templates" / "print" / "schedule.css"
RULE_NAMES: Final = {
    "double_booking": "Trùng nguồn lực",
    "closure": "Nơi tạm ngừng khai thác",
    "travel": "Không kịp di chuyển",
    "validity": "Đơn vị, địa bàn không còn hiệu lực",
    "mourning": "Quốc tang",
    "lead_time": "Thủ tục, thông báo",
    "border_notice": "Báo Đồn Biên phòng",
    "quiet_hours": "Giờ yên tĩnh, nơi cần yên tĩnh",
    "campaign_window": "Ngoài thời gian kế hoạch",
    "opening_hours": "Ngoài giờ mở cửa",
    "capacity": "Quá sức chứa",
    "team_hours": "Ngoài giờ làm việc của đội",
    "team_load": "Đội diễn quá dày",
    "festival_clash": "Trùng lễ hội, ngày lớn",
    "removal": "Hạn tháo dỡ",
}


def rule_name(code: str) -> str:
    """Return what a rule is called; a rule nobody named is called by its code."""
    return RULE_NAMES.get(code, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Why a warning may stand: the reason, who gave it and when (ready text), and the key to withdraw it by."""

    key: int
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The source of a finding; where it is that of a row (`is_row`), also the day somebody last looked, if any has."""

    source: str
    checked_on: date | None = None
    is_row: bool = False

    @property
    def text(self) -> str:
        """The source with the day of the last check, as people read it."""
        if not self.source or not self.is_row:
            return self.source
        checked = f"kiểm tra ngày {format_date(self.checked_on)}" if self.checked_on else "chưa kiểm chứng"
        return f"{self.source} ({checked})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """One conflict; `activities` are pairs of title and address."""

    fingerprint: str
    is_blocking: bool
    message: str
    interval: Interval | None
    activities: tuple[tuple[str, str], ...]
    basis: Basis
    override: Override | None = None

    @property
    def when(self) -> str:
        """The time of the clash for people; "" where time plays no part."""
        if self.interval is None:
            return ""
        start, end = (int(moment.timestamp()) for moment in (self.interval.start, self.interval.end))
        return format_interval(self.interval, all_day=is_whole_days(start, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """What one rule finds; open lines first, then those that were overridden."""

    code: str
    lines: tuple[ConflictLine, ...]

    @property
    def name(self) -> str:
        """What the rule is called."""
        return rule_name(self.code)

    @property
    def open_lines(self) -> tuple[ConflictLine, ...]:
        """What still stands."""
        return tuple(line for line in self.lines if line.override is None)

    @property
    def overridden(self) -> tuple[ConflictLine, ...]:
        """What may stand, with the reason."""
        return tuple(line for line in self.lines if line.override is not None)

    @property
    def warnings(self) -> tuple[ConflictLine, ...]:
        """Open lines that a planner may override."""
        return tuple(line for line in self.open_lines if not line.is_blocking)

    @property
    def is_blocking(self) -> bool:
        """Whether anything in it must be mended."""
        return any(line.is_blocking for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictReport:
    """All conflicts of a plan: groups with a blocking conflict first."""

    title: str
    groups: tuple[RuleGroup, ...]

    @property
    def lines(self) -> tuple[ConflictLine, ...]:
        """Every line of every group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def blocking(self) -> int:
        """How many must be mended."""
        return sum(line.is_blocking for line in self.lines)

    @property
    def warnings(self) -> int:
        """How many warnings still stand."""
        return sum(len(group.warnings) for group in self.groups)

    @property
    def overridden(self) -> int:
        """How many may stand, with a reason."""
        return sum(len(group.overridden) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSheet:
    """What the paper says besides: the issuing body's lines, what was chosen, ready day and absolute address."""

    authority: tuple[str, ...]
    choice: str
    printed_on: str
    link: str


def render_conflicts_pdf(report: ConflictReport, sheet: ConflictSheet) -> bytes:
    """Return the paper as a tagged PDF (PDF/UA-1), A4 landscape; equal input, equal bytes."""
    return render_pdf(render_conflicts_html(report, sheet), base_css=[STYLE_SHEET])


def render_conflicts_html(report: ConflictReport, sheet: ConflictSheet) -> str:
    """Return the paper as one HTML document; every conflict is one row, numbered from 1."""
    counts = (report.blocking, report.warnings, report.overridden)
    context = {
        "report": report,
        "sheet": sheet,
        "above": sheet.authority[:-1],
        "own": "".join(sheet.authority[-1:]),
        "blocking": format_number(counts[0]),
        "warnings": format_number(counts[1]),
        "overridden": format_number(counts[2]),
    }
    return render_to_string("print/conflicts.html", context)
