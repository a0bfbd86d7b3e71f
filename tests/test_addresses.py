"""Every address of the product, by the resolver, with what each kind of person gets there; none may be left out.

All who sign in are marked as staff of the admin here: the mark opens the admin's door and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from typing import Final

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from events.models import (
    AcceptedWarning,
    Activity,
    ActivityKind,
    MourningPeriod,
    PlanBranch,
    SavedFilter,
    Subscription,
)
from events.planning.saved_filters import save_filter
from mobile_teams.models import Tour
from tests.events.almanac.makers import make_almanac_rows
from tests.events.late.makers import make_link
from tests.events.legal_makers import make_legal_rows
from tests.events.planning.branch_makers import make_branch
from tests.factories import make_activity, make_campaign, make_face, make_space, make_unit, make_user, whole_days
from tests.mobile_teams.makers import make_road, make_tour, make_vehicle
from units.models import Role, Unit, User
from visuals.commands import PostingPlan
from visuals.planning import save_postings

pytestmark = pytest.mark.django_db

# alice plans in the district of the activity, carol in another one.
PEOPLE: Final = ("visitor", "viewer", "member", "alice", "carol", "planner", "administrator")
PLACE: Final = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")
READ: Final = ("200 " * 7, "405 " * 7)  # an answer a person, first to GET, then to an empty POST
FEED_OF_NOTHING: Final = ("404 " * 7, "405 " * 7)  # the code is a campaign's
FILE_OF_PLANNERS: Final = ("302 403 403 200 200 200 200", "405 " * 7)
FILE_OF_STAFF: Final = ("302 403 403 200 200 200 200", "302 403 403 405 405 405 405")
SENT_BY_PLANNERS: Final = ("302 403 403 405 405 405 405", "302 403 403 302 302 302 302")
FORM_OF_PLANNERS: Final = ("302 403 403 200 200 200 200",) * 2
FORM_OF_THE_DISTRICT: Final = ("302 403 403 200 403 200 200",) * 2
SIGNED_IN: Final = ("302 200 200 200 200 200 200",) * 2
LINK_OF_THE_VIEWER: Final = ("302 200 404 404 404 404 404",) * 2  # an administrator ends it on the admin's page
READ_BY_STAFF: Final = ("302 200 200 200 200 200 200", "302 405 405 405 405 405 405")
OWN_BATCH_READ: Final = ("302 404 404 404 404 404 404", "302 405 405 405 405 405 405")
READ_SIGNED_IN: Final = ("302 200 200 200 200 200 200", "302 405 405 405 405 405 405")
ADDRESSES: Final = {
    "events:home": READ,
    "events:calendar": READ,
    "events:entries": READ,
    "events:activities": ("302 " * 7, "405 " * 7),
    "events:activity-plan": FORM_OF_PLANNERS,
    "events:dates": FILE_OF_PLANNERS,
    "events:activity": READ,
    "events:activity-edit": FORM_OF_THE_DISTRICT,
    "events:activity-cancel": FORM_OF_THE_DISTRICT,
    "events:activity-delete": FORM_OF_THE_DISTRICT,
    "events:activity-status": ("302 403 403 405 405 405 405", "302 403 403 200 403 200 200"),
    "events:occurrence-move": FORM_OF_THE_DISTRICT,
    "events:occurrence-cancel": FORM_OF_THE_DISTRICT,
    "events:occurrence-restore": ("302 403 403 405 405 405 405", "302 403 403 200 403 200 200"),
    "events:occurrence-edit": FORM_OF_THE_DISTRICT,
    "events:date-readd": ("302 403 403 405 405 405 405", "302 403 403 302 403 302 302"),
    "events:bulk": ("302 403 403 302 302 302 302",) * 2,
    "events:version-restore": FORM_OF_THE_DISTRICT,
    "events:campaign-archive": ("302 403 403 403 403 200 200", "302 403 403 403 403 302 302"),
    "events:rollover": FORM_OF_PLANNERS,
    "events:campaign-steps": FILE_OF_STAFF,
    "events:step-undo": ("302 403 403 200 200 200 200", "302 403 403 302 302 302 302"),
    "events:step-redo": ("302 403 403 302 302 302 302",) * 2,
    "events:activity-repair": ("302 403 403 405 405 405 405", "302 403 403 302 403 302 302"),
    "events:branches": FORM_OF_PLANNERS,
    "events:branch": FILE_OF_STAFF,
    "events:branch-release": FORM_OF_PLANNERS,
    "events:branch-discard": ("302 403 403 200 200 200 200", "302 403 403 302 302 302 302"),
    "events:branch-plan": FORM_OF_PLANNERS,
    "events:branch-edit": FORM_OF_THE_DISTRICT,
    "events:branch-drop": SENT_BY_PLANNERS,
    "events:branch-forget": SENT_BY_PLANNERS,
    "events:branch-keep": SENT_BY_PLANNERS,
    "events:almanac": READ,
    "events:conflicts": READ_BY_STAFF,
    "events:conflicts-print": READ_BY_STAFF,
    "events:conflict-accept": ("302 403 403 405 405 405 405", "302 403 403 302 302 302 302"),
    "events:acceptance-withdraw": ("302 403 403 405 405 405 405", "302 403 403 403 403 302 302"),
    "events:notice-record": ("302 403 403 405 405 405 405", "302 403 403 302 403 302 302"),
    "events:mourning": ("302 403 403 403 403 200 200",) * 2,
    "events:mourning-print": ("302 403 403 403 403 200 200", "302 403 403 405 405 405 405"),
    "events:feeds": READ,
    "events:area-feed": READ,
    "events:area-alone-feed": READ,
    "events:all-feed": READ,
    "events:filter-feed": READ,
    "events:unit-feed": FEED_OF_NOTHING,
    "events:team-feed": FEED_OF_NOTHING,
    "events:venue-feed": FEED_OF_NOTHING,
    "events:campaign-feed": READ,
    "events:kind-feed": FEED_OF_NOTHING,
    "events:theme-feed": FEED_OF_NOTHING,
    "events:audience-feed": FEED_OF_NOTHING,
    "events:private-feed": FEED_OF_NOTHING,
    "events:late-changes": ("302 403 403 200 200 200 200", "302 403 403 405 405 405 405"),
    "events:subscriptions": READ_SIGNED_IN,
    "events:subscription-create": SIGNED_IN,
    "events:subscription-change": LINK_OF_THE_VIEWER,
    "events:subscription-rotate": LINK_OF_THE_VIEWER,
    "events:subscription-revoke": ("302 200 404 404 404 404 404", "302 302 404 404 404 404 404"),
    "events:filter-save": SIGNED_IN,
    "events:filter-change": LINK_OF_THE_VIEWER,
    "events:filter-delete": ("302 200 404 404 404 404 404", "302 302 404 404 404 404 404"),
    "events:office-template-units": ("302 403 403 302 302 200 200", "302 403 403 405 405 405 405"),
    "events:office-templates": FORM_OF_THE_DISTRICT,
    "events:office-template": ("302 403 403 404 403 404 404", "302 403 403 405 405 405 405"),
    "events:office-template-remove": ("302 403 403 405 405 405 405", "302 403 403 302 403 302 302"),
    "events:own-template": FILE_OF_STAFF,
    "events:print": READ,
    "events:area-print": READ,
    "events:document": READ,
    "events:document-docx": READ,
    "events:document-html": READ,
    "events:document-txt": READ,
    "events:document-xlsx": READ,
    "events:document-form-units": ("302 403 403 302 302 200 200", "302 403 403 405 405 405 405"),
    "events:document-forms": ("302 403 403 200 403 200 200", "302 403 403 405 405 405 405"),
    "events:document-form": FORM_OF_THE_DISTRICT,
    "events:document-form-restore": ("302 403 403 200 403 200 200", "302 403 403 302 403 302 302"),
    "events:batches": ("302 200 200 200 200 200 200", "302 400 400 400 400 400 400"),
    "events:batch": OWN_BATCH_READ,
    "events:batch-progress": OWN_BATCH_READ,
    "events:batch-pack": OWN_BATCH_READ,
    "events:batch-part": OWN_BATCH_READ,
    "events:batch-cancel": ("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "events:import": FORM_OF_PLANNERS,
    "events:import-confirm": ("405 " * 7, "302 403 403 404 404 404 404"),
    "events:calendar-import": FORM_OF_PLANNERS,
    "events:calendar-import-show": ("302 403 403 404 404 404 404", "405 " * 7),
    "events:calendar-import-progress": ("302 403 403 404 404 404 404", "405 " * 7),
    "events:calendar-import-save": ("405 " * 7, "302 403 403 404 404 404 404"),
    "events:calendar-import-retry": ("405 " * 7, "302 403 403 404 404 404 404"),
    "events:calendar-import-discard": ("405 " * 7, "302 403 403 404 404 404 404"),
    "events:template": FILE_OF_PLANNERS,
    "events:plan-export": FILE_OF_PLANNERS,
    "events:design": READ,
    "events:campaigns": READ,
    "events:campaign": READ,
    "venues:areas": READ,
    "venues:places": READ,
    "mobile_teams:tours": READ,
    "mobile_teams:tour": READ,
    "mobile_teams:route-sheet": READ,
    "maps:map": READ,
    "maps:base": READ,
    "maps:layers": READ,
    "units:login": ("200 " * 7,) * 2,
    "units:logout": ("405 " * 7, "302 " * 7),
    "visuals:postings": READ,
    "set_language": ("302 " * 7,) * 2,
    "healthz": ("200 " * 7,) * 2,
    "favicon": ("302 " * 7,) * 2,
    "admin:index": SIGNED_IN,
    "admin:login": ("200 302 302 302 302 302 302", "200 " * 7),
    "admin:logout": ("302 405 405 405 405 405 405", "302 " * 7),
    "admin:password_change": SIGNED_IN,
    "admin:password_change_done": READ_SIGNED_IN,
    "admin:autocomplete": ("302 403 403 403 403 403 403", "302 405 405 405 405 405 405"),
    "admin:jsi18n": READ_SIGNED_IN,
    "admin:view_on_site": ("302 404 404 404 404 404 404",) * 2,
    "admin:app_list": SIGNED_IN,
    "admin:(?P<url>.*)$": ("302 404 404 404 404 404 404",) * 2,
}

NOBODY: Final = ("302 403 403 403 403 403 403",) * 2
ADMINISTRATOR: Final = ("302 403 403 403 403 403 200",) * 2
ADMINISTRATOR_READS: Final = ("302 403 403 403 403 403 200", "302 403 403 403 403 403 403")
ANY_ROLE: Final = ("302 200 200 200 200 200 200",) * 2
ANY_ROLE_READS: Final = ("302 200 200 200 200 200 200", "302 403 403 403 403 403 403")
ONWARDS: Final = ("302 " * 7,) * 2  # from the row to its page
RECORD: Final = {  # reference tables: administrators write them
    "changelist": ADMINISTRATOR,
    "add": ADMINISTRATOR,
    "history": ADMINISTRATOR,
    "delete": ADMINISTRATOR,
    "change": ADMINISTRATOR,
}
CREW: Final = RECORD | {"delete": NOBODY}  # plans name them
TRAIL: Final = RECORD | {  # administrators read it, nobody writes it here
    "add": NOBODY,
    "delete": NOBODY,
    "change": ADMINISTRATOR_READS,
}
PLAN: Final = {  # every role reads it; it is written on pages of the product
    "changelist": ANY_ROLE,
    "add": NOBODY,
    "history": ANY_ROLE,
    "delete": NOBODY,
    "change": ANY_ROLE_READS,
}
TABLES: Final = {
    "units_unit": RECORD, "units_user": RECORD, "units_membership": RECORD, "units_auditentry": TRAIL,
    "venues_area": RECORD, "venues_venue": RECORD, "venues_displaysite": RECORD, "venues_space": RECORD,
    "venues_face": RECORD, "venues_resource": TRAIL, "venues_roadnode": RECORD, "venues_roadedge": RECORD,
    "events_activity": PLAN, "events_campaign": PLAN, "events_occurrence": TRAIL, "events_booking": TRAIL,
    "visuals_slogan": TRAIL, "visuals_posting": TRAIL,
    "venues_closure": RECORD, "venues_openinghours": RECORD, "venues_quietplace": RECORD,
    "events_festival": RECORD, "events_festivaldate": RECORD, "events_observance": RECORD, "events_dayoff": RECORD,
    "events_mourningperiod": RECORD,
    "events_figure": RECORD, "events_leadtime": RECORD, "events_kindtrait": RECORD,
    "events_subscription": TRAIL, "events_notice": TRAIL, "events_acceptedwarning": TRAIL,
    "mobile_teams_team": CREW, "mobile_teams_vehicle": CREW, "mobile_teams_tour": TRAIL,
    "django_tasks_database_dbtaskresult": TRAIL,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A tour with one public evening, and a signed-in browser for each person."""

    tour: Tour
    activity: Activity
    branch: PlanBranch
    browsers: dict[str, Client]
    link: Subscription

    def path(self, route: str) -> str:
        """The address with its places filled in."""
        occurrence = self.activity.occurrences.get()
        known = {
            "uid": self.activity.uid,
            "unit": self.activity.lead_unit.code,
            "kind": "schedule",
            "recurrence_id": f"{occurrence.recurrence_id:%Y%m%dT%H%M%SZ}",
            "slug": self.activity.area.slug,
            "code": self.activity.campaign.code,
            "pk": str(self.key_of(route)),
            "accepted": str(AcceptedWarning.objects.get().pk),
            "period": str(MourningPeriod.objects.values_list("pk", flat=True)[0]),
            "name": "activities",
            "version": "1",
            "token": "0" * 32,
            "position": "1",
            "branch": str(self.branch.pk),
            "object_id": str(first_key(route)),
            "content_type_id": "0",
            "app_label": "events",
            "url": "khong-co",
        }
        return "/" + PLACE.sub(lambda found: known[found[1] or found[2]], route).replace("^", "").removesuffix("$")

    def key_of(self, route: str) -> int:
        """The key of the row that the address is about."""
        if route.startswith("feeds/filters/"):
            return SavedFilter.objects.get(owner=self.link.owner).pk
        return self.link.pk if route.startswith("feeds/mine/") else self.tour.pk


