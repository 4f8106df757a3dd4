"""What do the partners' own systems do in a storm? Verify each webhook, keep it, and fail a tenth of the time."""

import json
from functools import cache
from pathlib import Path

from standardwebhooks.webhooks import Webhook

from storm.outside import Handler, Outside, arguments
from storm.records import Record

SECRETS = "secrets.json"
KEEP = "insert into call (what, message, number, taken, told) values (?, ?, ?, ?, ?)"


class Partner(Handler):
    """All partners at one port, told apart by the path."""

    folder: Path

    def do_POST(self) -> None:
        """One webhook."""
        body, record = self.body(), self.server.record
        headers = {name.lower(): value for name, value in self.headers.items()}
        message = headers.get("webhook-id", "")
        try:
            Webhook(secret_of(self.folder, self.path)).verify(body, headers)
        except Exception as error:
            record.write("insert into refused (why) values (?)", [repr(error)])
            return self.answer(401)
        number = record.next_number(message)
        fault = self.fault(message, number)
        record.write(KEEP, [json.loads(body)["id"], message, number, fault != "before", fault or "200"])
        match fault:
            case "before":
                return self.answer(503)
            case "after":
                return self.cut()
            case _:
                return self.answer(204)


@cache
def secret_of(folder: Path, path: str) -> str:
    """The secret of the partner at this path, as its endpoint was given it."""
    return json.loads((folder / SECRETS).read_text())[path]


def main() -> None:
    """Serve until killed."""
    told = arguments()
    Partner.folder = told.folder
    record = Record(told.folder / "partner.sqlite")
    Outside(told.port, Partner, record=record, seed=told.seed).serve_forever()


if __name__ == "__main__":
    main()
