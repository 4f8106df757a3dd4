"""Which of the example's authorities have a system that receives webhooks, and how is it known to Placewatch?"""

from datetime import datetime
from pathlib import Path

from accounts.acting import Actor
from example.moments import Step
from example.receiver import Secrets
from example.sharing import BRACKWATER, CARROWBY
from geo.areas import authority_by_code
from geo.models import Authority
from notifications.delivery.endpoints import add_endpoint
from notifications.models import Endpoint

# Brackwater's system is out of order for a few minutes: the first tries of each message show how retries go.
OUT_OF_ORDER = {"/brackwater": 3}


def steps(*, port: str, folder: Path, at: datetime) -> list[Step]:
    """The endpoints that are missing; what stands at an address where nobody listens any more ends."""
    return [_step(authority_by_code(code), port, Secrets(folder), at) for code in (BRACKWATER, CARROWBY)]


def _step(authority: Authority, port: str, secrets: Secrets, at: datetime) -> Step:
    url = f"http://127.0.0.1:{port}/{authority.slug}"

    def do(by: Actor, at: datetime) -> None:
        standing = Endpoint.objects.filter(authority=authority, ended_at=None)
        if url in secrets.read() and standing.filter(url=url).exists():
            return
        standing.update(ended_at=at)
        _, secret = add_endpoint(authority_id=authority.id, url=url, by=by.name, at=at)
        secrets.keep(url, secret)

    return Step(at, authority, "", do)
