"""Where are children exploited, who says so, and who may be told?"""

from django.apps import AppConfig


class HotspotsConfig(AppConfig):
    name = "hotspots"
