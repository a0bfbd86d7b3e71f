"""Admin pages of slogans and postings, for reading; they are changed with their activity."""

from __future__ import annotations

from django.contrib import admin

from venues.record_admin import ReadOnlyAdmin
from visuals.models import Posting, Slogan


@admin.register(Slogan)
class SloganAdmin(ReadOnlyAdmin):
    """Wordings of the campaigns."""

    list_display = ("text", "campaign")
    list_select_related = ("campaign",)
    search_fields = ("text",)


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """What hangs where, and until when."""

    list_display = ("code", "activity", "format", "quantity", "count_unit", "site", "install_by", "remove_by")
    list_filter = ("format",)
    list_select_related = ("activity__event", "site")
    search_fields = ("code", "slogan__text", "site__name")
