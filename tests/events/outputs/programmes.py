"""Entries and whole programmes made by hand, without a database."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE, Interval, local_midnight
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, expand, first_match, to_rrule
from events.programme.entries import AreaLabel, EntryFacts, EntryPlace, Label, Programme, ProgrammeEntry, Series

CHANGED = datetime(2023, 6, 1, 8, 0, tzinfo=LOCAL_ZONE)
STATUS_LABELS = {
    "draft": "Nháp",
    "tentative": "Dự kiến",
    "confirmed": "Đã duyệt",
    "postponed": "Hoãn",
    "suspended": "Tạm dừng",
    "cancelled": "Đã huỷ",
    "done": "Đã thực hiện",
}
HALL = EntryPlace(
    code="V-CL-01", name="Nhà văn hoá Cao Lộc", lon=106.76833, lat=21.8665, quality="published", area_name="Cao Lộc"
)
YARD = EntryPlace(code="V-CL-02", name="Sân vận động", lon=None, lat=None, quality="none", area_name="Cao Lộc")
CAO_LOC = AreaLabel(code="183", slug="huyen-cao-loc", name="Huyện Cao Lộc", level="district")


def at(day: int = 8, *, month: int = 8, hour: int = 19, minute: int = 30) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=LOCAL_ZONE)


def make_entry(
    start: datetime | None = None, *, hours: float = 2, uid: str = "a1@pano", **changes: object
) -> ProgrammeEntry:
    """Return a confirmed exhibition in Cao Lộc on 8 August 2023 at 19h30, but for what is said otherwise."""
    begin = start or at()
    facts = EntryFacts(
        code="TL-01",
        title="Triển lãm ảnh ASEAN",
        kind="exhibition",
        kind_label="Triển lãm",
        all_day=False,
        places=(HALL,),
        area=CAO_LOC,
        unit=Label(code="TTVH-CL", name="Trung tâm Văn hóa huyện Cao Lộc"),
        coordinating=(Label(code="VHTT-CL", name="Phòng Văn hóa và Thông tin"),),
        resources=(),
        campaign=Label(code="asean-2023", name="Tuyên truyền ASEAN 2023"),
        themes=(Label(code="ND1", name="Cộng đồng ASEAN"),),
        audiences=(),
        colour="#9c1c1b",
        description="Trưng bày 60 ảnh.",
        notes="Gọi ông Bảy 0912345678",
        quantity="60 ảnh",
        is_public=True,
        is_recurring=False,
        sequence=0,
        last_modified=CHANGED,
        url="/activities/a1@pano/",
    )
    entry = ProgrammeEntry(
        key=OccurrenceKey(uid, begin),
        interval=Interval(begin, begin + timedelta(hours=hours)),
        status="confirmed",
        status_label="Đã duyệt",
        title=facts.title,
        facts=facts,
    )
    return entry.changed(**changes)


def make_days(first: date, days: int, **changes: object) -> ProgrammeEntry:
    """Return an all-day entry of so many days."""
    return make_entry(local_midnight(first), hours=24 * days, all_day=True, **changes)  # type: ignore[arg-type]


TEXT = st.text(max_size=60).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))
PLACES = st.lists(st.sampled_from([HALL, YARD]), max_size=2, unique=True).map(tuple)
RULES = st.sampled_from(
    [
        Recurrence(freq=Frequency.WEEKLY, count=6),
        Recurrence(freq=Frequency.WEEKLY, interval=2, until=date(2023, 11, 30)),
        Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 15), until=date(2023, 12, 31)),
        Recurrence(freq=Frequency.DAILY, count=9),
        None,
    ]
)


@st.composite
def activities(draw: st.DrawFn, *, uid: str) -> tuple[list[ProgrammeEntry], Series | None]:
    """One activity: any part of a series, some of it moved, renamed or called off, or a single date."""
    all_day = draw(st.booleans())
    begin = local_midnight(date(2023, 5, 1) + timedelta(days=draw(st.integers(0, 200))))
    begin += timedelta() if all_day else timedelta(minutes=draw(st.integers(0, 1439)))
    length = timedelta(days=draw(st.integers(1, 40))) if all_day else timedelta(minutes=draw(st.integers(1, 3000)))
    rule = draw(RULES)
    starts: tuple[datetime, ...] = (begin,)
    if rule is not None:
        begin = first_match(rule, begin)
        starts = expand(rule, begin)
    extra = {begin + timedelta(days=each) for each in draw(st.sets(st.integers(-20, 60), max_size=3))}
    text = None if rule is None else to_rrule(rule, begin, all_day=all_day)
    kept = draw(st.sets(st.sampled_from(sorted({*starts, *extra})), min_size=1))
    title, places = draw(TEXT), draw(PLACES)
    entries = []
    for start in sorted(kept):
        shift = timedelta(days=draw(st.sampled_from([0, 0, 0, 3, -40])))
        status = draw(st.sampled_from(["confirmed", "confirmed", *STATUS_LABELS]))
        entry = make_entry(start, uid=uid, all_day=all_day, status=status, status_label=STATUS_LABELS[status])
        moved = Interval(start + shift, start + shift + length)
        own = {"title": title, "places": places, "interval": moved, "description": draw(TEXT)}
        entries.append(entry.changed(is_recurring=rule is not None or bool(extra), **own))
    series = Series(
        uid=uid,
        start=begin,
        end=begin + length,
        all_day=all_day,
        rrule=text,
        rule_dates=starts,
        extra_dates=tuple(sorted(extra)),
    )
    return entries, draw(st.sampled_from([series, None])) if rule is None else series


@st.composite
def made_up_programmes(draw: st.DrawFn) -> Programme:
    """Up to three activities, whole or in part."""
    made = [draw(activities(uid=f"a{number}@pano")) for number in range(draw(st.integers(0, 3)))]
    entries = [entry for each, _ in made for entry in each]
    return Programme.of(entries, series=[series for _, series in made if series is not None])
