"""What does a person owe, to whom, by when, and why?"""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "duties"
