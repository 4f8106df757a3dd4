"""How does one authority tell another, so that it cannot be lost? Registered post."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
