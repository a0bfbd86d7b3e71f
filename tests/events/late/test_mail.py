"""Who is told of a late change by e-mail: once, alone, and only whose calendar does not know."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from events import planning
from events.late_mail import letters_due, tell_people
from events.models import Activity, Status, Subscription, UrgentChange, UrgentNotice
from events.planning.subscriptions import revoke_subscription
from tests.events.late.makers import make_link, make_soon, minutes_later
from tests.factories import make_area, make_unit, make_user
from units.models import Role, User

pytestmark = pytest.mark.django_db

FAULTS: dict[str, Exception] = {}  # by receiver, for the backend below


class FaultyBackend(EmailBackend):
    """A mail server that refuses some."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to[0] in FAULTS:
                raise FAULTS[message.to[0]]
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def faulty_server(settings: Any) -> None:
    FAULTS.clear()
    settings.EMAIL_BACKEND = f"{FaultyBackend.__module__}.{FaultyBackend.__qualname__}"


def person(name: str, **fields: Any) -> User:
    return make_user(name, **({"role": Role.VIEWER, "email": f"{name.lower()}@so.vn"} | fields))


def call_off(activity: Activity) -> UrgentChange:
    """Cancel it, as the only change to be told of."""
    UrgentChange.objects.all().delete()
    version = Activity.objects.get(pk=activity.pk).version
    planning.set_status(uid=activity.uid, version=version, status=Status.CANCELLED, reason="Mưa lớn", by=None)
    return UrgentChange.objects.get()


def told() -> list[list[str]]:
    return [message.to for message in mail.outbox]


def test_each_is_told_alone_five_minutes_later_and_once() -> None:
    for name in ("Alice", "Bob"):
        make_link(person(name))
    call_off(make_soon())
    assert tell_people(now=minutes_later(4)) == 0
    assert tell_people(now=minutes_later(6)) == 2
    assert tell_people(now=minutes_later(30)) == 0
    assert sorted(told()) == [["alice@so.vn"], ["bob@so.vn"]]
    letter = mail.outbox[0]
    assert (letter.subject, letter.cc, letter.bcc) == ("HUỶ: Đêm văn nghệ chào mừng Ngày ASEAN", [], [])
    assert "bob" not in f"{letter.body}{letter.message()}".lower()
    assert letter.extra_headers["List-Unsubscribe"] == "<http://testserver/feeds/mine/>"
    assert UrgentNotice.objects.exclude(sent_at=None).count() == 2


def test_several_changes_and_several_links_make_one_letter() -> None:
    alice = person("Alice")
    for name in ("Điện thoại", "Máy tính"):
        make_link(alice, name)
    first, second = make_soon(), make_soon(5)
    call_off(first)
    version = Activity.objects.get(pk=second.pk).version
    planning.set_status(uid=second.uid, version=version, status=Status.POSTPONED, reason="", by=None)
    assert tell_people(now=minutes_later(6)) == 1
    assert [message.subject for message in mail.outbox] == ["2 thay đổi sát giờ trong lịch tuyên truyền"]
    body = str(mail.outbox[0].body)
    assert [body.count(word) for word in ("HUỶ:", "HOÃN:", "«Điện thoại»", "«Máy tính»")] == [1, 1, 1, 1]


def test_a_slip_that_was_undone_is_told_to_nobody() -> None:
    make_link(person("Alice"))
    activity = make_soon()
    call_off(activity)
    planning.undo_step(campaign_id=activity.campaign_id, by=None)
    assert (tell_people(now=minutes_later(6)), letters_due(now=minutes_later(6)), mail.outbox) == (0, [], [])


