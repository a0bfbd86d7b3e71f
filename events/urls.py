"""Addresses of activities: calendar, planning, feeds, print and import."""

from django.urls import path

from events import draft_urls, legal_urls
from events.views import (
    activities,
    almanac,
    bulk,
    calendar,
    campaigns,
    dates,
    design,
    editing,
    feeds,
    home,
    plans,
    printing,
    rollover,
    status,
    steps,
    versions,
)

app_name = "events"
urlpatterns = [
    path("", home.home, name="home"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/entries.json", calendar.entries, name="entries"),
    path("activities/", activities.activities, name="activities"),
    path("activities/plan/", editing.plan_activity, name="activity-plan"),
    path("activities/dates/", dates.dates, name="dates"),
    path("activities/bulk/", bulk.bulk, name="bulk"),
    path("activities/<str:uid>/", activities.activity, name="activity"),
    path("activities/<str:uid>/edit/", editing.edit_activity, name="activity-edit"),
    path("activities/<str:uid>/cancel/", status.cancel_activity, name="activity-cancel"),
    path("activities/<str:uid>/delete/", status.delete_activity, name="activity-delete"),
    path("activities/<str:uid>/status/", status.set_status, name="activity-status"),
    path("activities/<str:uid>/occurrences/<str:recurrence_id>/move/", status.move_occurrence, name="occurrence-move"),
    path(
        "activities/<str:uid>/occurrences/<str:recurrence_id>/cancel/",
        status.cancel_occurrence,
        name="occurrence-cancel",
    ),
    path(
        "activities/<str:uid>/occurrences/<str:recurrence_id>/restore/",
        status.restore_occurrence,
        name="occurrence-restore",
    ),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("activities/<str:uid>/versions/<int:version>/restore/", versions.restore, name="version-restore"),
    path("campaigns/<slug:code>/", campaigns.campaign, name="campaign"),
    path("campaigns/<slug:code>/rollover/", rollover.rollover, name="rollover"),
    path("campaigns/<slug:code>/steps/", steps.steps, name="campaign-steps"),
    path("campaigns/<slug:code>/steps/undo/", steps.undo, name="step-undo"),
    path("campaigns/<slug:code>/steps/redo/", steps.redo, name="step-redo"),
    path("almanac/", almanac.almanac, name="almanac"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/area/<slug:slug>.ics", feeds.area_feed, name="area-feed"),
    path("print/", printing.print_index, name="print"),
    path("print/area/<slug:slug>.pdf", printing.area_pdf, name="area-print"),
    path("plans/import/", plans.import_plan, name="import"),
    path("plans/import/confirm/", plans.confirm_import, name="import-confirm"),
    path("plans/template.xlsx", plans.template, name="template"),
    path("plans/<slug:code>.xlsx", plans.export_plan, name="plan-export"),
    path("design/", design.design, name="design"),
    *draft_urls.urlpatterns,
    *legal_urls.urlpatterns,
]
