"""Addresses of areas and venues."""

from django.urls import path

from venues import views

app_name = "venues"
urlpatterns = [
    path("areas.json", views.areas, name="areas"),
    path("places.json", views.places, name="places"),
]
