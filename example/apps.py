"""What does Placewatch look like at work? Norrowshire, an invented county, and the tools that show it."""

from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "example"
