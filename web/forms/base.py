"""How does a form show itself, its errors and a refusal?"""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.forms.renderers import DjangoTemplates

from accounts.exceptions import NotAMember, Unacceptable
from hotspots.exceptions import AreaRefused, HotspotError
from notifications.exceptions import NotificationError
from placements.exceptions import PlacementError, RequirementsNotMet, UnreadableField

Result = TypeVar("Result")


class GovukRenderer(DjangoTemplates):
    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class Form(forms.Form):
    """A form in GOV.UK's markup. `button` is the word on its button; `status` the answer's status when it is shown.

    With `previews` a second button asks what it would bring about, and nothing is saved. With `looks_first` that is the
    only button until it was looked at (web/views/looking.py); `is_spent` says that no look is left today.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False
    button = "Continue"
    previews = False
    looks_first = False
    is_spent = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", label_suffix="", **kwargs)
        self.was_refused = False

    @property
    def status(self) -> int:
        """200 for a form not yet sent, 400 for one that cannot be read, 422 for one that a rule refused."""
        if self.was_refused:
            return 422
        return 400 if self.errors else 200

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The error summary: where each error's field is, and what is wrong."""
        return [(self._anchor(name), message) for name, messages in self.errors.items() for message in messages]

    def carry_out(
        self, action: Callable[..., Result], *, lets_through: tuple[type[Exception], ...] = (), **arguments
    ) -> Result | None:
        """Do it; a refusal is shown in the error summary, each finding on its own line, and the answer is None."""
        try:
            return action(**arguments)
        except lets_through:
            raise
        except RequirementsNotMet as refusal:
            for finding in refusal.findings:
                self.add_error(None, f"{finding.sentence} ({finding.citation})")
        except (AreaRefused, UnreadableField, Unacceptable) as refusal:
            self.add_error(self.field_of(refusal.field), str(refusal))
        except (HotspotError, NotAMember, NotificationError, PlacementError) as refusal:
            self.add_error(None, str(refusal))
        self.was_refused = True
        return None

    def field_of(self, name: str) -> str | None:
        """The field that asks for what an action calls `name`; None where the error belongs to the whole form."""
        return name if name in self.fields else None

    def _anchor(self, name: str) -> str:
        if name == forms.forms.NON_FIELD_ERRORS:
            return ""
        bound = self[name]
        return f"#{bound.auto_id}_0" if bound.use_fieldset else f"#{bound.auto_id}"
