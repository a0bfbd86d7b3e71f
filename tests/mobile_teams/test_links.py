from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Status
from mobile_teams.links import activity_links
from mobile_teams.planning import save_tour
from tests.factories import make_activity, make_campaign, make_planner
from tests.mobile_teams.makers import make_show, make_team, make_tour, plan_tour
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db


def test_a_stop_links_to_its_tour(client: Client, django_assert_num_queries: Any) -> None:
    tour = make_tour(days=(8, 9))
    show = tour.stops.all()[1].activity
    link = ("Chuyến lưu động: Chuyến chào mừng Ngày ASEAN", f"/tours/{tour.pk}/")
    with django_assert_num_queries(1):
        assert activity_links(show.uid, viewer_of(None)) == (link,)
    assert client.get(f"/activities/{show.uid}/").context["links"] == (link,)


def test_what_is_no_stop_has_no_link() -> None:
    assert activity_links(make_activity().uid, viewer_of(None)) == ()


def test_the_link_is_for_those_who_may_see_the_stop() -> None:
    team = make_team()
    show = make_show(team, campaign=make_campaign(), status=Status.DRAFT)
    save_tour(plan=plan_tour(team, show), by=None)
    found = [activity_links(show.uid, viewer) for viewer in (viewer_of(None), viewer_of(make_planner()))]
    assert [len(links) for links in found] == [0, 1]
