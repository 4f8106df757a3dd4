"""Who works in Norrowshire, who can sign in, and by whom is each authority reached?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.acting import Actor, acting_for, operator
from accounts.models import Membership, User
from accounts.roles import Role
from example.tables import rows
from geo.areas import authority_by_code
from geo.models import Authority
from notifications.models import Contact

# Invented, printed by `story`, and made only where PLACEWATCH_EXAMPLE is on.
PASSWORD = "four-quiet-lighthouses"  # noqa: S105
PURPOSE = "making the example"
JOINED_ON = date(2020, 1, 1)
DAYS_OF_AN_INSPECTION = 90


@dataclass(frozen=True)
class SignIn:
    """A person of the example in one of their parts."""

    email: str
    name: str
    part: str
    authority: Authority
    role: Role


def sign_ins() -> list[SignIn]:
    """Everybody who can sign in, by authority, once for each part."""
    return [_sign_in(row) for row in rows("people.csv")]


def parts_of(name: str) -> list[SignIn]:
    """A person's parts, one for each authority."""
    return [_sign_in(row) for row in rows("people.csv") if row["name"] == name]


def actor(name: str, authority: Authority) -> Actor:
    """A person of the example as the one who acts for an authority."""
    part = next(one for one in parts_of(name) if one.authority == authority)
    user = User.objects.get_by_natural_key(part.email)
    return Actor(authority_id=authority.id, role=part.role, name=user.name, person_id=user.id)


def _sign_in(row: dict[str, str]) -> SignIn:
    return SignIn(row["email"], row["name"], row["part"], authority_by_code(row["authority"]), Role(row["role"]))


def register(on: date) -> None:
    """Give everybody an account and their memberships, and each authority its contacts; again changes nothing."""
    password = make_password(PASSWORD)
    for one in sign_ins():
        user, _ = User.objects.get_or_create(email=one.email, defaults={"name": one.name, "password": password})
        ends_on = on + timedelta(days=DAYS_OF_AN_INSPECTION) if one.role is Role.INSPECTOR else None
        with acting_for(operator(one.authority.id), PURPOSE):
            Membership.objects.get_or_create(
                user=user,
                authority=one.authority,
                role=one.role,
                defaults={"team": one.part, "starts_on": JOINED_ON, "ends_on": ends_on},
            )
    for row in rows("contacts.csv"):
        authority = authority_by_code(row["authority"])
        confirmed_on = date.fromisoformat(row["confirmed_on"]) if row["confirmed_on"] else on - timedelta(days=30)
        with acting_for(operator(authority.id), PURPOSE):
            Contact.objects.get_or_create(
                authority=authority,
                purpose=row["purpose"],
                ends_on=None,
                defaults={
                    "team": row["team"],
                    "email": row["email"],
                    "telephone": row["telephone"],
                    "starts_on": min(JOINED_ON, confirmed_on),
                    "confirmed_on": confirmed_on,
                    "confirmed_by": "The example",
                },
            )
