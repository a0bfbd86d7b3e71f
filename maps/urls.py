"""Addresses of maps."""

from django.urls import URLPattern, URLResolver, path

from maps import views

app_name = "maps"

urlpatterns: list[URLPattern | URLResolver] = [
    path("map/", views.map_page, name="map"),
    path("map/base.json", views.base, name="base"),
    path("map/layers/<str:name>.geojson", views.layer, name="layers"),
]
