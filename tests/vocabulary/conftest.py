"""What every test of the vocabulary may ask for."""

from tests.norrowshire import counties, grounds, norrowshire, norrowshire_ground  # noqa: F401
