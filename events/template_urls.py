"""Addresses of the Word templates that units keep."""

from django.urls import path

from events.views import office_templates

urlpatterns = [
    path("print/templates/", office_templates.template_units, name="office-template-units"),
    path("print/own-templates/<slug:kind>.docx", office_templates.own_template, name="own-template"),
    path("print/templates/<str:unit>/", office_templates.unit_templates, name="office-templates"),
    path(
        "print/templates/<str:unit>/<slug:kind>.docx",
        office_templates.download_template,
        name="office-template",
    ),
    path(
        "print/templates/<str:unit>/<slug:kind>/remove/",
        office_templates.remove_template,
        name="office-template-remove",
    ),
]
