"""Addresses of the head and foot that units keep for their papers."""

from django.urls import path

from events.views import document_forms

urlpatterns = [
    path("print/forms/", document_forms.units, name="document-form-units"),
    path("print/forms/<str:unit>/", document_forms.unit_forms, name="document-forms"),
    path("print/forms/<str:unit>/<slug:kind>/", document_forms.edit_form, name="document-form"),
    path("print/forms/<str:unit>/<slug:kind>/restore/", document_forms.restore_form, name="document-form-restore"),
]
