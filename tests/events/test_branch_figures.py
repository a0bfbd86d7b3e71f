"""The figures of a draft plan as people read them."""

from django.utils import translation

from events.planning.comparison import BranchComparison
from events.planning.plan_figures import Figures
from events.rules.drives import Drives
from events.views.branch_figures import figure_rows


def test_the_rows_of_a_plan_with_unknown_drives() -> None:
    comparison = BranchComparison(
        version=1,
        differences=(),
        new_conflicts=(),
        settled_conflicts=(),
        before=Figures(activities=2, occurrences={"exhibition": 5}, budget_vnd=1_500_000),
        after=Figures(activities=2, occurrences={"mobile_team": 1}, budget_vnd=0),
        drives=(Drives(km=24.4, legs=2), Drives(km=30.0, legs=2, unknown=1, is_estimate=True)),
    )
    with translation.override("vi"):
        rows = [(row.label, row.before, row.after, row.differs) for row in figure_rows(comparison)]
    assert rows == [
        ("Hoạt động", "2", "2", False),
        ("Buổi", "5", "1", True),
        ("– Tuyên truyền lưu động", "0", "1", True),
        ("– Triển lãm", "5", "0", True),
        ("Dự toán (đồng)", "1.500.000", "0", True),
        ("Quãng đường của các đội trong những ngày có thay đổi", "24 km", "khoảng 30 km + 1 chặng chưa biết", True),
    ]
