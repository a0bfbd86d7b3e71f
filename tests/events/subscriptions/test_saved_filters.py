"""Filters of the calendar that people keep under a name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from events.models import SavedFilter, Subscription
from events.planning import saved_filters
from events.planning.saved_filters import change_filter, delete_filter, save_filter
from tests.events.late.makers import make_link
from tests.factories import make_user
from units.models import AuditEntry, Role, User

pytestmark = pytest.mark.django_db

QUERY = "kind=exhibition"


@pytest.fixture
def alice() -> User:
    return make_user("Alice", role=Role.VIEWER)


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_saving_twice_keeps_one_and_another_filter_of_that_name_is_refused(alice: User) -> None:
    assert save_filter(name="Triển lãm", query=QUERY, by=alice) == save_filter(name=" Triển lãm", query=QUERY, by=alice)
    with pytest.raises(ValidationError):
        save_filter(name="Triển lãm", query="", by=alice)
    assert save_filter(name="Triển lãm", query="", by=make_user("Bob")).query == ""
    verbs = list(AuditEntry.objects.filter(subject_type="events.savedfilter").values_list("verb", flat=True))
    assert verbs == ["save filter"] * 2


def test_fifty_are_the_most(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_filters, "MOST_FILTERS", 1)
    save_filter(name="1", query="", by=alice)
    with pytest.raises(ValidationError):
        save_filter(name="2", query="", by=alice)


def test_a_filter_is_renamed_and_says_something_else(alice: User) -> None:
    kept = save_filter(name="Triển lãm", query=QUERY, by=alice)
    save_filter(name="Khác", query="", by=alice)
    change_filter(pk=kept.pk, name="Trưng bày", query="kind=training", by=alice)
    change_filter(pk=kept.pk, name="Trưng bày", by=alice)
    assert SavedFilter.objects.filter(name="Trưng bày", query="kind=training").count() == 1
    with pytest.raises(ValidationError):
        change_filter(pk=kept.pk, name="Khác", by=alice)
    with pytest.raises(ValidationError):
        change_filter(pk=kept.pk, name="Của tôi", by=make_user("Bob"))
    assert AuditEntry.objects.filter(verb="change filter").count() == 1


def test_links_keep_what_a_deleted_filter_said(alice: User) -> None:
    kept = save_filter(name="Triển lãm", query=QUERY, by=alice)
    make_link(alice, saved_filter_id=kept.pk)
    delete_filter(pk=kept.pk, by=alice)
    link = Subscription.objects.get()
    assert (link.query, link.saved_filter, SavedFilter.objects.count()) == (QUERY, None, 0)
    with pytest.raises(ValidationError):
        delete_filter(pk=kept.pk, by=alice)


def test_the_filter_of_the_calendar_is_kept_and_offered_there(browser: Client) -> None:
    page = browser.get(f"/calendar/?{QUERY}").content.decode()
    assert page.count(f'href="/feeds/filters/save/?{QUERY}"') == 1
    assert browser.get(f"/feeds/filters/save/?{QUERY}").context["form"].initial["name"] == "Loại hoạt động: Triển lãm"
    answer = browser.post(f"/feeds/filters/save/?{QUERY}", {"name": "Trưng bày"})
    assert (answer.status_code, SavedFilter.objects.get().query) == (302, QUERY)
    assert browser.get("/calendar/").content.decode().count(f'&amp;{QUERY}">Trưng bày</a>') == 1
    assert browser.post("/feeds/filters/save/", {"name": "Trưng bày"}).status_code == 200


def test_a_visitor_is_offered_to_subscribe_and_nothing_to_keep(client: Client) -> None:
    page = client.get(f"/calendar/?{QUERY}").content.decode()
    assert ("/feeds/filters/" in page, f'href="/feeds/?{QUERY}">Đăng ký theo dõi bộ lọc này' in page) == (False, True)


def test_a_filter_is_renamed_and_deleted_on_pages_and_its_links_named_before(browser: Client, alice: User) -> None:
    kept = save_filter(name="Triển lãm", query=QUERY, by=alice)
    make_link(alice, "Máy bàn", saved_filter_id=kept.pk)
    save_filter(name="Khác", query="", by=alice)
    assert browser.post(f"/feeds/filters/{kept.pk}/", {"name": "Khác"}).status_code == 200
    assert browser.post(f"/feeds/filters/{kept.pk}/", {"name": "Trưng bày"}).status_code == 302
    assert "Máy bàn" in browser.get(f"/feeds/filters/{kept.pk}/delete/").content.decode()
    assert browser.post(f"/feeds/filters/{kept.pk}/delete/").status_code == 302
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Khác"]


def test_a_link_that_follows_a_filter_is_made_from_it(browser: Client, alice: User) -> None:
    kept = save_filter(name="Triển lãm", query=QUERY, by=alice)
    form = browser.get(f"/feeds/mine/new/?saved={kept.pk}").context["form"]
    assert (form.initial["holds"], form.initial["name"]) == (f"filter:{kept.pk}", "Triển lãm")


def test_charlie_reaches_no_filter_of_alice(alice: User) -> None:
    kept, client = save_filter(name="Triển lãm", query=QUERY, by=alice), Client()
    client.force_login(make_user("Charlie", role=Role.ADMINISTRATOR))
    paths = (f"/feeds/filters/{kept.pk}/", f"/feeds/filters/{kept.pk}/delete/")
    assert [client.post(path, {"name": "x"}).status_code for path in paths] == [404, 404]
