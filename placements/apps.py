"""Where does a looked-after child live, what does that mean in law, and what is owed?"""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"
