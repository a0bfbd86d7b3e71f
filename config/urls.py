"""Every address of the product: each app's own table, in one place."""

from django.contrib import admin
from django.urls import include, path

from config.health import favicon, healthz

urlpatterns = [
    path("", include("events.urls")),
    path("", include("venues.urls")),
    path("", include("visuals.urls")),
    path("", include("mobile_teams.urls")),
    path("", include("maps.urls")),
    path("", include("units.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
