"""Who acts, for which authority, and what may they do?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
