"""For which authority does a person act now?"""

from uuid import UUID

from django import forms

from accounts.models import Membership
from web.forms.base import Form
from web.forms.fields import Radios


class AuthorityForm(Form):
    button = "Act for this authority"
    membership = forms.TypedChoiceField(
        label="You act for one at a time",
        coerce=UUID,
        widget=Radios,
        error_messages={"required": "Choose the authority that you act for now."},
    )

    def __init__(self, memberships: list[Membership], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [
            (one.id, f"{one.authority.name}, as {one.get_role_display()}") for one in memberships
        ]
