"""Addresses of what people do with feeds: subscribing, their own links and filters, late changes; part of "events"."""

from django.urls import path

from events.views import late_changes, saved_filters, subscribe, subscriptions

urlpatterns = [
    path("feeds/", subscribe.subscribe, name="feeds"),
    path("feeds/late-changes/", late_changes.late_changes, name="late-changes"),
    path("feeds/mine/", subscriptions.subscriptions, name="subscriptions"),
    path("feeds/mine/new/", subscriptions.create, name="subscription-create"),
    path("feeds/mine/<int:pk>/", subscriptions.change, name="subscription-change"),
    path("feeds/mine/<int:pk>/rotate/", subscriptions.rotate, name="subscription-rotate"),
    path("feeds/mine/<int:pk>/revoke/", subscriptions.revoke, name="subscription-revoke"),
    path("feeds/filters/save/", saved_filters.save, name="filter-save"),
    path("feeds/filters/<int:pk>/", saved_filters.change, name="filter-change"),
    path("feeds/filters/<int:pk>/delete/", saved_filters.delete, name="filter-delete"),
]
