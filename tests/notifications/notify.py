"""What does GOV.UK Notify do in a test? The storm's fake of it, whose faults a test writes down one by one."""

from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from storm import notify
from storm.outside import Outside
from storm.records import Record


class Scripted(notify.Notify):
    """Fails as `faults` says, call by call; `ending` is what becomes of each e-mail."""

    def fault(self, message: str, number: int) -> str:
        return self.server.faults.pop(0) if self.server.faults else ""

    def do_POST(self) -> None:  # noqa: N802 - as the standard library calls it
        if self.server.refusals:
            status, body = self.server.refusals.pop(0)
            self.body()
            return self.answer(status, body)
        return super().do_POST()


@contextmanager
def running(folder: Path):
    """A server whose record, faults and refusals a test may look at and set."""
    server = Outside(0, Scripted, record=Record(folder / "notify.sqlite"), seed=1)
    server.faults, server.refusals = [], []
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
