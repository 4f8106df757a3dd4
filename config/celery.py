"""Which work recurs, and why? The Celery application and the one timetable."""

import os

from celery import Celery
from celery.signals import task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("placewatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# None of it expires: the broker's time to live is judged by a worker's clock, which may be wrong. What had to wait behind
# others asks the database whether its work has just been done, and what Celery does not do for a while is done without
# it (audit/timetable.py).
app.conf.beat_schedule = {
    # The log-book is sealed soon after it is written, so that a change can be seen (decisions, section 4).
    "seal the log-book": {"task": "audit.tasks.seal_log", "schedule": 1.0},
    # A checkpoint outside the database shows a tail that was cut off with its heads.
    "write a checkpoint of the log-book": {"task": "audit.tasks.write_checkpoint", "schedule": 60.0},
    # Whatever a lost nudge, a dead worker or a dead broker left behind is found here.
    "deliver what is due": {"task": "notifications.tasks.sweep_due", "schedule": 2.0},
    # A bounce is no notice: it is known, and a person's task, within a minute.
    "ask what became of e-mails": {"task": "notifications.tasks.ask_about_emails", "schedule": 10.0},
    # Only a person's answer ends the climb; one statement over all authorities finds whose step is due.
    "climb the ladders": {"task": "notifications.tasks.climb_due", "schedule": 10.0},
    # One word a day to a person: what is found at eight is sent then, what comes later the next working day.
    "say how many new lines wait": {"task": "notifications.tasks.send_digests", "schedule": 900.0},
    "send challenges to new endpoints": {"task": "notifications.tasks.send_challenges", "schedule": 10.0},
    # Placements without a screening (an import queues them), and legal duties that should exist and do not.
    "screen what is not screened": {"task": "placements.tasks.screen_pending", "schedule": 10.0},
    # A notice that came back is no notice: its duty is open again within a minute.
    "look at notices that came back": {"task": "placements.tasks.look_at_notices_that_came_back", "schedule": 30.0},
    "raise the duties that are owed": {"task": "placements.tasks.raise_duties", "schedule": 3600.0},
    "keep the tasks about handovers received": {"task": "leaving_care.tasks.keep_received", "schedule": 300.0},
    "keep what leaving care owes": {"task": "leaving_care.tasks.keep_milestones", "schedule": 3600.0},
    # What changed about a shared area, expired, ended with its agreement or was taken back, whoever noticed.
    "check places after changes of areas": {"task": "placements.tasks.check_after_all_changes", "schedule": 20.0},
    # A switch of boundaries is a command of the operator; every register is judged again, once.
    "judge again after boundaries were switched": {"task": "placements.tasks.judge_again", "schedule": 60.0},
    # What a host said of a missing child, where the nudge was lost; hosts of closed addresses are told here.
    "take in what was said of missing children": {
        "task": "placements.tasks.take_in_all_missing",
        "schedule": 30.0,
    },
    # Inspection packs that nobody's nudge made, and those whose 24 hours are over.
    "make inspection packs": {"task": "placements.tasks.make_all_packs", "schedule": 60.0},
    # Letters for many children that nobody's nudge made, or whose worker died; files for the printer after seven days.
    "make letters for many children": {"task": "placements.tasks.make_all_letters", "schedule": 30.0},
    # Large files of areas: what was asked of one and nobody's nudge did, or whose worker died.
    "work on large files of areas": {"task": "placements.tasks.work_on_all_files", "schedule": 20.0},
    # An Idempotency-Key is remembered for 30 days (security R2).
    "forget old answers": {"task": "accounts.tasks.forget_old_answers", "schedule": 86_400.0},
    # The health page asks when beat and worker were last seen.
    "leave a sign of life": {"task": "audit.tasks.heartbeat", "schedule": 5.0},
}


@task_prerun.connect
def with_a_living_connection(**_):
    """A connection that broke in the last task is not used again. Celery keeps it (CELERY_DB_REUSE_MAX) and would fail
    a thousand tasks after one restart of PostgreSQL."""
    close_old_connections()
