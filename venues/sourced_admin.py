"""Admin pages of facts that others may change: saving one marks it as the office's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from venues.record_admin import RecordAdmin


class SourcedAdmin(RecordAdmin):
    """A row with its source and date of last check; a change here is kept when the shipped tables are loaded again."""

    exclude = ("is_edited",)

    def write(self, request: HttpRequest, obj: Any, form: Any) -> None:  # noqa: ANN401 -- of the subclass's own model
        """Store the row as edited by the office."""
        if form.has_changed():
            obj.is_edited = True
        super().write(request, obj, form)
