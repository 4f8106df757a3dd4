"""What is a young person owed on leaving care, wherever they live, and who carries it across the border?"""

from django.apps import AppConfig


class LeavingCareConfig(AppConfig):
    name = "leaving_care"
