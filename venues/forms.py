"""Forms of rows that stand for a resource: its code and name are edited with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from venues.models import Face, Resource, Space

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


class ResourceOwnerForm(BaseForm):
    """The columns of the row itself, with code, name and use of its resource."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for name in ("code", "name", "is_active"):
                self.initial.setdefault(name, getattr(self.instance.resource, name))

    def clean_code(self) -> str:
        """A code belongs to one resource alone."""
        code: str = self.cleaned_data["code"]
        if Resource.objects.filter(code=code).exclude(pk=self.instance.resource_id).exists():
            raise forms.ValidationError(_("The code %(code)s is taken; choose another one.") % {"code": code})
        return code

    def resource(self) -> Resource:
        """Return the resource as filled in, not saved."""
        resource = Resource() if self.instance.resource_id is None else self.instance.resource
        for name in ("code", "name", "is_active"):
            setattr(resource, name, self.cleaned_data[name])
        return resource


class SpaceForm(ResourceOwnerForm):
    """A space of a venue."""

    class Meta:
        model = Space
        fields = ("venue", "kind", "capacity")


class FaceForm(ResourceOwnerForm):
    """A face of a display site."""

    class Meta:
        model = Face
        fields = ("site", "format", "width_m", "height_m")
