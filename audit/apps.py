"""Who did, read or was told what? The log-book."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
