"""Who signs in?"""

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from web.forms.base import Form
from web.forms.fields import ShortText


class SignInForm(Form):
    button = "Sign in"
    email = forms.EmailField(
        label="E-mail address",
        widget=ShortText(type="email", autocomplete="username"),
        error_messages={"required": "Enter your e-mail address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = None

    def clean(self):
        """One answer for an unknown address and a wrong password, so that nobody learns who has an account."""
        given = super().clean()
        if not self.errors:
            self.user = authenticate(self.request, email=given["email"].lower(), password=given["password"])
            if self.user is None:
                raise ValidationError("The e-mail address or the password is not right.")
        return given
