"""Does what a worker has to say reach its log? A real worker, as the service starts it."""

from celery import current_app

from tests.programs import broker, celery, wait_until  # noqa: F401

NO_OWNER = "CANARY-KAYLA"


def test_a_task_that_fails_leaves_a_line_that_says_where_and_not_about_whom(celery, broker):  # noqa: F811
    celery.start()
    with current_app.connection_for_write() as connection:
        current_app.send_task("placements.tasks.work_on_files", [NO_OWNER], connection=connection)
    wait_until(lambda: "ERROR celery.app.trace" in celery.log.read_text(), "the line of the failed task")
    assert "ValueError at " in celery.log.read_text()
    assert NO_OWNER not in celery.log.read_text()
