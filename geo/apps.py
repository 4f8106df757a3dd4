"""Whose ground is it? Authorities, postcodes and boundaries: public facts, no child and no area of concern."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "geo"
