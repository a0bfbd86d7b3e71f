"""Addresses of units and people."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from units.views import LoginView

app_name = "units"
urlpatterns = [
    path("login/", LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
