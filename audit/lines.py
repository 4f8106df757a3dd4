"""What does a line of the process log look like? One line a record, and never a value of a person's data."""

import logging
import time

OF_REQUESTS = ("django.request", "django.security")


class OneLineFormatter(logging.Formatter):
    """Time in UTC, level, logger, message; newlines are escaped; an exception is told by type and place, not by value.

    A database's error message quotes the row that it refused, so the text of exceptions is left out.
    """

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        parts = [
            self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            record.levelname,
            record.name,
            _message(record),
        ]
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            while trace and trace.tb_next:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
            parts.append(f"{kind.__name__} at {place}")
        return " ".join(parts).replace("\n", "\\n").replace("\r", "\\r")


def _message(record: logging.LogRecord) -> str:
    """What the line says, with the type of an error where its words would stand.

    Celery writes a failed task's error into the line, word for word, under the name `exc`. Of a request that Django
    refused or that failed, the status and which address of ours it was: what stands in the address may open something.
    """
    if record.name.startswith(OF_REQUESTS) and hasattr(record, "status_code"):
        address = getattr(getattr(record, "request", None), "resolver_match", None)
        return f"{record.status_code} at {address.view_name if address else 'no address of ours'}"
    match record.args:
        case {"exc": _} as told:
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "an error"
            return str(record.msg) % {**told, "exc": kind}
        case tuple(given) if any(isinstance(one, BaseException) for one in given):
            return str(record.msg) % tuple(
                type(one).__name__ if isinstance(one, BaseException) else one for one in given
            )
    return record.getMessage()
