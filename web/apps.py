"""The people's door: server-rendered pages in GOV.UK Frontend."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"
