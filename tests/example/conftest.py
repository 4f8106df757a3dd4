"""What every test of the example may ask for."""

from tests.norrowshire import counties, grounds, norrowshire, norrowshire_ground  # noqa: F401
