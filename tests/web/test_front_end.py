"""What is served of GOV.UK Frontend? Its style without the typeface that only gov.uk may use, and its script as it is."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from web import front_end

PACKAGE = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk"


@pytest.fixture
def served(settings, tmp_path):
    """The folder into which a deployer collects static files, twice."""
    settings.STATIC_ROOT = tmp_path
    for _ in range(2):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "govuk"


def test_of_the_package_nothing_but_style_and_script_is_served(served):
    whole = {path.name for path in served.rglob("*") if path.suffix not in {".gz", ".br"}}

    assert whole == {"govuk-frontend.min.css", "govuk-frontend.min.js"}


def test_the_style_neither_holds_nor_names_the_typeface(served):
    style = (served / "govuk-frontend.min.css").read_text()
    original = (PACKAGE / "govuk-frontend.min.css").read_text()

    assert "@font-face" in original
    assert "@font-face" not in style
    assert "GDS" not in style
    assert "/assets/fonts/" not in style
    assert set(re.findall(r"font-family:([^;}]*)", style)) >= {"arial,sans-serif"}
    assert style.count("{") == original.count("{") - original.count("@font-face")


def test_the_script_is_the_packages_own(served):
    assert (served / "govuk-frontend.min.js").read_bytes() == (PACKAGE / "govuk-frontend.min.js").read_bytes()


def test_a_style_that_was_collected_by_an_older_version_is_collected_again(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    old = tmp_path / "govuk" / "govuk-frontend.min.css"
    old.parent.mkdir()
    old.write_text("@font-face{}")
    before = Path(front_end.__file__).stat().st_mtime - 60
    os.utime(old, (before, before))

    call_command("collectstatic", interactive=False, verbosity=0)

    assert "@font-face" not in old.read_text()
