"""The account form of administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.models import User
from units.planning import change_own_password

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[User]
else:
    BaseForm = forms.ModelForm


class AccountForm(BaseForm):
    """A person's account; the password is set here and never shown."""

    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Leave it empty to keep the present password."),
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "phone", "email", "is_active", "is_staff", "is_superuser")

    def clean_new_password(self) -> str:
        """A new account needs a password; every new one must be a good one."""
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        elif self.instance.pk is None:
            raise forms.ValidationError(_("Give the new account a password."))
        return password

    def save(self, commit: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002 -- Django's signature
        """Put the new password's hash on the account; planning stores it."""
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        return super().save(commit=commit)


class OwnPasswordForm(PasswordChangeForm):
    """Old and new password of the person who is signed in."""

    def save(self, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 -- Django's signature
        """Store the new password through planning."""
        return change_own_password(user=self.user, password=self.cleaned_data["new_password1"])
