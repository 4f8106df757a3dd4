"""What the workshop's tests may ask for."""

import shutil
import tempfile
from pathlib import Path

import pytest

from workshop import folders


@pytest.fixture
def state():
    """A state folder that the database's account can enter too (pytest's own it cannot)."""
    path = Path(tempfile.mkdtemp(prefix="placewatch-"))
    path.chmod(0o755)
    made = folders.StateFolder(path)
    folders.make(made)
    yield made
    shutil.rmtree(path)
