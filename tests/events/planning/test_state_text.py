"""States of activities as people read them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core.intervals import Interval
from core.lunar_recurrence import parse_lunar
from core.recurrence import from_rrule
from events.expansion import Override
from events.planning import SkippedDate
from events.planning.state_text import FieldChange, field_changes, read_states, state_labels
from events.planning.states import ActivityState
from tests.factories import at, make_plan, make_resource, make_site, make_venue

pytestmark = pytest.mark.django_db
FIRST = at(date(2023, 8, 8))


def weekly(**fields: object) -> ActivityState:
    rule = from_rrule("FREQ=WEEKLY;COUNT=4", FIRST.start)
    return ActivityState(plan=make_plan(interval=FIRST, recurrence=rule, **fields))


def read(state: ActivityState) -> dict[str, str]:
    with translation.override("vi"):
        (text,) = read_states([state])
    return text


def test_every_field_has_its_label_and_the_other_way_round() -> None:
    assert read(weekly()).keys() == state_labels().keys()


def test_names_stand_for_keys_and_a_lost_one_for_itself() -> None:
    venue, site, team = make_venue("Hội trường A"), make_site("Cụm Đồng Đăng"), make_resource("Đội 1")
    text = read(weekly(venue_ids=(venue.pk,), site_ids=(site.pk,), resource_ids=(team.pk, 987654)))
    assert text["places"] == "Hội trường A; Cụm Đồng Đăng"
    assert text["resources"] == "Đội 1; #987654"
    assert text["status"] == "Đã duyệt"
    assert text["is_public"] == "có"


def test_times_and_figures_are_written_as_people_write_them() -> None:
    skipped = (SkippedDate(start=FIRST.start + timedelta(days=7), reason="Hội trường A đã có buổi khác"),)
    text = read(
        weekly(
            skipped_dates=skipped,
            extra_dates=(FIRST.start + timedelta(days=1),),
            quantity=Decimal("12.5"),
            quantity_unit="m2",
            budget_vnd=15_000_000,
            expected_audience=1200,
            procedures=("R1", "R4"),
        )
    )
    assert text["time"] == "19h30–21h30, 08/08/2023"
    assert text["skipped_dates"] == "15/08/2023 (Hội trường A đã có buổi khác)"
    assert text["extra_dates"] == "09/08/2023"
    assert (text["quantity"], text["budget_vnd"], text["expected_audience"]) == ("12,5 m2", "15.000.000", "1.200")
    assert text["procedures"] == "R1, R4"


def test_a_lunar_rule_is_told_in_words() -> None:
    plan = make_plan(lunar=parse_lunar("ngày 15/8 âm lịch hằng năm"))
    assert "âm lịch" in read(ActivityState(plan=plan))["recurrence"]


def test_a_changed_occurrence_tells_all_that_differs() -> None:
    state = weekly()
    hall, team = make_venue("Hội trường B"), make_resource("Đội 2")
    starts = [FIRST.start + timedelta(days=7 * n) for n in range(4)]
    own = [Interval(start, start + FIRST.duration) for start in starts]
    changes = {
        "venue_ids": (hall.pk,), "resource_ids": (team.pk,), "status": "postponed", "description": "Có bắn pháo hoa",
    }  # fmt: skip
    overrides = {
        starts[0]: Override(interval=own[0], is_cancelled=True, reason="mưa"),
        starts[1]: Override(interval=own[1].shifted(timedelta(hours=1)), title="Đêm khác"),
        starts[2]: Override(interval=own[2], changes=changes),
        starts[3]: Override(interval=own[3]),
    }
    assert read(replace(state, overrides=overrides))["exceptions"] == (
        "08/08/2023: huỷ (mưa); 15/08/2023: chuyển sang 20h30–22h30, 15/08/2023, “Đêm khác”; "
        "22/08/2023: Hoãn, Hội trường B, Đội 2, Có bắn pháo hoa; 29/08/2023: không đổi"
    )


def test_only_fields_that_differ_are_changes_and_those_of_time_and_place_are_moves() -> None:
    before = weekly()
    after = replace(before, plan=replace(before.plan, title="Đêm thơ", interval=at(date(2023, 8, 9))))
    with translation.override("vi"):
        found = field_changes(*read_states([before, after]))
    assert found == (
        FieldChange(name="title", label="tên", before="Đêm văn nghệ chào mừng Ngày ASEAN", after="Đêm thơ"),
        FieldChange(name="time", label="thời gian", before="19h30–21h30, 08/08/2023", after="19h30–21h30, 09/08/2023"),
    )
    assert [each.is_move for each in found] == [False, True]


def test_what_does_not_exist_has_empty_fields() -> None:
    (text,) = read_states([weekly()])
    assert {each.after for each in field_changes(text, None)} == {""}
    assert field_changes(None, None) == ()


def test_the_number_of_queries_is_that_of_the_tables(django_assert_max_num_queries: object) -> None:
    states = [weekly(venue_ids=(make_venue().pk,)) for _each in range(3)]
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        read_states(states)
