"""Admin pages of units, accounts, roles and the audit trail."""

from __future__ import annotations

import django.contrib.auth.admin  # noqa: F401 -- registers what is taken off below
from django.contrib import admin
from django.contrib.auth.models import Group

from units import planning
from units.forms import AccountForm
from units.models import AuditEntry, Membership, Unit, User
from venues.record_admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin

# Roles are the only source of rights, so Django's groups have no page.
admin.site.unregister(Group)


class StaffRecordAdmin(RecordAdmin):
    """Writes through the planning module of units, which asks for an administrator."""

    save_record = staticmethod(planning.save_record)
    delete_record = staticmethod(planning.delete_record)


class MembershipInline(ReadOnlyInline):
    """A person's roles, for reading; they are changed on their own page."""

    model = Membership
    fields = ("unit", "role")
    show_change_link = True


@admin.register(Unit)
class UnitAdmin(StaffRecordAdmin):
    """Units and the areas they work in."""

    list_display = ("name", "code", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "code")
    autocomplete_fields = ("parent", "areas")


@admin.register(User)
class UserAdmin(StaffRecordAdmin):
    """Accounts; groups and single permissions are not offered, since roles decide."""

    form = AccountForm
    fields = (
        "username", "full_name", "phone", "email", "new_password", "is_active", "is_staff", "is_superuser",
    )  # fmt: skip
    list_display = ("username", "full_name", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("username", "full_name")
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(StaffRecordAdmin):
    """Who holds which role in which unit."""

    list_display = ("user", "unit", "role")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__full_name", "unit__name")
    autocomplete_fields = ("user", "unit")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The audit trail: read, never changed."""

    list_display = ("at", "actor_label", "verb", "subject_type", "subject_label")
    list_filter = ("subject_type", "verb")
    search_fields = ("subject_label", "actor_label", "subject_id")
    date_hierarchy = "at"
