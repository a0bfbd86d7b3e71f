"""Addresses of visual displays."""

from django.urls import path

from visuals import views

app_name = "visuals"

urlpatterns = [
    path("postings/", views.postings, name="postings"),
]
