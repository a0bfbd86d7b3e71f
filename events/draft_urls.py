"""Addresses of draft plans and of repairs; part of `events.urls`."""

from django.urls import path

from events.views import branch_editing, branches, repairs

urlpatterns = [
    path("activities/<str:uid>/repair/", repairs.repair, name="activity-repair"),
    path("campaigns/<slug:code>/drafts/", branches.branches, name="branches"),
    path("drafts/<int:branch>/", branches.branch, name="branch"),
    path("drafts/<int:branch>/release/", branches.release, name="branch-release"),
    path("drafts/<int:branch>/discard/", branches.discard, name="branch-discard"),
    path("drafts/<int:branch>/activities/plan/", branch_editing.plan_in_branch, name="branch-plan"),
    path("drafts/<int:branch>/activities/<str:uid>/edit/", branch_editing.edit_in_branch, name="branch-edit"),
    path("drafts/<int:branch>/activities/<str:uid>/drop/", branches.drop, name="branch-drop"),
    path("drafts/<int:branch>/activities/<str:uid>/forget/", branches.forget, name="branch-forget"),
    path("drafts/<int:branch>/activities/<str:uid>/keep/", branches.keep, name="branch-keep"),
]
