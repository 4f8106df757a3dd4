"""What does the database itself guarantee? Clock, context, row-level security, roles."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "db"
    label = "db"
