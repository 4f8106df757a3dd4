"""Verify the log-book: any change, deletion, swap or cut is named. Exit status 1 when there is one."""

from django.core.management.base import BaseCommand

from audit.verify import verify


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        report = verify()
        for finding in report.findings:
            self.stdout.write(finding)
        self.stdout.write(
            f"{report.rows} sealed rows in {report.chains} chains checked: "
            + (f"{len(report.findings)} findings." if report.findings else "whole.")
        )
        if report.findings:
            raise SystemExit(1)
