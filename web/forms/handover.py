"""What is asked in a handover: which authority, each part with the young person's answer, and what the host replies?"""

from datetime import date

from django import forms

from leaving_care.actions.handovers import Written
from leaving_care.models import Handover, HandoverPart, LocalOffer
from leaving_care.parts import PARTS, Part
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, ShortText, Tick
from web.forms.leaving_care import AreaField, other_authorities

AGREED = {"yes": True, "no": False, "": None}
WORDS, ANSWER, WHY, WHO, DAY, AUTHOR, ON = "words", "agreed", "why", "who", "day", "author", "on"


class BeginForm(Form):
    button = "Begin the handover"
    host_id = AreaField(
        label="To which authority?", error_messages={"required": "Choose the authority where they live or will live."}
    )

    def __init__(self, *args, authority_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host_id"].choices = other_authorities(authority_id)

    def field_of(self, name: str) -> str | None:
        return "host_id" if name == "host" else super().field_of(name)


class PartsForm(Form):
    """Every part: its words, the young person's answer; and for parts about safety what overrides a no."""

    button = "Keep this draft"

    def __init__(self, *args, handover: Handover, **kwargs):
        super().__init__(*args, **kwargs)
        self.part_of: dict[str, str] = {}
        self.parts = {row.part: row for row in handover.parts.all()}
        for key, part in PARTS.items():
            row = self.parts.get(key) or HandoverPart(part=key)
            answer = {True: "yes", False: "no", None: ""}[row.is_agreed]
            self._add(
                key,
                WORDS,
                forms.CharField(label="In words", required=False, widget=LongText(rows=3), initial=row.words),
            )
            self._add(
                key,
                ANSWER,
                forms.ChoiceField(
                    label="Does the young person agree that they read this?",
                    choices=[("yes", "Yes"), ("no", "No"), ("", "Not asked yet")],
                    required=False,
                    widget=Radios,
                    initial=answer,
                ),
            )
            for kind, title in part.dates.items():
                initial = date.fromisoformat(row.dates[kind]) if kind in row.dates else None
                self._add(key, f"{ON}_{kind}", DateField(label=title, required=False, initial=initial))
            if part.authored:
                self._add_author(key, row)
            if part.protective:
                self._add_override(key, row)

    def field_of(self, name: str) -> str | None:
        return super().field_of(f"{name}_{WORDS}")

    @property
    def groups(self) -> list[tuple[Part, list[forms.BoundField], bool]]:
        """The fields of each part, and whether it is opened: where something is written in it, or wrong."""
        fields = {key: [self[name] for name in self.fields if self.part_of[name] == key] for key in PARTS}
        return [(part, fields[key], any(_is_begun(field) for field in fields[key])) for key, part in PARTS.items()]

    @property
    def written(self) -> dict[str, Written]:
        """What was written, by part."""
        return {key: self._written(key) for key in PARTS}

    def _written(self, key: str) -> Written:
        given = self.cleaned_data
        days = {kind: given[f"{key}_{ON}_{kind}"] for kind in PARTS[key].dates}
        return Written(
            dates={kind: on for kind, on in days.items() if on},
            words=given[f"{key}_{WORDS}"],
            is_agreed=AGREED[given[f"{key}_{ANSWER}"]],
            override_reason=given.get(f"{key}_{WHY}") or "",
            override_by=given.get(f"{key}_{WHO}") or "",
            written_on=given.get(f"{key}_{DAY}"),
            written_by=given.get(f"{key}_{AUTHOR}") or "",
        )

    def _add(self, key: str, what: str, field: forms.Field) -> None:
        self.fields[f"{key}_{what}"] = field
        self.part_of[f"{key}_{what}"] = key

    def _add_author(self, key: str, row) -> None:
        self._add(
            key,
            AUTHOR,
            forms.CharField(label="Written by", required=False, widget=ShortText(), initial=row.written_by),
        )
        self._add(key, DAY, DateField(label="Written on", required=False, initial=row.written_on))

    def _add_override(self, key: str, row) -> None:
        self._add(
            key,
            WHY,
            forms.CharField(
                label="If the answer is no and they must read it: why",
                required=False,
                widget=LongText(rows=2),
                initial=row.override_reason,
            ),
        )
        self._add(
            key,
            WHO,
            forms.CharField(label="Who decided that", required=False, widget=ShortText(), initial=row.override_by),
        )


def _is_begun(field: forms.BoundField) -> bool:
    given = field.value()
    return bool(field.errors) or (any(given) if isinstance(given, list | tuple) else bool(given))


class SendForm(Form):
    button = "Send it"
    is_agreed_early = Tick(label="Before 18 or leaving care: the young person agrees to sending it now")


class ReplyForm(Form):
    button = "Send the reply"
    words = forms.CharField(
        label="Your reply",
        help_text="Name nobody: they know whom it is about by its reference.",
        widget=LongText(rows=4),
        error_messages={"required": "Write the reply."},
    )


class DropForm(Form):
    button = "Give this draft up"


class AnswerForm(Form):
    """What a host says of a handover: four boxes, one of them compulsory."""

    button = "Send the answer"
    contact_name = forms.CharField(
        label="Whom can the adviser ring?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Name a person."},
    )
    contact_telephone = forms.CharField(label="Telephone", required=False, max_length=40, widget=ShortText(width=20))
    contact_email = forms.EmailField(label="E-mail", required=False, widget=ShortText())
    offer_ids = forms.MultipleChoiceField(label="From our local offer", required=False, widget=Checkboxes)
    question = forms.CharField(label="A question, if you have one", required=False, widget=LongText(rows=3))
    post = forms.CharField(label="Your post", max_length=120, required=False, widget=ShortText())

    def __init__(self, *args, offers: list[LocalOffer], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offer_ids"].choices = [(str(one.id), one.title) for one in offers]


class AcknowledgeForm(Form):
    button = "I have read this"
    post = forms.CharField(label="Your post", max_length=120, widget=ShortText())
