"""Addresses of conflicts, papers and mourning; part of the namespace "events"."""

from django.urls import path

from events.views import conflicts, legal

urlpatterns = [
    path("campaigns/<slug:code>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("campaigns/<slug:code>/conflicts/print/", conflicts.conflicts_pdf, name="conflicts-print"),
    path("campaigns/<slug:code>/conflicts/accept/", conflicts.accept, name="conflict-accept"),
    path("campaigns/<slug:code>/conflicts/<int:accepted>/withdraw/", conflicts.withdraw, name="acceptance-withdraw"),
    path("activities/<str:uid>/notices/", legal.notice, name="notice-record"),
    path("mourning/", legal.mourning, name="mourning"),
    path("mourning/<int:period>/print/", legal.mourning_pdf, name="mourning-print"),
]
