"""How does the card for when the service is down look? A document of its own, with its style in it."""

from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from geo.models import Authority
from placements.card import card

STYLE = Path(__file__).parent / "static" / "card.css"


def rendered(authority: Authority, *, on: date) -> str:
    """The whole document."""
    style = mark_safe(STYLE.read_text(encoding="utf-8"))  # noqa: S308 our own file
    return render_to_string("web/card_alone.html", {"card": card(authority, on=on), "style": style})
