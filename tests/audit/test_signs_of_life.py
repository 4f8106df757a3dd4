"""Do beat and worker each leave a sign of their own?"""

from celery.signals import before_task_publish

from audit.models import SignOfLife
from audit.tasks import heartbeat


def seen() -> set[str]:
    return set(SignOfLife.objects.values_list("part", flat=True))


def test_beat_is_seen_when_it_sends_and_the_worker_when_it_runs(as_worker):
    before_task_publish.send(sender="audit.tasks.heartbeat")
    sent_only = seen()
    heartbeat()

    assert sent_only == {"beat"}
    assert seen() == {"beat", "worker"}


def test_another_task_s_sending_is_no_sign(as_worker):
    before_task_publish.send(sender="audit.tasks.seal_log")

    assert seen() == set()