def no_mail(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(wants_mail=False)


def no_address(link: Subscription) -> None:
    User.objects.filter(pk=link.owner_id).update(email="")


def inactive(link: Subscription) -> None:
    User.objects.filter(pk=link.owner_id).update(is_active=False)


def revoked(link: Subscription) -> None:
    revoke_subscription(pk=link.pk, by=link.owner)


def fetched_since(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(last_fetched_at=minutes_later(1))


def made_since(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(created_at=minutes_later(1))


def other_area(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(query=f"area={make_area().slug}")


def gone_area(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(query="area=khong-con")


def deadlines_only(link: Subscription) -> None:
    Subscription.objects.filter(pk=link.pk).update(query="deadlines=report")


@pytest.mark.parametrize(
    "spoil",
    [no_mail, no_address, inactive, revoked, fetched_since, made_since, other_area, gone_area, deadlines_only],
)
def test_who_needs_no_letter_gets_none(spoil: Callable[[Subscription], None]) -> None:
    link = make_link(person("Alice"))
    call_off(make_soon())
    spoil(link)
    assert tell_people(now=minutes_later(6)) == 0
    assert mail.outbox == []


def test_an_earlier_fetch_does_not_count() -> None:
    link = make_link(person("Alice"))
    Subscription.objects.filter(pk=link.pk).update(last_fetched_at=timezone.now() - timedelta(minutes=1))
    call_off(make_soon())
    assert tell_people(now=minutes_later(6)) == 1
    assert "lần tải gần nhất" in str(mail.outbox[0].body)


def test_nobody_is_told_of_what_they_may_not_see() -> None:
    """Not public: members see it, an account without a role does not. A scope by status hides no cancellation."""
    make_link(person("Khach", role=None))
    make_link(person("Alice"), query="status=confirmed")
    call_off(make_soon(is_public=False))
    tell_people(now=minutes_later(6))
    assert told() == [["alice@so.vn"]]


def test_what_is_over_and_what_is_a_day_old_is_not_told() -> None:
    make_link(person("Alice"))
    call_off(make_soon(1, lead_unit_id=make_unit().pk))
    assert letters_due(now=minutes_later(60 * 4)) == []
    UrgentChange.objects.update(at=timezone.now() - timedelta(hours=25))
    assert letters_due(now=timezone.now()) == []


def test_a_server_that_does_not_answer_is_asked_again_and_nobody_is_lost() -> None:
    for name in ("Alice", "Bob"):
        make_link(person(name))
    call_off(make_soon())
    FAULTS["alice@so.vn"] = ConnectionRefusedError()
    assert tell_people(now=minutes_later(6)) == 0
    assert list(UrgentNotice.objects.values_list("fault", "sent_at")) == [("unreachable", None)]
    FAULTS.clear()
    assert tell_people(now=minutes_later(8)) == 1  # Alice's was taken up two minutes ago
    assert tell_people(now=minutes_later(17)) == 1
    assert sorted(told()) == [["alice@so.vn"], ["bob@so.vn"]]
    assert UrgentNotice.objects.filter(fault="", sent_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "login"),
        (smtplib.SMTPRecipientsRefused({"alice@so.vn": (550, b"no such user")}), "refused"),
        (smtplib.SMTPServerDisconnected(), "unreachable"),
        (UnicodeEncodeError("ascii", "ă", 0, 1, "no"), "refused"),
    ],
)
def test_a_fault_is_kept_as_a_kind_and_never_with_an_address(error: Exception, fault: str) -> None:
    make_link(person("Alice"))
    call_off(make_soon())
    FAULTS["alice@so.vn"] = error
    tell_people(now=minutes_later(6))
    assert UrgentNotice.objects.get().fault == fault


def test_a_crash_in_the_middle_neither_loses_nor_repeats() -> None:
    for name in ("Alice", "Bob", "Cuong"):
        make_link(person(name))
    call_off(make_soon())
    FAULTS["bob@so.vn"] = KeyboardInterrupt()  # type: ignore[assignment]  # the worker is stopped while it sends
    with pytest.raises(KeyboardInterrupt):
        tell_people(now=minutes_later(6))
    FAULTS.clear()
    assert tell_people(now=minutes_later(7)) == 1
    assert tell_people(now=minutes_later(17)) == 1
    assert told() == [["alice@so.vn"], ["cuong@so.vn"], ["bob@so.vn"]]


def test_the_same_letter_has_the_same_name_for_mail_servers() -> None:
    make_link(person("Alice"))
    call_off(make_soon())
    for minutes in (6, 20):
        tell_people(now=minutes_later(minutes))
        UrgentNotice.objects.update(sent_at=None)  # as if the worker had died before it could note it
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second
