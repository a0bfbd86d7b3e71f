"""Addresses of the calendars that people subscribe to; part of "events"."""

from django.urls import path

from events.views import feed_files

urlpatterns = [
    path("feeds/all.ics", feed_files.filter_feed, name="all-feed"),
    path("feeds/filter.ics", feed_files.filter_feed, name="filter-feed"),
    path("feeds/area/<slug:slug>.ics", feed_files.area_feed, name="area-feed"),
    path("feeds/area/<slug:slug>/alone.ics", feed_files.area_alone_feed, name="area-alone-feed"),
    path("feeds/unit/<str:code>.ics", feed_files.named_feed("unit"), name="unit-feed"),
    path("feeds/team/<str:code>.ics", feed_files.named_feed("team"), name="team-feed"),
    path("feeds/venue/<str:code>.ics", feed_files.named_feed("venue"), name="venue-feed"),
    path("feeds/campaign/<str:code>.ics", feed_files.named_feed("campaign"), name="campaign-feed"),
    path("feeds/kind/<str:code>.ics", feed_files.named_feed("kind"), name="kind-feed"),
    path("feeds/theme/<str:code>.ics", feed_files.named_feed("theme"), name="theme-feed"),
    path("feeds/audience/<str:code>.ics", feed_files.named_feed("audience"), name="audience-feed"),
    path("feeds/private/<str:token>.ics", feed_files.private_feed, name="private-feed"),
]
