"""Who reads how an authority's approvers are reached? Its own people; the rest of the directory is read by all."""

from datetime import date

import pytest

from accounts.acting import acting_for, operator
from notifications.models import Contact
from tests.factories import ROTHERHAM, SHEFFIELD, acting, authority, person

pytestmark = pytest.mark.django_db
Purpose = Contact.Purpose


def seen_by(code: str) -> set[str]:
    with acting(person(code)):
        return set(Contact.objects.filter(authority=authority(ROTHERHAM)).values_list("purpose", flat=True))


def test_the_numbers_of_approvers_are_read_by_their_own_authority_alone():
    owner = authority(ROTHERHAM)
    with acting_for(operator(owner.id), "test"):
        for purpose in (Purpose.DIRECTOR, Purpose.NOMINATED_OFFICER, Purpose.PLACEMENT_NOTICES):
            Contact.objects.create(
                authority=owner,
                purpose=purpose,
                telephone="01632 960100",
                starts_on=date(2026, 1, 1),
                confirmed_on=date(2026, 1, 1),
                confirmed_by="test",
            )

    assert seen_by(ROTHERHAM) == {"director", "nominated_officer", "placement_notices"}
    assert seen_by(SHEFFIELD) == {"placement_notices"}