def first_key(route: str) -> object:
    """The key of some row of the admin table that the route belongs to."""
    app, model = [*route.removeprefix("admin/").split("/"), ""][:2]
    found = next((each for each in admin.site._registry if each._meta.label_lower == f"{app}.{model}"), None)
    return None if found is None else found._default_manager.values_list("pk", flat=True).first()


def make_rows() -> Tour:
    """One row at least of every table of the admin."""
    make_face()
    make_space()
    make_road()
    days = whole_days(date(2023, 8, 1))
    display = make_activity(kind=ActivityKind.VISUAL_DISPLAY, campaign_id=make_campaign("kh-0").pk, **days)
    banner = PostingPlan(
        code="B1", format="banner", slogan="Chào mừng", count_unit="cái", quantity=1, unit_id=make_unit().pk
    )
    save_postings(activity=display, plans=(banner,), by=None)
    DBTaskResult.objects.create(task_path="events.tasks.x", args_kwargs={}, run_after=timezone.now())
    make_vehicle()
    make_legal_rows(display)
    make_almanac_rows()
    return make_tour()


def sign_in(name: str, role: Role, unit: Unit) -> Client:
    browser = Client()
    browser.force_login(make_user(name, role=role, unit=unit, is_staff=True))
    return browser


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001 -- makes it first
    with django_db_blocker.unblock(), transaction.atomic():
        tour = make_rows()
        activity = tour.stops.get().activity
        activity.lead_unit.areas.set([activity.area])
        own, other = activity.lead_unit, make_unit()
        browsers = {
            "visitor": Client(),
            "viewer": sign_in("viewer", Role.VIEWER, other),
            "member": sign_in("member", Role.TEAM_MEMBER, own),
            "alice": sign_in("alice", Role.UNIT_PLANNER, own),
            "carol": sign_in("carol", Role.UNIT_PLANNER, other),
            "planner": sign_in("planner", Role.PROVINCIAL_PLANNER, other),
            "administrator": sign_in("administrator", Role.ADMINISTRATOR, other),
        }
        branch = make_branch(activity.campaign)
        link = make_link(User.objects.get(username="viewer"))
        save_filter(name="Triển lãm", query="kind=exhibition", by=link.owner)
        yield World(tour=tour, activity=activity, branch=branch, browsers=browsers, link=link)
        transaction.set_rollback(True)


