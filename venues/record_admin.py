"""What the admin pages of all apps share: they write through a planning module or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from core.errors import NotAllowed
from venues import planning

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    BaseModelAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.TabularInline[Any, Any]
else:
    BaseModelAdmin = admin.ModelAdmin
    BaseInline = admin.TabularInline


def person_of(request: HttpRequest) -> AbstractBaseUser:
    """Return who is signed in; the admin lets nobody else through."""
    return cast("AbstractBaseUser", request.user)


class RecordAdmin(BaseModelAdmin):
    """Saves and deletes rows of a reference table through planning, row and links as one audited change."""

    save_record: Callable[..., Any] = staticmethod(planning.save_record)
    delete_record: Callable[..., Any] = staticmethod(planning.delete_record)
    list_per_page = 50

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        """Fill in nothing from the address, which could hold anything."""
        return {}

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:  # noqa: ARG002, FBT001, PLR0917 -- Django's signature
        """Write the row together with its links."""
        with_permission(lambda: self.write(request, obj, form))

    def write(self, request: HttpRequest, obj: Any, form: Any) -> None:  # noqa: ANN401 -- of the subclass's own model
        """Store the row; admins of rows with a resource override this."""
        self.save_record(instance=obj, by=person_of(request), m2m=links_of(form))

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001, PLR0917 -- Django's signature
        """Write nothing more: `save_model` has written the links, and rows shown inline are for reading."""
        for formset in formsets:
            formset.save(commit=False)  # Django's log asks what changed

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete the row with its audit entry."""
        with_permission(lambda: self.delete_record(instance=obj, by=person_of(request)))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete row by row, each with its audit entry."""
        for row in queryset:
            self.delete_model(request, row)


class ReadOnlyAdmin(BaseModelAdmin):
    """Shows rows that are changed elsewhere: by the pages of the product, never here."""

    list_per_page = 50

    def get_changelist_instance(self, request: HttpRequest) -> Any:  # noqa: ANN401 -- Django's ChangeList
        """Return the list; a date in the address that is beyond all dates is answered like one that is none."""
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:
            raise IncorrectLookupParameters from error

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody deletes here."""
        return False


class ReadOnlyInline(BaseInline):
    """Shows rows that belong to another one, for reading."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody changes here."""
        return False


def links_of(form: ModelForm[Any]) -> Mapping[str, Sequence[Model]]:
    """Return the many-to-many rows chosen in a form, by field name."""
    many = {field.name for field in form._meta.model._meta.many_to_many}
    return {name: list(form.cleaned_data[name]) for name in many & form.cleaned_data.keys()}


def with_permission(write: Callable[[], object]) -> None:
    """Run a planning verb; where it says NotAllowed, answer 403 with its sentence."""
    try:
        write()
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
