from core.conflicts import Conflict, Level, Problem
from core.errors import ImportRejected, NotAllowed, PlanningError, PlanRejected, StalePlan

CLASH = Conflict(
    code="double-booking",
    level=Level.BLOCKING,
    subjects=("a~20230808T123000Z",),
    interval=None,
    message="Hội trường A đã có «Đêm nhạc»; hãy chọn giờ khác.",
)
NOTICE = Conflict(code="lead-time", level=Level.WARNING, subjects=(), interval=None, message="Còn 3 ngày.")


def test_a_rejected_plan_names_every_conflict() -> None:
    error = PlanRejected([CLASH, NOTICE])
    assert error.conflicts == (CLASH, NOTICE)
    assert str(error) == "Hội trường A đã có «Đêm nhạc»; hãy chọn giờ khác. Còn 3 ngày."


def test_only_a_blocking_conflict_blocks() -> None:
    assert [CLASH.is_blocking, NOTICE.is_blocking] == [True, False]


def test_a_stale_plan_knows_the_current_sequence_and_what_changed() -> None:
    error = StalePlan(4, ["Giờ bắt đầu đổi thành 20h00."])
    assert (error.sequence, error.changes) == (4, ("Giờ bắt đầu đổi thành 20h00.",))
    assert str(error) == "Kế hoạch đã được người khác sửa (bản 4). Giờ bắt đầu đổi thành 20h00."
    assert StalePlan(5).changes == ()


def test_a_rejected_import_carries_all_problems() -> None:
    problem = Problem(sheet="Lịch", row=4, column="Từ ngày", message="Không có ngày 31/02/2023.")
    error = ImportRejected([problem])
    assert (error.problems, str(error)) == ((problem,), "Không có ngày 31/02/2023.")


def test_one_tree() -> None:
    assert [kind.__mro__[1] for kind in (PlanRejected, StalePlan, ImportRejected, NotAllowed)] == [PlanningError] * 4
