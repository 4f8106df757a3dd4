"""What does GOV.UK Notify do in a storm? Takes e-mails from its real client, loses answers, and lets some bounce.

As its API documentation says: a bearer token signed with the service's key, POST /v2/notifications/email, and
GET /v2/notifications by reference or by id. References need not be unique there: whoever sends twice, e-mails twice.
"""

import json
import time
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

from storm import scene
from storm.outside import Handler, Outside, arguments
from storm.records import Record

SERVICE_ID = "26785a09-ab16-4eb0-8407-a37497a57506"
KEY = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"storm-{SERVICE_ID}-{KEY}"
TEMPLATE_ID = "c2d4bb4c-5a7c-4a3f-b5d8-2d1b0b7a1f10"

CLOCK_SKEW_SECONDS = 30
DELIVERED_AFTER_SECONDS = 3.0
KEEP_EMAIL = "insert into email (id, reference, address, taken_at, ending) values (?, ?, ?, ?, ?)"
KEEP_CALL = "insert into call (what, message, number, taken, told) values ('email', ?, ?, ?, ?)"


class Notify(Handler):
    """One call of the client."""

    def do_POST(self) -> None:
        """Take an e-mail."""
        asked, record = json.loads(self.body()), self.server.record
        if not self._is_allowed():
            return None
        reference = asked["reference"]
        number = record.next_number(reference)
        fault = self.fault(reference, number)
        record.write(KEEP_CALL, [reference, number, fault != "before", fault or "201"])
        if fault == "before":
            return self.answer(500, b'{"errors": [{"error": "Exception", "message": "Internal server error"}]}')
        made = str(uuid4())
        bounces = scene.chance_of(self.server.seed, "bounce", reference) < scene.BOUNCES
        ending = "permanent-failure" if bounces else "delivered"
        record.write(KEEP_EMAIL, [made, reference, asked["email_address"], time.time(), ending])
        if fault == "after":
            return self.cut()
        return self.answer(201, json.dumps({"id": made, "reference": reference}).encode())

    def do_GET(self) -> None:
        """Say what became of one, or of those with a reference."""
        parts = urlsplit(self.path)
        if not self._is_allowed():
            return None
        rows = "select id, reference, address, taken_at, ending from email where "
        if parts.path == "/v2/notifications":
            reference = parse_qs(parts.query)["reference"][0]
            found = self.server.record.read(rows + "reference = ?", [reference])
            told = {"notifications": [_told(row) for row in found], "links": {}}
            return self.answer(200, json.dumps(told).encode())
        found = self.server.record.read(rows + "id = ?", [parts.path.rpartition("/")[2]])
        if not found:
            return self.answer(404, b'{"errors": [{"error": "NoResultFound", "message": "No result found"}]}')
        return self.answer(200, json.dumps(_told(found[0])).encode())

    def _is_allowed(self) -> bool:
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_iat": False})
            why = "" if abs(claims["iat"] - time.time()) <= CLOCK_SKEW_SECONDS else "clock"
        except (jwt.InvalidTokenError, KeyError):
            why = "token"
        if why:
            self.server.record.write("insert into refused (why) values (?)", [why])
            self.answer(
                403, b'{"errors": [{"error": "AuthError", "message": "Error: Your system clock must be accurate"}]}'
            )
        return not why


def _told(row: tuple) -> dict:
    made, reference, address, taken_at, ending = row
    is_over = time.time() - taken_at > DELIVERED_AFTER_SECONDS
    return {
        "id": made,
        "reference": reference,
        "email_address": address,
        "type": "email",
        "status": ending if is_over else "sending",
    }


def main() -> None:
    """Serve until killed."""
    told = arguments()
    record = Record(told.folder / "notify.sqlite")
    Outside(told.port, Notify, record=record, seed=told.seed).serve_forever()


if __name__ == "__main__":
    main()
