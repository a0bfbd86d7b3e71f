from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.keys import OccurrenceKey

uids = st.text(min_size=1).filter(lambda text: "\n" not in text)
moments = st.datetimes(timezones=st.just(LOCAL_ZONE), min_value=datetime(2, 1, 1)).map(  # noqa: DTZ001 -- hypothesis' bounds are naive
    lambda moment: moment.replace(microsecond=0)
)


@given(uids, moments)
def test_a_key_reads_back_what_it_wrote(uid: str, moment: datetime) -> None:
    key = OccurrenceKey(uid, moment)
    assert OccurrenceKey.parse(str(key)) == key


def test_a_key_is_written_in_utc() -> None:
    key = OccurrenceKey("dem-nhac@pano", datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE))
    assert str(key) == "dem-nhac@pano~20230808T123000Z"


def test_the_same_instant_is_the_same_key() -> None:
    local = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
    assert {OccurrenceKey("a", local), OccurrenceKey("a", local.astimezone(UTC))} == {OccurrenceKey("a", local)}


def test_a_trusted_key_equals_a_checked_one() -> None:
    moment = datetime(2023, 8, 8, 12, 30, tzinfo=UTC)
    trusted = OccurrenceKey.trusted("a", moment)
    assert (trusted, str(trusted), type(trusted)) == (OccurrenceKey("a", moment), "a~20230808T123000Z", OccurrenceKey)


def test_keys_sort_by_uid_then_moment() -> None:
    first = datetime(2023, 8, 8, tzinfo=UTC)
    keys = [OccurrenceKey("b", first), OccurrenceKey("a", first + timedelta(days=1)), OccurrenceKey("a", first)]
    assert sorted(keys) == [keys[2], keys[1], keys[0]]


@pytest.mark.parametrize(
    "text", ["", "a", "~20230808T123000Z", "a~20230808T123000", "a~20230808", "a\n~20230808T123000Z"]
)
def test_text_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không đúng dạng «mã~20230808T123000Z»"):
        OccurrenceKey.parse(text)


def test_a_moment_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="có ngày giờ không tồn tại"):
        OccurrenceKey.parse("a~20230230T123000Z")


@pytest.mark.parametrize(
    ("uid", "moment", "message"),
    [
        ("", datetime(2023, 8, 8, tzinfo=UTC), "Mã hoạt động"),
        ("a\nb", datetime(2023, 8, 8, tzinfo=UTC), "Mã hoạt động"),
        ("a", datetime(2023, 8, 8), "phải kèm múi giờ"),  # noqa: DTZ001 -- naive is the point
        ("a", datetime(2023, 8, 8, microsecond=1, tzinfo=UTC), "phải tròn giây"),
    ],
)
def test_what_could_not_be_read_back_is_refused(uid: str, moment: datetime, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        OccurrenceKey(uid, moment)
