"""Django's admin with the product's own site; stands in for `django.contrib.admin` among the applications."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Makes `admin.site` the product's own."""

    default_site = "units.admin_site.StaffAdminSite"