def addresses() -> Iterator[tuple[str, str]]:
    """Every pattern below the root: its qualified name, or its own text where it has none, and its whole route."""

    def below(resolver: URLResolver, namespace: str, before: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            route = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from below(each, namespace + (f"{each.namespace}:" if each.namespace else ""), route)
            else:
                yield namespace + (each.name or route.removeprefix("admin/")), route

    yield from below(get_resolver(), "", "")


def expectation(name: str) -> tuple[str, str] | None:
    """What is stated for an address: by its own name, or by its table and action in the admin."""
    if name in ADDRESSES:
        return ADDRESSES[name]
    words = name.removeprefix("admin:")
    if words.endswith("/<path:object_id>/"):
        table = words.removesuffix("/<path:object_id>/").replace("/", "_")
        return ONWARDS if table in TABLES else None
    table, _, action = words.rpartition("_")
    return TABLES.get(table, {}).get(action)


ROUTES: Final = dict(addresses())


def test_every_address_has_its_expectation_and_none_is_left_over() -> None:
    assert [name for name in ROUTES if expectation(name) is None] == []
    assert ADDRESSES.keys() - ROUTES.keys() == set()
    assert set(TABLES) == {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}


@pytest.mark.parametrize("name", ROUTES)
def test_each_person_gets_what_is_stated(world: World, name: str) -> None:
    expected, path = expectation(name), world.path(ROUTES[name])
    got = tuple(
        " ".join(str(answer(world.browsers[person], method, path)) for person in PEOPLE) for method in ("get", "post")
    )
    assert expected is not None
    assert got == (expected[0].strip(), expected[1].strip())


def answer(browser: Client, method: str, path: str) -> int:
    """The status of one request; nothing it writes stays, and nobody is signed out by it."""
    cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
    with transaction.atomic():
        status: int = getattr(browser, method)(path).status_code
        transaction.set_rollback(True)
    browser.cookies = cookies
    return status
