"""Addresses of mobile teams."""

from django.urls import path

from mobile_teams import views

app_name = "mobile_teams"

urlpatterns = [
    path("tours/", views.tours, name="tours"),
    path("tours/<int:pk>/", views.tour, name="tour"),
    path("tours/<int:pk>/route-sheet.pdf", views.route_sheet, name="route-sheet"),
]
