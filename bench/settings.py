"""The service's own settings with one address more: the bare view that the verdict is compared with."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
